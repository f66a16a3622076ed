"""What a request may say, checked by hand-written shapes; an error names the key and never repeats the value."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from rag_pilot.config import PilotConfig
from rag_pilot.door import Refusal
from rag_pilot.history import Exchange
from rag_pilot.stores.port import Readers

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]
# An empty list is a reader who may see only what everyone may.
Audiences = Annotated[list[Identifier], Field(max_length=100)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Said(Body):
    question: Annotated[str, Field(min_length=1, max_length=100_000)]
    answer: Annotated[str, Field(max_length=20_000)]


class Ask(Body):
    question: Text
    audiences: Audiences | None = None
    history: Annotated[list[Said], Field(max_length=50)] = []


class Retrieve(Body):
    question: Text
    audiences: Audiences | None = None


class DocumentWanted(Body):
    documentId: Identifier
    audiences: Audiences | None = None


class Feedback(Body):
    answerId: Annotated[str, Field(pattern=r"^ans_[0-9a-f]{32}$")]
    useful: bool
    comment: Annotated[str, Field(max_length=1_000)] | None = None
    question: Annotated[str, Field(max_length=2_000)] | None = None


Model = TypeVar("Model", bound=Body)


def parse_body(model: type[Model], content: bytes) -> Model:
    """422 for what is JSON of another shape, 400 for what is no JSON (deeper nesting than 200 is none either)."""
    try:
        return model.model_validate_json(content)
    except ValidationError as cause:
        problem = cause.errors(include_url=False, include_input=False)[0]
    if problem["type"] == "json_invalid":
        raise Refusal(400, "BODY_NOT_JSON", "The request is not valid JSON.")
    path = ".".join(str(part) for part in problem["loc"] if part in model.model_fields or isinstance(part, int))
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(model.model_fields)
        raise Refusal(422, "KEY_UNKNOWN", f"The request has a key that is not known; known are: {allowed}.")
    raise Refusal(422, "BODY_INVALID", f"{path or 'The request'}: {problem['msg'][0].lower()}{problem['msg'][1:]}.")


def check_question(question: str, most: int) -> None:
    if len(question) > most:
        raise Refusal(413, "QUESTION_TOO_LONG", f"The question is longer than {most} characters.")


def read_readers(config: PilotConfig, audiences: list[str] | None) -> Readers:
    """Who asks, as the caller says; the caller is trusted, its key says so. None: permissions are off."""
    if config.retrieval.permissions == "off":
        if audiences is not None:
            raise Refusal(400, "PERMISSIONS_OFF", "audiences: permissions are off, so nothing would be hidden.")
        return None
    if audiences is None:
        raise Refusal(400, "AUDIENCES_MISSING", "audiences: needed, because retrieval.permissions is on.")
    return frozenset(audiences)


def read_history(config: PilotConfig, history: list[Said]) -> tuple[Exchange, ...]:
    if history and config.answer.historyTurns == 0:
        raise Refusal(400, "HISTORY_OFF", "history: answer.historyTurns is 0, so nothing of it would be read.")
    return tuple(Exchange(said.question, said.answer) for said in history[-config.answer.historyTurns or None :])
