"""A small corpus of our own, so that tests of the code do not move when the bundled data does."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.pilot import Pilot, open_pilot

DOCUMENTS = [
    ("ferry-times", "Ferry times", "The morning ferry leaves Brandhaven at 07:15. The last ferry leaves at 21:40. Bicycles travel free of charge."),
    ("ferry-tickets", "Ferry tickets", "A day ticket costs EUR 12. Dogs are not allowed on the upper deck. Refunds are paid within 14 days."),
    ("lighthouse", "Lighthouse", "The lighthouse was built in 1863 by Ada Lindqvist. It has 212 steps. Visitors may climb it on Sundays."),
    ("library", "Town library", "You can borrow up to six books for four weeks. Late books cost 20 cents per day."),
    ("museum", "Harbour museum", "The museum shows nineteen model ships. It is closed on Mondays because the staff cleans the hall."),
]  # fmt: skip
QUESTIONS: list[dict[str, object]] = [
    {"_id": "q1", "text": "When does the last ferry leave?", "metadata": {"tag": "common"}, "facts": ["21:40"]},
    {"_id": "q2", "text": "Are dogs allowed on the upper deck?", "yes_no": "No"},
    {"_id": "q3", "text": "Who built the lighthouse?", "answers": ["Ada Lindqvist"]},
    {"_id": "q4", "text": "Which submarine cable feeds the nuclear reactor?", "metadata": {"tag": "must_refuse"}, "facts": []},
    {"_id": "q5", "text": "How many books can I borrow?", "answer": "as many as you like, really"},
]  # fmt: skip
GOLD = {"q1": "ferry-times", "q2": "ferry-tickets", "q3": "lighthouse", "q5": "library"}
ROOT = Path(__file__).parents[2]


def write_data(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps({"_id": name, "title": title, "text": text}) for name, title, text in DOCUMENTS]
    (folder / "corpus.jsonl").write_text("\n".join(rows))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, QUESTIONS)))
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(f"{q}\t{d}\t1\n" for q, d in GOLD.items())
    )
    return folder


# The choices that tests of the code build on, whatever pilot.json says by now.
CHOICES: dict[str, dict[str, object]] = {
    "data": {"path": "data"},
    "ingest": {"chunkCharacters": 800, "overlapCharacters": 100},
    "retrieval": {"mode": "hybrid", "embedder": "lsa", "dimensions": 16, "k": 3, "fusion": "convex", "denseWeight": 0.5, "store": "faiss_exact", "permissions": "off"},
    "answer": {"mode": "extractive", "model": None, "baseUrl": None, "apiKeyVariable": "LLM_API_KEY", "refuseBelow": 0.5, "orchestration": "chain", "maxSteps": 6, "maxUsdPerQuestion": None, "usdPerMillionTokensIn": None, "usdPerMillionTokensOut": None, "historyTurns": 0, "cacheEntries": 0},
    "guard": {"injection": "flag", "personalData": "mask"},
    "serve": {"apiKeyVariable": None, "requestsPerMinute": None, "maxQuestionCharacters": 2000},
    "workload": {"runs": 2, "requestsPerRun": 5, "warmupRequests": 1, "arrivalsPerSecond": 50, "timeoutSeconds": 10},
}  # fmt: skip
DEVICE: dict[str, Any] = {"device": "cpu", "precision": "float32"}


def pilot_json() -> dict[str, dict[str, object]]:
    value: dict[str, dict[str, object]] = json.loads((ROOT / "pilot.json").read_text())
    for section, choices in CHOICES.items():
        value[section] |= choices
    return {**value, **DEVICE}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a pilot.json and five small documents."""
    write_data(tmp_path / "data")
    (tmp_path / "pilot.json").write_text(json.dumps(pilot_json()))
    return tmp_path


@pytest.fixture
def pilot(root: Path) -> Pilot:
    return open_pilot(PilotConfig.model_validate(pilot_json()), root)
