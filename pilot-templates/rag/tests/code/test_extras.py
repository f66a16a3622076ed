import pytest

from rag_pilot.errors import PilotError
from rag_pilot.extras import import_extra


def test_a_package_that_is_not_installed_is_asked_for_with_the_command_that_installs_it() -> None:
    with pytest.raises(PilotError) as caught:
        import_extra("surely_no_such_package", "pgvector", "retrieval.store pgvector")
    assert caught.value.exit_code == 69
    assert str(caught.value) == (
        "retrieval.store pgvector needs surely_no_such_package, which is not installed; "
        'run: make setup EXTRAS="pgvector" (or uv sync --extra pgvector).'
    )


def test_a_package_that_is_there_is_handed_over() -> None:
    assert import_extra("json", "html", "anything").loads("1") == 1
