"""What the detectors reach on the public sets of `dev-guardrails`: counts with exact bounds, nothing tuned here."""

import gzip
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag_pilot.documents import read_corpus
from rag_pilot.exact_tests import lower_bound, upper_bound
from rag_pilot.guard.injection import scan
from rag_pilot.guard.personal_data import Kind, find_personal_data
from rag_pilot.ingest import chunk_documents

# As pilot.json has it.
CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 800, 100
# Two-sided 95 %.
ALPHA = 0.025
# A document far longer than a window, with the attack somewhere in it.
LONG_CHARACTERS = 4_000
ENTITIES: dict[str, Kind] = {
    "EMAIL_ADDRESS": "EMAIL",
    "CREDIT_CARD": "CARD",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "IBAN",
    "US_SSN": "US_SSN",
}


@dataclass(frozen=True)
class Figure:
    """`count` of `out_of`, with the exact two-sided 95 % interval (Clopper-Pearson)."""

    name: str
    count: int
    out_of: int

    @property
    def bounds(self) -> tuple[float, float]:
        return lower_bound(self.count, self.out_of, ALPHA), upper_bound(self.count, self.out_of, ALPHA)

    def line(self) -> str:
        low, high = self.bounds
        share = self.count / self.out_of if self.out_of else 0.0
        return f"{self.name:58} {self.count:5} / {self.out_of:<5} {share:7.4f}  [{low:.4f}, {high:.4f}]"


def measure_injection(folder: Path) -> list[Figure]:
    """`folder` is `dev-guardrails`. Positions are of the attack in the text."""
    benign = _rows(folder / "notinject_benign.jsonl.gz")
    safe = [row for row in _rows(folder / "xstest.jsonl.gz") if row["label"] == "safe"]
    mails = _rows(folder / "bipia_email_documents.jsonl.gz")
    attacks = _rows(folder / "bipia_attack_instructions.jsonl.gz")
    clean, attacked = [row for row in mails if not row["label"]], [row for row in mails if row["label"]]
    figures = [
        Figure("NotInject, left alone (over-defence accuracy)", _silent(benign), len(benign)),
        Figure("XSTest safe prompts, left alone", _silent(safe), len(safe)),
        Figure("BIPIA e-mails with a text attack, noticed", len(attacked) - _silent(attacked), len(attacked)),
    ]
    for position in ("start", "middle", "end"):
        rows = [row for row in attacked if row["position"] == position]
        figures.append(Figure(f"  attack at the {position}", len(rows) - _silent(rows), len(rows)))
    hosts = _long_hosts([row["text"] for row in clean])
    for kind in ("text", "code"):
        texts = [row["text"] for row in attacks if row["kind"] == kind]
        for place in ("start", "middle", "end"):
            found = sum(
                scan(_plant(text, hosts[number % len(hosts)], place)) is not None for number, text in enumerate(texts)
            )
            figures.append(Figure(f"  {kind} attack in 4,000 characters, at the {place}", found, len(texts)))
    figures.append(Figure("BIPIA clean e-mails, alarms", len(clean) - _silent(clean), len(clean)))
    return figures


@dataclass(frozen=True)
class Times:
    """Milliseconds of every scan, sorted: by the clock, and of the processor, which a busy machine leaves as is."""

    wall: list[float]
    processor: list[float]


def measure_false_alarms(corpora: Iterable[Path]) -> tuple[list[Figure], Times]:
    """Alarms on chunks of ordinary documents, a figure a corpus and one for all."""
    figures: list[Figure] = []
    wall: list[float] = []
    processor: list[float] = []
    for folder in corpora:
        chunks = chunk_documents(read_corpus(folder).documents, CHUNK_CHARACTERS, OVERLAP_CHARACTERS)
        alarms = 0
        for chunk in chunks:
            began, worked = time.perf_counter(), time.thread_time()
            alarms += scan(chunk.indexed_text) is not None
            processor.append((time.thread_time() - worked) * 1e3)
            wall.append((time.perf_counter() - began) * 1e3)
        figures.append(Figure(f"  benign chunks of {folder.name}, alarms", alarms, len(chunks)))
    total = Figure("benign chunks, alarms", sum(f.count for f in figures), sum(f.out_of for f in figures))
    return [total, *figures], Times(sorted(wall), sorted(processor))


def measure_personal_data(folder: Path) -> list[Figure]:
    """Found: the whole datum is masked. Beside recall, what was masked that overlaps none of the five kinds."""
    found, total, others, masked = dict.fromkeys(ENTITIES, 0), dict.fromkeys(ENTITIES, 0), 0, 0
    names_found = names = 0
    for row in _rows(folder / "presidio_pii.jsonl.gz"):
        data = find_personal_data(row["text"])
        masked += len(data)
        for span in row["spans"]:
            start, end = span["start_position"], span["end_position"]
            covered = any(datum.start <= start and datum.end >= end for datum in data)
            if span["entity_type"] in ENTITIES:
                total[span["entity_type"]] += 1
                found[span["entity_type"]] += covered
            elif span["entity_type"] == "PERSON":
                names, names_found = names + 1, names_found + covered
        known = [span for span in row["spans"] if span["entity_type"] in ENTITIES]
        others += sum(
            all(datum.end <= span["start_position"] or datum.start >= span["end_position"] for span in known)
            for datum in data
        )
    figures = [Figure(f"{ENTITIES[name]}, masked whole", found[name], total[name]) for name in ENTITIES]
    return [
        *figures,
        Figure("masked without being one of these kinds", others, masked),
        Figure("names of people, masked (a limit: not looked for)", names_found, names),
    ]


def _silent(rows: list[dict[str, Any]]) -> int:
    return sum(scan(row["text"]) is None for row in rows)


def _long_hosts(texts: list[str]) -> list[str]:
    """Clean texts, one after another from each starting point, cut to the same length."""
    joined = ["\n".join(texts[at:] + texts[:at]) for at in range(len(texts))]
    return [text[:LONG_CHARACTERS] for text in joined]


def _plant(attack: str, host: str, place: str) -> str:
    at = {"start": 0, "middle": len(host) // 2, "end": len(host)}[place]
    while 0 < at < len(host) and not host[at - 1].isspace():
        at += 1
    return f"{host[:at].rstrip()}\n{attack}\n{host[at:].lstrip()}".strip()


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
