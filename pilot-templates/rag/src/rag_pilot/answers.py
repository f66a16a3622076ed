"""What an answer is, and the check that every citation is a verbatim span of what was retrieved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag_pilot.retrieve import Found, Hit

REFUSAL = "I cannot answer that from the documents I have."


@dataclass(frozen=True)
class Citation:
    """`quote` is `document.text[start:end]`, character by character."""

    document_id: str
    chunk_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Draft:
    """What an answerer proposes: `quotes` are claimed, not yet checked. `refused` = it declined.

    `problem` says why what a model `wrote` has not the agreed form; then text and quotes are empty.
    """

    text: str
    quotes: tuple[str, ...]
    refused: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    problem: str | None = None
    wrote: str = field(default="", repr=False)


@dataclass(frozen=True)
class Answer:
    """`reason` says why it was refused: `thin_evidence`, `declined`, `no_verbatim_citation`, `invalid_reply`,
    `active_content`, `prompt_leak`, `cost_limit` or `step_limit`. `usd` is None without prices or without a model.
    `flagged`: ids of found chunks that read like an instruction. `search_text`: the question as it was searched.
    """

    text: str
    refused: bool
    reason: str | None
    citations: tuple[Citation, ...]
    document_ids: tuple[str, ...]
    evidence: float
    tokens_in: int = 0
    tokens_out: int = 0
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    model_calls: int = 0
    repairs: int = 0
    usd: float | None = None
    flagged: tuple[str, ...] = ()
    search_text: str = ""
    from_cache: bool = False


def cite(draft: Draft, found: Found, evidence: float) -> Answer:
    """Keep only quotes that stand verbatim in a retrieved chunk; an answer without one is refused."""
    if draft.refused:
        return refuse("declined", found, evidence, draft)
    citations = tuple(cited for quote in draft.quotes if (cited := locate(quote, found.hits)))
    if not citations:
        return refuse("no_verbatim_citation", found, evidence, draft)
    return Answer(
        text=draft.text,
        refused=False,
        reason=None,
        citations=citations,
        document_ids=found.document_ids,
        evidence=evidence,
        tokens_in=draft.tokens_in,
        tokens_out=draft.tokens_out,
        hits=found.hits,
    )


def refuse(reason: str, found: Found, evidence: float, draft: Draft | None = None) -> Answer:
    return Answer(
        text=REFUSAL,
        refused=True,
        reason=reason,
        citations=(),
        document_ids=found.document_ids,
        evidence=evidence,
        tokens_in=draft.tokens_in if draft else 0,
        tokens_out=draft.tokens_out if draft else 0,
        hits=found.hits,
    )


def locate(quote: str, hits: Sequence[Hit]) -> Citation | None:
    """The first retrieved chunk that holds the quote; blanks at its ends do not count."""
    quote = quote.strip()
    for hit in hits:
        offset = hit.chunk.text.find(quote) if quote else -1
        if offset >= 0:
            start = hit.chunk.start + offset
            return Citation(hit.chunk.document_id, hit.chunk.id, start, start + len(quote), quote)
    return None
