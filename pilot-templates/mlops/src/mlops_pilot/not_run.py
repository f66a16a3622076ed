"""What a benchmark did not measure, said with its reason: a gap that is named is not taken for a good figure."""

from collections.abc import Iterator

from mlops_pilot.config import MlopsConfig
from mlops_pilot.report import NotRun


def list_not_run(config: MlopsConfig, preset: str, left_out: int) -> Iterator[NotRun]:
    yield NotRun(what="cost per run and per 1,000 scores", why="no price is in the configuration")
    yield NotRun(what="energy", why="the report has no place for it")
    if config.device.want == "cpu":
        yield NotRun(what="GPU", why="device.want is cpu")
    if config.task == "forecast":
        yield NotRun(what="load and batches", why="forecasts are made once a day, not on request")
        yield NotRun(what="the days of the series", why="the layout has none: hours are counted from 1970-01-01")
        return
    yield NotRun(what="batches through the interface", why="batches are scored in process, as the scheduler does")
    if preset == "quick":
        yield NotRun(what="training as long as configured", why="the quick preset trains one epoch a time; rows/s tell")
    if config.serving.requestsPerMinute is not None:
        yield NotRun(what="the rate limit", why="switched off here; the load comes from one address")
    if left_out:
        yield NotRun(what=f"{left_out} held-out rows", why="a report holds 100,000; the newest days stay")
