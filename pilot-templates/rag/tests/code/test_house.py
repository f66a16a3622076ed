"""Each framework has one home, and nothing unsafe is ever read."""

import ast
from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[2] / "src" / "rag_pilot").rglob("*.py"))
HOMES = {
    "langchain_core": "chain.py",
    "langgraph": "graph.py",
    "faiss": "faiss_store.py",
    "pgserver": "local_servers.py",
    "pgvector": "pgvector_store.py",
    "pinecone": "pinecone_store.py",
    "psycopg": "pgvector_store.py",
    "qdrant_client": "qdrant_store.py",
    "sentence_transformers": "embed_neural.py",
    "weaviate": "weaviate_store.py",
    "bm25s": "lexical.py",
    "mlflow": "track.py",
    "fastapi": "serve.py",
    "prometheus_client": "meters.py",
    "uvicorn": "open_port.py",
    "httpx": "endpoint.py",
}
FORBIDDEN = {"pickle", "cloudpickle", "joblib", "dill", "shelve", "marshal"}


def imported(path: Path) -> set[str]:
    """At the top, inside a function, or by `import_extra("name", ...)`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_extra":
            assert isinstance(node.args[0], ast.Constant), (
                f"{path.name}: import_extra needs a name that can be read here"
            )
            names.add(str(node.args[0].value).split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_framework_is_imported_in_its_home_only(path: Path) -> None:
    strangers = {name for name, home in HOMES.items() if name in imported(path) and home != path.name}
    assert not strangers, f"{path.name} imports {strangers}; their homes are {[HOMES[name] for name in strangers]}"
    assert not imported(path) & FORBIDDEN


def test_every_framework_is_at_home() -> None:
    by_name = {path.name: imported(path) for path in SOURCES}
    assert all(framework in by_name[home] for framework, home in HOMES.items())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
