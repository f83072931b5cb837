"""The rules as they ship: what a clinic noted on this machine is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from directory.overlay import keeping


@pytest.fixture(scope="session", autouse=True)
def no_notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home without notes for all tests of the rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(tmp_path_factory.mktemp("no-notes")))
        keeping.forget()
        yield
    keeping.forget()
