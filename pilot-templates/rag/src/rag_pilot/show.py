"""Answers and findings as the JSON of the interface: camelCase, rounded, nothing internal."""

from collections.abc import Iterable
from typing import Any

from rag_pilot.answers import Answer
from rag_pilot.ingest import Chunk
from rag_pilot.retrieve import Found


def show_answer(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.text,
        "answerable": not answer.refused,
        "reason": answer.reason,
        "evidence": round(answer.evidence, 4),
        "citations": [
            {
                "documentId": citation.document_id,
                "chunkId": citation.chunk_id,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "documents": list(answer.document_ids),
        "usage": {
            "tokensIn": answer.tokens_in,
            "tokensOut": answer.tokens_out,
            "modelCalls": answer.model_calls,
            "repairs": answer.repairs,
            "usd": answer.usd,
        },
        "searchedFor": answer.search_text,
        "flaggedChunks": list(answer.flagged),
        "fromCache": answer.from_cache,
    }


def show_found(found: Found) -> dict[str, Any]:
    return {
        "documents": list(found.document_ids),
        "chunks": [
            {
                "id": hit.chunk.id,
                "documentId": hit.chunk.document_id,
                "title": hit.chunk.title,
                "start": hit.chunk.start,
                "end": hit.chunk.start + len(hit.chunk.text),
                "text": hit.chunk.text,
                "score": round(hit.score, 6),
            }
            for hit in found.hits
        ],
    }


def show_document(chunks: Iterable[Chunk]) -> dict[str, Any]:
    """A document put together again from its chunks, each at its offset; what lies between them was only blank."""
    ordered = sorted(chunks, key=lambda chunk: chunk.start)
    text = ""
    for chunk in ordered:
        text += " " * (chunk.start - len(text))
        text += chunk.text[len(text) - chunk.start :]
    return {"documentId": ordered[0].document_id, "title": ordered[0].title, "text": text}
