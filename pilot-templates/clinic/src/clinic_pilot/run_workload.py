"""The child of `workload.py`: imports the engineer's callable and times its rounds. One JSON line a call, on a pipe.

A process of its own, so that what the workload does (threads, prints, a crash, a loop without end) ends with it.
"""

import asyncio
import importlib
import inspect
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping

from clinic_pilot.digest_result import NoValueError, digest_result
from clinic_pilot.process_clock import ProcessTreeClock


def main() -> None:
    spec, folder, rounds, pipe = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    # What the workload prints is its own business and must not be taken for progress.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.path.insert(0, folder)
    with os.fdopen(pipe, "w", encoding="utf-8") as out:

        def tell(line: Mapping[str, object]) -> None:
            out.write(json.dumps(line) + "\n")
            out.flush()

        tell(_measure(spec, rounds, tell))


def _measure(spec: str, rounds: int, tell: Callable[[Mapping[str, object]], None]) -> Mapping[str, object]:
    module_name, _, function_name = spec.partition(":")
    try:
        workload = find_callable(importlib.import_module(module_name), function_name)
    except BaseException as cause:
        return {"failed": "import", "reason": _say(cause)}
    tell({"imported": True})
    clock = ProcessTreeClock()
    for _ in range(rounds + 1):
        try:
            result, wall_ms, cpu_ms = clock.time_call(workload)
        except BaseException as cause:
            return {"failed": "call", "reason": _say(cause)}
        try:
            check = digest_result(result)
        except NoValueError as cause:
            return {"failed": "value", "reason": str(cause)}
        tell({"wallMs": wall_ms, "cpuMs": cpu_ms, "check": check})
    return {"done": True}


def find_callable(module: object, path: str) -> Callable[[], object]:
    """`name` or `Class.method`. A coroutine function is run to its end, each call in an event loop of its own."""
    found = module
    for name in path.split("."):
        found = getattr(found, name)
    if not callable(found):
        raise TypeError(f"{path} is not callable")
    needed = [
        name
        for name, parameter in inspect.signature(found).parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    if needed:
        raise TypeError(f"{path} needs arguments ({', '.join(needed)}); wrap it in a function without any")
    if inspect.iscoroutinefunction(found):
        coroutine_function = found
        return lambda: asyncio.run(coroutine_function())
    return found


def _say(cause: BaseException) -> str:
    """The error and the line of the workload it came from."""
    frames = traceback.extract_tb(cause.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(cause).__name__}: {' '.join(str(cause).split())[:300]}{where}"


if __name__ == "__main__":
    main()
