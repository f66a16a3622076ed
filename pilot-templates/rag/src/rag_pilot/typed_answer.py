"""What a language model must write, how it is read, and how it is asked once more when it wrote something else."""

import json
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_pilot.language_model import Message

MAX_ANSWER_CHARACTERS = 4_000
# As much of a wrong reply as is sent back: it costs tokens again.
MAX_ECHO_CHARACTERS = 2_000

SHAPE = '{"refused": boolean, "answer": string, "quotes": [string, ...]}'


class Reply(BaseModel):
    """The one shape a model may answer in."""

    model_config = ConfigDict(extra="ignore", strict=True)
    refused: bool
    answer: str = Field(max_length=MAX_ANSWER_CHARACTERS)
    quotes: list[str] = Field(max_length=20)


def read_reply(text: str) -> Reply | str:
    """The reply, or in words what is wrong with it. Nothing is guessed: half a JSON object is no answer."""
    try:
        reply = Reply.model_validate_json(_without_fence(text))
    except ValidationError as cause:
        problem = cause.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, problem["loc"]))
        return f"it is not one JSON object of the form {SHAPE}: {where + ': ' if where else ''}{problem['msg']}"[:400]
    if not reply.refused and not reply.answer.strip():
        return "the answer is empty; set refused to true when the sources do not answer the question"
    return reply


def ask_again(messages: Sequence[Message], wrote: str, problem: str) -> list[Message]:
    """The same conversation with the reply that could not be used, and why."""
    return [
        *messages,
        {"role": "assistant", "content": wrote[:MAX_ECHO_CHARACTERS] or "(nothing)"},
        {"role": "user", "content": f"That reply cannot be used: {problem}. Reply again with the JSON object only."},
    ]


_ANSWER_BEGINS = re.compile(r'"refused"\s*:\s*false\s*,\s*"answer"\s*:\s*"')


def read_answer_so_far(text: str) -> str:
    """The text of `answer` in a reply that is still being written; empty until it is known not to be a refusal."""
    match = _ANSWER_BEGINS.search(text)
    if not match:
        return ""
    rest = text[match.end() :]
    end = re.search(r'(?<!\\)(?:\\\\)*"', rest)
    body = rest[: end.end() - 1] if end else rest
    # An escape may be cut in the middle: step back until what is there can be read.
    for cut in range(len(body), max(-1, len(body) - 12), -1):
        try:
            return str(json.loads(f'"{body[:cut]}"', strict=False))
        except ValueError:
            continue
    return ""


def _without_fence(text: str) -> str:
    """Some models put their JSON into a Markdown fence, whatever they are told."""
    text = text.strip()
    if not text.startswith("```"):
        return text
    return text.removeprefix("```json").removeprefix("```").removesuffix("```").strip()
