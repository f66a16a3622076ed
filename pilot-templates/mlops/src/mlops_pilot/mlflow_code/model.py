"""What MLflow runs to load a logged model: its code instead of a pickle of it. Nothing else imports this file."""

from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel


class PilotModel(PythonModel):  # type: ignore[misc]
    def load_context(self, context: Any) -> None:
        from pathlib import Path

        from mlops_pilot.model import load

        self.scorer = load(Path(context.artifacts["model"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.Series:
        """The features as columns, in any order -> the probability of each row."""
        matrix = model_input[self.scorer.features].to_numpy(dtype="float32")
        return pd.Series(self.scorer.score(matrix), index=model_input.index, name="score")


set_model(PilotModel())
