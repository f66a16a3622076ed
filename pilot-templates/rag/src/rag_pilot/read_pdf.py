"""PDF to text: the only module that knows pypdf. A page that is only a picture has none."""

import io
import logging
from typing import Any

from rag_pilot.extras import import_extra
from rag_pilot.read_files import Unusable

MAX_PDF_PAGES = 5_000


def read_pdf(content: bytes) -> tuple[str, str]:
    """(title or "", text), pages apart by an empty line. Exit 69 when the package for it is not installed."""
    pypdf: Any = import_extra("pypdf", "pdf", "a PDF among the documents")
    # It tells of every flaw it steps over; what counts here is whether text comes out.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if b"%PDF-" not in content[:1024]:
        raise Unusable("the name says PDF, the content does not")
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unusable("protected by a password")
        count = len(reader.pages)
        if count > MAX_PDF_PAGES:
            raise Unusable(f"{count:,} pages; the limit is {MAX_PDF_PAGES:,}")
        pages = [page.extract_text() or "" for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except Unusable:
        raise
    except Exception as cause:
        # A damaged file ends in whatever error the parser was near: there is no list of them.
        raise Unusable(f"damaged or not understood ({type(cause).__name__})") from cause
    text = "\n\n".join(page.strip() for page in pages if page.strip())
    if not text:
        raise Unusable(f"no text on its {count} pages: scanned? Run text recognition (OCR) on it first")
    return (title if isinstance(title, str) else ""), text
