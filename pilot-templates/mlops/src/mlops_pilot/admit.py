"""Who may ask, and how often: the key and the rate limit. Knows nothing of HTTP frameworks."""

import hashlib
import hmac
import os
from collections import OrderedDict
from collections.abc import Callable

from mlops_pilot.errors import CONFIG, UNAVAILABLE, PilotError

LEAST_KEY_CHARACTERS = 16
# A stranger who comes under ever new addresses must not fill the memory; the longest silent caller is forgotten.
MOST_CALLERS = 10_000


class Key:
    """The key of this server. Only its hash is kept, so that no log and no traceback can show it."""

    def __init__(self, text: str) -> None:
        self._digest = hashlib.sha256(text.encode()).digest()

    def opens(self, authorization: str | None) -> bool:
        """`Bearer <key>`, compared in constant time whatever its length."""
        scheme, _, given = (authorization or "").partition(" ")
        digest = hashlib.sha256(given.strip().encode("utf-8", "surrogateescape")).digest()
        return hmac.compare_digest(digest, self._digest) and scheme.lower() == "bearer"


def read_key(variable: str | None) -> Key | None:
    """The key from the environment; None when no variable is configured. 69 when it is not set, 78 when too short."""
    if variable is None:
        return None
    text = os.environ.get(variable, "").strip()
    if not text:
        raise PilotError(UNAVAILABLE, f"the environment variable {variable} with the key of this server is not set.")
    if len(text) < LEAST_KEY_CHARACTERS:
        least = LEAST_KEY_CHARACTERS
        raise PilotError(CONFIG, f"the key in {variable} is too short; it needs at least {least} characters.")
    return Key(text)


class RateLimit:
    """A token bucket a caller: `per_minute` in a burst, then one every 60 / per_minute seconds. `clock` in seconds."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._most, self._per_second, self._clock = float(per_minute), per_minute / 60, clock
        self._callers: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, caller: str) -> float:
        """0 and one token fewer, or how long until the next token comes."""
        now = self._clock()
        tokens, since = self._callers.pop(caller, (self._most, now))
        tokens = min(self._most, tokens + max(0.0, now - since) * self._per_second)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._per_second
        self._callers[caller] = (tokens - 1 if wait == 0 else tokens, now)
        if len(self._callers) > MOST_CALLERS:
            self._callers.popitem(last=False)
        return wait
