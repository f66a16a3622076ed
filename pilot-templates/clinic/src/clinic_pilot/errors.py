"""What the pilot says when it stops: one clear sentence and a sysexits code."""

USAGE = 64
DATA = 65
NO_INPUT = 66
UNAVAILABLE = 69
INTERNAL = 70
CANNOT_CREATE = 73
BUSY = 75
CONFIG = 78


class PilotError(Exception):
    """An expected end. `exit_code` is one of the sysexits above; the message is for a person."""

    def __init__(self, exit_code: int, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
