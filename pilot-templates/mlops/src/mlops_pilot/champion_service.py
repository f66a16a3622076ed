"""The champion as it serves: loaded by its alias, and again when the alias or the newest day moves."""

import threading
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch

from mlops_pilot.data_steps import read_split
from mlops_pilot.device import choose_device
from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.explain import explain
from mlops_pilot.ingest import accepted_days
from mlops_pilot.live_history import LiveHistory, Row, end_seconds, read_live_history
from mlops_pilot.meters import Meters
from mlops_pilot.model import Scorer, load
from mlops_pilot.name_features import feature_names
from mlops_pilot.project import Project
from mlops_pilot.registry import history, model_folder, read_champion
from mlops_pilot.thresholds import Choice, list_thresholds
from mlops_pilot.train_model import fresh_rows

WATCH_SECONDS = 2.0
# Rows of training against which a row is explained.
BACKGROUND_ROWS = 256


@dataclass(frozen=True)
class Loaded:
    """`choice` and `background` are None where the held-out rows of the model's day are not here."""

    version: str
    scorer: Scorer
    live: LiveHistory
    choice: Choice | None
    background: np.ndarray | None

    @property
    def threshold(self) -> float | None:
        return None if self.choice is None else self.choice.points[self.choice.cheapest].threshold


class ChampionService:
    def __init__(self, project: Project, meters: Meters) -> None:
        self.project, self._meters = project, meters
        self._device = choose_device(project.config.device)
        self._loaded: Loaded | None = None
        self._failure: str | None = "the champion is being loaded."
        self._seen: tuple[object, ...] | None = None
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Load what moved. What cannot be loaded is said by `problem`; the version before it keeps serving."""
        with self._lock:
            try:
                seen = self._look()
                if seen == self._seen and self._failure is None:
                    return
                self._loaded = self._load()
                self._failure, self._seen = None, seen
                self._meters.note_champion(self._loaded.version, end_seconds(self._loaded.live.newest))
            except PilotError as error:
                self._failure = str(error)
            except Exception as error:
                self._failure = f"the champion cannot be loaded ({type(error).__name__})."

    def watch(self) -> None:
        """In a thread of its own, so that no answer waits for a load."""
        pause = threading.Event()

        def keep_looking() -> None:
            while not pause.wait(WATCH_SECONDS):
                self.refresh()

        threading.Thread(target=keep_looking, daemon=True).start()

    @property
    def problem(self) -> str | None:
        return self._failure

    def require(self) -> Loaded:
        """Exit 66 with the sentence to answer 503 with."""
        loaded = self._loaded
        if loaded is None:
            raise PilotError(NO_INPUT, self._failure or "the champion is being loaded.")
        return loaded

    def score(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        loaded = self.require()
        scores = [float(score) for score in loaded.scorer.score(loaded.live.features(rows, loaded.scorer.features))]
        self._meters.note_scores(scores)
        key, threshold = self.project.config.data.key, loaded.threshold
        told = [
            {"id": row[key], "score": score, "alert": None if threshold is None else score >= threshold}
            for row, score in zip(rows, scores, strict=True)
        ]
        return {"version": loaded.version, "threshold": threshold, "rows": told}

    def explain(self, row: Row) -> dict[str, Any]:
        loaded = self.require()
        if loaded.background is None:
            raise PilotError(NO_INPUT, "the rows that the champion learnt from are not here, so nothing is explained.")
        features = loaded.live.features([row], loaded.scorer.features)[0]
        return {"version": loaded.version, **asdict(explain(loaded.scorer, features, loaded.background))}

    def decisions(self) -> list[dict[str, Any]]:
        return history(self.project.work)

    def _look(self) -> tuple[object, ...]:
        champion = read_champion(self.project.work)
        if champion is None:
            raise PilotError(NO_INPUT, "no model has been promoted yet; run: pilot setup.")
        days = accepted_days(self.project.work, date(1, 1, 1), date(9999, 12, 31))
        return champion.version, champion.sha256, tuple((each.day, each.sha256) for each in days[-40:])

    def _load(self) -> Loaded:
        champion = read_champion(self.project.work)
        if champion is None:
            raise PilotError(NO_INPUT, "no model has been promoted yet; run: pilot setup.")
        config = self.project.config
        scorer = load(model_folder(self.project.work, champion.version), self._device)
        missing = [name for name in scorer.features if name not in feature_names(config)]
        if missing:
            raise PilotError(
                NO_INPUT, f"the champion {champion.version} needs {missing[0]}, which pilot.json does not make."
            )
        choice, background = self._held_out(scorer)
        return Loaded(champion.version, scorer, read_live_history(config, self.project.work), choice, background)

    def _held_out(self, scorer: Scorer) -> tuple[Choice | None, np.ndarray | None]:
        day = scorer.card.get("day")
        if day is None or not Path(self.project.work.features(str(day))).is_file():
            return None, None
        split = read_split(date.fromisoformat(str(day)), self.project)
        held_out, names = fresh_rows(split, self.project), scorer.features
        labels = held_out["label"].to_numpy()
        scores = scorer.score(held_out.select(names).to_numpy())
        days = held_out["eventTime"].cast(pl.Date).cast(pl.String).to_numpy()
        learnt = split.train.select(names).to_numpy()
        picked = np.random.default_rng(0).choice(len(learnt), min(BACKGROUND_ROWS, len(learnt)), replace=False)
        background = np.ascontiguousarray(learnt[picked], dtype=np.float32)
        return list_thresholds(labels, scores, days, self.project.config.alerts), background


def steady_threads() -> None:
    """One row is too little to share between processors: threads that wait for each other make it late."""
    torch.set_num_threads(1)
