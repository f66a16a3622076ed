"""A file a person is called by: `.pilot/alerts/<day>-<stage>.json`. The same alert again leaves the file alone."""

import json
from pathlib import Path
from typing import Any

from mlops_pilot.workdir import Workdir, write_text


def write_alert(day: str, stage: str, said: str, details: dict[str, Any], work: Workdir) -> Path:
    path = work.alerts / f"{day}-{stage}.json"
    value = {"day": day, "stage": stage, "said": said, "champion": "keeps serving", **details}
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    return path
