"""A small report whose figures follow from its records, for tests and for the examples of the contract."""

import random
from typing import Any

from mlops_pilot.config import MlopsConfig
from mlops_pilot.figures import Records, compute_metrics
from mlops_pilot.report import Batch, ChampionEntry, Report, RequestRecord, ScoreRecord, Training, config_sha256
from tests.code.conftest import pilot_json

TARGETS = [
    {"metric": "averagePrecision", "comparison": "gt", "value": 0.4, "confidence": 0.95},
    {"metric": "p95Ms", "comparison": "lt", "value": 20, "confidence": 0.95},
]
RUN_ID = "run_01JDA7QZ4V0000000000000000"


def make_report(
    runs: int = 10,
    requests_per_run: int = 60,
    latency_ms: float = 5.0,
    rows: int = 400,
    good: bool = True,
    **sections: Any,
) -> Report:
    """`good`: scores that find the positives; else scores drawn without looking."""
    draw = random.Random(11)
    value = pilot_json(**{"workload": {"runs": runs, "requestsPerRun": requests_per_run}, **sections})
    value["targets"] = TARGETS
    config = MlopsConfig.model_validate(value)
    scores = []
    for number in range(rows):
        label = 1 if number % 10 == 0 else 0
        seen = 0.3 * label * good + draw.random() * 0.4
        scores.append(
            ScoreRecord(
                row=f"t{number:06d}",
                entity=f"c{number % 80}",
                day=f"2026-02-{1 + number * 14 // rows:02d}",
                label=1 if label else 0,
                score=round(seen, 6),
                baseline=round(draw.random(), 6),
            )
        )
    requests = [
        RequestRecord(
            run=run,
            index=index,
            questionId=f"t{index:06d}",
            scheduledMs=index * 10.0,
            sentMs=index * 10.0 + 0.05,
            firstByteMs=index * 10.0 + latency_ms - 0.1,
            doneMs=index * 10.0 + latency_ms,
            status="ok",
            error=None,
        )
        for run in range(runs)
        for index in range(requests_per_run)
    ]
    batches = [Batch(rows=100_000, wallMs=400.0 + number) for number in range(6)]
    training = [Training(rows=8_000, epochs=2, wallMs=900.0 + number) for number in range(6)]
    records = Records(scores=scores, requests=requests, batches=batches, training=training)
    return Report.model_validate(
        {
            "schemaVersion": 1,
            "kind": "mlops",
            "runId": RUN_ID,
            "templateVersion": config.templateVersion,
            "modified": None,
            "projectId": config.projectId,
            "configSha256": config_sha256(config),
            "config": config,
            "preset": "quick",
            "startedAt": "2026-11-21T02:00:00.000Z",
            "finishedAt": "2026-11-21T02:02:00.000Z",
            "outcome": {"status": "completed"},
            "fingerprint": {
                "cpu": None, "cores": 2, "memoryBytes": None, "os": None, "device": "cpu", "gpu": None, "driver": None,
                "python": "CPython 3.12.0", "gilEnabled": True, "packages": {"torch": "2.10.0"}, "lockSha256": None,
                "dataSha256": "0" * 64, "commit": None,
            },
            "data": {
                "name": "test transactions", "task": "classification", "rows": rows,
                "positives": sum(record.label for record in scores), "trainFrom": "2026-01-10",
                "trainTo": "2026-01-24", "testFrom": "2026-02-01", "testTo": "2026-02-14", "snapshotSha256": "1" * 64,
            },
            "runSeconds": [requests_per_run / 100] * runs,
            "stages": [
                {"name": "transform", "side": "wrapper", "calls": 1, "wallMs": 900.0, "cpuMs": 950.0},
                {"name": "train", "side": "model", "calls": 1, "wallMs": 9000.0, "cpuMs": 9500.0},
                {"name": "serve", "side": "wrapper", "calls": 200, "wallMs": 200.0, "cpuMs": 190.0},
            ],
            "requests": requests,
            "scores": scores,
            "series": [],
            "batches": batches,
            "training": training,
            "champion": [
                ChampionEntry(
                    version="2026-01-24-0123abcd", at="2026-02-15T06:00:00.000Z", outcome="promote", reason="the first model"
                )
            ],
            "metrics": compute_metrics(config, records),
            "notRun": [{"what": "GPU", "why": "device.want is cpu"}],
        }
    )  # fmt: skip
