"""The page to try the pilot: one file for the browser, put together from three; nothing comes from elsewhere."""

import secrets
from importlib import resources


def read_page() -> str:
    folder = resources.files("rag_pilot")
    page = folder.joinpath("page.html").read_text(encoding="utf-8")
    for name in ("page.css", "page.js"):
        page = page.replace("{{" + name + "}}", folder.joinpath(name).read_text(encoding="utf-8").rstrip())
    return page


def protect(page: str) -> tuple[str, str]:
    """The page under a fresh nonce, and the Content-Security-Policy that goes with it."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.replace("{{nonce}}", nonce), policy
