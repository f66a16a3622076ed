"""What the figures mean for the choice of a layer, in plain words. Only what the bounds show is said as shown."""

from statistics import median

from clinic_pilot.metrics import find_variant, list_metric_ratios
from clinic_pilot.report import Report, VariantRecord
from clinic_pilot.speed_ups import bound_above, bound_below, list_ratios

# Share of the wall time in which a core was busy. Between the two it is a mixture.
WAITS_BELOW, COMPUTES_ABOVE = 0.3, 0.8
# Under this a gain is not worth a second language, a build or a pool to look after. A judgement, not a measurement.
WORTH_IT = 1.2
# `serial` only computes. Where it gets less of a core than this, something else had the rest.
QUIET_ABOVE = 0.9


def advise(report: Report) -> list[str]:
    """One paragraph an example that was measured; the engineer's own first."""
    paragraphs = (
        _advise_machine(report),
        _advise_own(report),
        _advise_waiting(report),
        _advise_computing(report),
        _advise_hot_function(report),
    )
    return [paragraph for paragraph in paragraphs if paragraph]


def measure_busy_share(variant: VariantRecord) -> float:
    """Processor time over wall time, median of the rounds: 0 waits, 1 keeps one core busy, more than 1 several."""
    return median(cpu / wall for cpu, wall in zip(variant.cpuMs, variant.wallMs, strict=True))


def describe_bound(share: float) -> str:
    if share < WAITS_BELOW:
        return "it waits; read lesson 1"
    if share < COMPUTES_ABOVE:
        return "it waits and computes; profile it and part the two first"
    return "it computes; read lessons 2 and 3" + (", it uses several cores already" if share > WORTH_IT else "")


def _advise_own(report: Report) -> str | None:
    own = find_variant(report.examples, "workload", "own")
    if own is None:
        return None
    share = measure_busy_share(own)
    if share < COMPUTES_ABOVE and not was_quiet(report):
        said = "on a machine this busy, waiting for a core cannot be told from waiting for an answer. Measure again"
        return f"**Your workload** kept {share:.2f} cores busy while it ran; {said}."
    return f"**Your workload** keeps {share:.2f} cores busy while it runs: {describe_bound(share)}."


def was_quiet(report: Report) -> bool:
    """Did the machine have a core free for what only computes? True where that was not measured."""
    serial = find_variant(report.examples, "computing", "serial")
    return serial is None or measure_busy_share(serial) >= QUIET_ABOVE


def _advise_machine(report: Report) -> str | None:
    serial = find_variant(report.examples, "computing", "serial")
    if serial is None or was_quiet(report):
        return None
    said = f"a pure computation got {measure_busy_share(serial):.2f} of a core"
    return f"**The machine was busy**: {said}. What needs several cores shows less here than on a quiet machine."


def _advise_waiting(report: Report) -> str | None:
    ratios = list_metric_ratios(report.config, report.examples, report.fingerprint.cores, "gatherSpeedUp")
    if not ratios:
        return None
    calls = report.config.examples.waiting.calls
    low = bound_below(ratios)
    said = f"**Waiting**: {calls} calls at once were at least {low:.3g} times as fast as one after the other. "
    if low > WORTH_IT:
        return (
            said + "The application layer can stay in Python with asyncio; a faster language would wait just as long."
        )
    return said + "That shows no gain here: look for a blocking call, or for a server that answers one at a time."


def _advise_computing(report: Report) -> str | None:
    serial = find_variant(report.examples, "computing", "serial")
    if serial is None:
        return None
    lock = "with the interpreter lock" if report.fingerprint.gilEnabled else "without the interpreter lock"
    turns = (
        "threads take turns, so they do not replace processes for computing"
        if report.fingerprint.gilEnabled is not False
        else "threads gain nothing here although no lock holds them; look for objects that they share"
    )
    said = [f"**Computing** ({report.fingerprint.python} {lock}, {report.fingerprint.cores or '?'} cores):"]
    for name, helps, helps_not in (
        (
            "processes",
            "the work can be shared out without leaving Python",
            "more processes are not the way on this machine",
        ),
        ("threads", "threads share the work", turns),
    ):
        curve = [
            (item.workers or 0, list_ratios(serial.wallMs, item.wallMs))
            for example in report.examples
            for item in example.variants
            if item.name == name
        ]
        if curve:
            gains = any(bound_below(ratios) > WORTH_IT for _, ratios in curve)
            points = ", ".join(f"{median(ratios):.2f} x with {workers}" for workers, ratios in curve)
            said.append(f"{name} {points}: {helps if gains else helps_not}.")
    return " ".join(said)


def _advise_hot_function(report: Report) -> str | None:
    python = find_variant(report.examples, "hot_function", "python")
    numpy = find_variant(report.examples, "hot_function", "numpy")
    if python is None or numpy is None:
        return None
    said = ["**One hot function**, times as fast as plain Python:"]
    fastest_in_python = 0.0
    for name in ("numpy", "numba", "rust"):
        variant = find_variant(report.examples, "hot_function", name)
        if variant is None:
            continue
        ratios = list_ratios(python.wallMs, variant.wallMs)
        said.append(f"{name} {median(ratios):.0f} ({bound_below(ratios):.0f} to {bound_above(ratios):.0f}).")
        if name == "rust":
            more = median(ratios) / fastest_in_python
            worth = (
                "that alone is no reason for a second language" if more <= WORTH_IT else "weigh that against a build"
            )
            said.append(f"Rust is {more:.2f} times the best of the others; {worth}.")
        else:
            fastest_in_python = max(fastest_in_python, median(ratios))
    said.append(
        "Profile first: a function with 40 % of the time gives the whole at most 1.67 x, however fast it becomes."
    )
    return " ".join(said)
