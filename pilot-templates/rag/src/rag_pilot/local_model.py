"""A language model on this machine, by name or folder: the only module that generates with transformers.

Needs the extra `local-model`. Weights are read from a folder or from the local cache of models; nothing is downloaded
while questions are answered, and code that comes with a model is never run.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from rag_pilot.config import Answering
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.language_model import MAX_TOKENS, Completion, Message, ModelError

WANTED_FOR = "answer.mode transformers"


class LocalModel:
    """Answers one question at a time: a second one on the same processor would only slow both. Greedy, so that the
    same question gets the same answer."""

    def __init__(self, settings: Answering, device: Literal["cpu", "cuda"], precision: str = "float32") -> None:
        if settings.model is None:
            raise PilotError(
                UNAVAILABLE, "answer.model must name a model or its folder when answer.mode is transformers."
            )
        torch = import_extra("torch", "local-model", WANTED_FOR)
        transformers = import_extra("transformers", "local-model", WANTED_FOR)
        if device == "cuda" and not torch.cuda.is_available():
            raise PilotError(
                UNAVAILABLE, "device is cuda, but torch finds no CUDA device; nothing falls back to the CPU."
            )
        transformers.utils.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        options = {"local_files_only": True, "trust_remote_code": False}
        self._torch, self._device, self._name = torch, device, settings.model
        self._seconds, self._turn = settings.timeoutSeconds, threading.Lock()
        try:
            self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(settings.model, **options)
            self._model: Any = transformers.AutoModelForCausalLM.from_pretrained(
                settings.model, dtype=getattr(torch, precision), use_safetensors=True, **options
            )
            self._model.to(device).eval()
        except (OSError, ValueError, ImportError, RuntimeError) as cause:
            raise PilotError(UNAVAILABLE, _say_absent(settings.model, cause)) from cause
        self._streamer = transformers.TextIteratorStreamer
        self._stop_after = transformers.MaxTimeCriteria
        self._stops = transformers.StoppingCriteriaList
        self.context = int(getattr(self._model.config, "max_position_embeddings", 0) or 0)

    def complete(self, messages: Sequence[Message]) -> Completion:
        with self._place():
            return self._generate(messages, None)

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        with self._place():
            streamer = self._streamer(
                self._tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=self._seconds
            )
            outcome: list[Completion | BaseException] = []

            def work() -> None:
                try:
                    outcome.append(self._generate(messages, streamer))
                except BaseException as cause:
                    outcome.append(cause)
                    streamer.end()

            worker = threading.Thread(target=work, daemon=True)
            worker.start()
            try:
                for piece in streamer:
                    if piece:
                        yield piece
            finally:
                worker.join()
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        yield outcome[0]

    def close(self) -> None:
        self._model = None

    def _place(self) -> "_Place":
        return _Place(self._turn, self._seconds)

    def _generate(self, messages: Sequence[Message], streamer: Any) -> Completion:
        encoded = self._encode(messages)
        length = int(encoded["input_ids"].shape[1])
        if self.context and length + 1 > self.context:
            raise ModelError(502, f"takes {self.context} tokens; the question and its sources need {length}", 0)
        room = min(MAX_TOKENS, self.context - length) if self.context else MAX_TOKENS
        stops = self._stops([self._stop_after(self._seconds)])
        try:
            with self._torch.inference_mode():
                produced = self._model.generate(
                    **encoded,
                    max_new_tokens=room,
                    do_sample=False,
                    temperature=None,
                    top_p=None,
                    top_k=None,
                    pad_token_id=self._pad_token(),
                    stopping_criteria=stops,
                    streamer=streamer,
                )
        except self._torch.OutOfMemoryError as cause:
            raise ModelError(
                503, f"ran out of memory on {self._device}; take a smaller model or fewer sources", 0
            ) from cause
        written = produced[0, length:].tolist()
        if not written or written[-1] not in self._ends():
            raise ModelError(502, "stopped before the answer was complete (length or time)", 0)
        text = self._tokenizer.decode(written, skip_special_tokens=True)
        return Completion(str(text), length, len(written))

    def _encode(self, messages: Sequence[Message]) -> Any:
        if self._tokenizer.chat_template:
            encoded = self._tokenizer.apply_chat_template(
                list(messages), add_generation_prompt=True, return_dict=True, return_tensors="pt"
            )
        else:
            text = "\n\n".join(message["content"] for message in messages) + "\n\n"
            encoded = self._tokenizer(text, return_tensors="pt")
        return {name: encoded[name].to(self._device) for name in ("input_ids", "attention_mask")}

    def _ends(self) -> set[int]:
        ends = self._model.generation_config.eos_token_id
        return set(ends if isinstance(ends, list) else [ends])

    def _pad_token(self) -> int | None:
        pad = self._tokenizer.pad_token_id
        return pad if pad is not None else next(iter(self._ends()))


class _Place:
    def __init__(self, lock: threading.Lock, seconds: float) -> None:
        self._lock, self._seconds = lock, seconds

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._seconds):
            raise ModelError(503, "is still busy with another question", 0)

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _say_absent(name: str, cause: BaseException) -> str:
    if Path(name).is_dir():
        return f"answer.model {name}: the folder holds no model that can be read ({type(cause).__name__})."
    return (
        f"answer.model {name}: not in the local cache of models and not a folder. "
        f"Fetch it once with: hf download {name}"
    )
