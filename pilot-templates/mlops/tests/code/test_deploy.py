"""compose and Kubernetes start the same thing; the image and the workflow hold what they promise.

What needs a linter, a cluster or a container engine is in deploy/check.py.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlops_pilot.champion_service import ChampionService
from mlops_pilot.meters import Meters
from mlops_pilot.project import Project
from mlops_pilot.workdir import Workdir
from tests.code.make_state import make_state

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "pilot.yml").read_text())
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
BASE = yaml.safe_load((DEPLOY / "kubernetes" / "base" / "deployment.yaml").read_text())
GPU = yaml.safe_load((DEPLOY / "kubernetes" / "overlays" / "gpu" / "gpu.yaml").read_text())


def merged(base: Any, patch: Any) -> Any:
    """A strategic merge, as far as the one patch here needs it: maps by key, lists of named things by name."""
    if isinstance(base, dict) and isinstance(patch, dict):
        return base | {key: merged(base.get(key), value) for key, value in patch.items()}
    if isinstance(base, list) and patch and all(isinstance(item, dict) and "name" in item for item in patch):
        changed = {item["name"]: item for item in patch}
        return [merged(item, changed.get(item["name"], {})) for item in base]
    return patch


def pod(variant: str) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = (BASE if variant == "cpu" else merged(BASE, GPU))["spec"]["template"]["spec"]
    return spec, spec["containers"][0]


def service(variant: str) -> dict[str, Any]:
    found: dict[str, Any] = COMPOSE["services"]["pilot" if variant == "cpu" else "pilot-gpu"]
    return found


def image_in_kubernetes(variant: str) -> str:
    return str(pod(variant)[1]["image"])


def gibibytes(text: str) -> float:
    return float(re.sub(r"(?:Gi|g)$", "", text))


# What both say, each in its own words.
SAME: dict[str, Callable[[str], tuple[object, object]]] = {
    "image": lambda v: (service(v)["image"], image_in_kubernetes(v)),
    "command": lambda v: (service(v)["command"], pod(v)[1]["command"]),
    "port inside": lambda v: (
        int(service(v)["ports"][0].split(":")[-1]),
        pod(v)[1]["ports"][0]["containerPort"],
    ),
    "variables": lambda v: (sorted(service(v)["environment"]), sorted(entry["name"] for entry in pod(v)[1]["env"])),
    "variables without which it does not start": lambda v: (
        sorted(name for name, value in service(v)["environment"].items() if ":?" in value),
        sorted(e["name"] for e in pod(v)[1]["env"] if not e["valueFrom"]["secretKeyRef"].get("optional")),
    ),
    "user": lambda v: (
        service(v)["user"],
        f"{pod(v)[0]['securityContext']['runAsUser']}:{pod(v)[0]['securityContext']['runAsGroup']}",
    ),
    "read-only file system": lambda v: (
        service(v)["read_only"],
        pod(v)[1]["securityContext"]["readOnlyRootFilesystem"],
    ),
    "capabilities dropped": lambda v: (
        service(v)["cap_drop"],
        pod(v)[1]["securityContext"]["capabilities"]["drop"],
    ),
    "no new privileges": lambda v: (
        "no-new-privileges:true" in service(v)["security_opt"],
        not pod(v)[1]["securityContext"]["allowPrivilegeEscalation"],
    ),
    "places to write": lambda v: (
        sorted(service(v)["tmpfs"]),
        sorted(mount["mountPath"] for mount in pod(v)[1]["volumeMounts"]),
    ),
    "memory": lambda v: (
        gibibytes(service(v)["mem_limit"]),
        gibibytes(pod(v)[1]["resources"]["limits"]["memory"]),
    ),
    "processors": lambda v: (float(service(v)["cpus"]), float(pod(v)[1]["resources"]["limits"]["cpu"])),
    "GPUs": lambda v: (
        sum(
            device["count"]
            for device in service(v).get("deploy", {}).get("resources", {}).get("reservations", {}).get("devices", [])
        ),
        int(pod(v)[1]["resources"]["limits"].get("nvidia.com/gpu", 0)),
    ),
    "time to finish": lambda v: (
        int(service(v)["stop_grace_period"].removesuffix("s")),
        pod(v)[0]["terminationGracePeriodSeconds"],
    ),
}
# What only one of them has, and why. A new difference needs a line here.
ONLY_IN_COMPOSE = {
    "build": "Kubernetes takes a built image",
    "ports": "a Service and whatever stands in front of it publish the port",
    "profiles": "an overlay takes the place of a profile",
}
ONLY_IN_KUBERNETES = {
    "livenessProbe": "compose restarts by policy; the image's HEALTHCHECK asks /ready",
    "startupProbe": "HEALTHCHECK has a start period instead",
    "imagePullPolicy": "compose builds what it runs",
    "automountServiceAccountToken": "compose has no such token",
    "enableServiceLinks": "compose has no such links",
    "tolerations": "compose runs on one machine",
}
COMPARED_IN_COMPOSE = {
    "image", "command", "environment", "user", "read_only", "cap_drop", "security_opt", "tmpfs", "volumes", "mem_limit",
    "cpus", "deploy", "stop_grace_period",
}  # fmt: skip
COMPARED_IN_KUBERNETES = {
    "name", "image", "command", "ports", "env", "securityContext", "readinessProbe", "resources", "volumeMounts",
    "terminationGracePeriodSeconds", "containers", "volumes",
}  # fmt: skip


@pytest.mark.parametrize("variant", ["cpu", "gpu"])
@pytest.mark.parametrize("what", SAME)
def test_compose_and_kubernetes_agree(what: str, variant: str) -> None:
    compose, kubernetes = SAME[what](variant)
    assert compose == kubernetes


@pytest.mark.parametrize("variant", ["cpu", "gpu"])
def test_what_only_one_of_them_has_is_named(variant: str) -> None:
    spec, container = pod(variant)
    assert set(service(variant)) <= COMPARED_IN_COMPOSE | set(ONLY_IN_COMPOSE)
    assert set(spec) | set(container) <= COMPARED_IN_KUBERNETES | set(ONLY_IN_KUBERNETES)


def test_probes_and_health_check_ask_for_paths_that_the_server_has() -> None:
    source = (ROOT / "src" / "mlops_pilot" / "serve.py").read_text()
    served = set(re.findall(r'@app\.get\("(/\w*)"\)', source))
    container = pod("cpu")[1]
    asked = {container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness", "liveness")}
    asked |= set(re.findall(r"http://127\.0\.0\.1:8000(/\w+)", DOCKERFILE))
    assert asked == {"/ready", "/health"}
    assert asked <= served
    for name in ("startup", "readiness", "liveness"):
        # The server answers to names it knows; a probe comes under the pod's address.
        assert container[f"{name}Probe"]["httpGet"]["httpHeaders"] == [{"name": "Host", "value": "localhost"}]


def test_the_container_runs_without_root_from_a_pinned_base_with_a_health_check() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert bases
    assert all(re.fullmatch(r"python:3\.12-slim@sha256:[0-9a-f]{64}", base) for base in bases)
    assert len(set(bases)) == 1
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", DOCKERFILE, re.MULTILINE)
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert "HOME=/tmp" in last_stage
    command = json.loads(last_stage.rsplit("CMD ", 1)[1])
    assert command == service("cpu")["command"][: len(command)]


def test_what_the_image_copies_is_there() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        *names, _ = line.split()
        assert all((ROOT / name).exists() or name == "release" for name in names), line


def test_versions_agree() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert json.loads((ROOT / "pilot.json").read_text())["templateVersion"] == version[1]
    assert service("cpu")["image"] == f"mlops-pilot:{version[1]}"
    assert service("gpu")["image"] == f"mlops-pilot:{version[1]}"
    uv = set(re.findall(r"uv==([\d.]+)", DOCKERFILE + json.dumps(WORKFLOW)))
    assert len(uv) == 1


def steps(job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = WORKFLOW["jobs"][job]["steps"]
    return found


def test_every_action_is_pinned_by_commit_with_its_version_beside() -> None:
    lines = re.findall(r"uses: (.+)$", (ROOT / ".github" / "workflows" / "pilot.yml").read_text(), re.MULTILINE)
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", line)] == []


def test_the_gate_of_the_workflow_is_on() -> None:
    for job in ("pilot", "release"):
        gate = next(step for step in steps(job) if step.get("name") == "gate")
        assert gate["run"].startswith(".venv/bin/pilot")
        assert gate["run"].endswith("gate report.json")
        assert not {"if", "continue-on-error"} & set(gate)
    assert "continue-on-error" not in json.dumps(WORKFLOW)
    assert "|| true" not in json.dumps(WORKFLOW)
    runs = " ".join(step.get("run", "") for step in steps("pilot"))
    assert all(verb in runs for verb in ("make setup", "ruff check", "mypy", "make test", "pilot bench"))
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_checks_that_need_no_tools_can_be_started() -> None:
    command = [sys.executable, str(DEPLOY / "check.py"), "--help"]
    assert "without a container engine" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_workflow_takes_the_events_that_the_pipeline_emits() -> None:
    # YAML 1.1 reads the key `on` as true.
    events: dict[str, Any] = WORKFLOW[True]  # type: ignore[index]
    source = (ROOT / "src" / "mlops_pilot" / "promote_model.py").read_text()
    told = set(events["repository_dispatch"]["types"])
    assert told == {"model-promoted", "model-rolled-back"}
    assert all(f'"{name}"' in source for name in told)
    release = json.dumps(steps("release"))
    assert "deploy/pack_release.py" in release
    # What comes with an event is text of others: never part of a script.
    assert "client_payload" not in " ".join(step.get("run", "") for step in steps("release"))


def write_event(project: Project, **payload: object) -> Path:
    card = json.loads((project.work.models / "v1" / "model.json").read_text())
    value = {"version": "v1", "weightsSha256": card["weightsSha256"], **payload}
    path = project.root / "event.json"
    path.write_text(json.dumps({"event_type": "model-promoted", "client_payload": value}))
    return path


def pack(project: Project, event: Path) -> "subprocess.CompletedProcess[str]":
    (project.root / "pilot.json").write_text(json.dumps(project.config.model_dump(mode="json")))
    command = [sys.executable, str(DEPLOY / "pack_release.py"), "--dir", str(project.root), "--event", str(event)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_release_holds_what_the_server_needs_and_nothing_else(tmp_path: Path) -> None:
    project = make_state(tmp_path)
    done = pack(project, write_event(project))
    assert done.returncode == 0, done.stderr
    release = tmp_path / "release"
    assert {path.name for path in release.iterdir()} == {"models", "snapshots", "features"}
    assert {path.name for path in (release / "models").iterdir()} == {"champion.json", "history.json", "v1"}
    service = ChampionService(replace(project, work=Workdir(release)), Meters())
    service.refresh()
    assert service.problem is None
    assert service.require().version == "v1"


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"version": "v2"}, "the event is of v2"),
        ({"weightsSha256": "0" * 64}, "not the weights"),
        ({"version": "../v1"}, "the event is of"),
        ({"version": None}, "the event is of"),
    ],
)
def test_an_event_of_another_model_releases_nothing(payload: dict[str, object], said: str, tmp_path: Path) -> None:
    project = make_state(tmp_path)
    done = pack(project, write_event(project, **payload))
    assert done.returncode == 65
    assert said in done.stderr
    assert not (tmp_path / "release").exists()
