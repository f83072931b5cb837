"""What an upgrade tries out before the service is let go: a part that does not import is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.trial import PARTS, imported
from directory.errors import AssistantError


@pytest.mark.parametrize("content", ["def broken(:\n", "from directory.model import Nothing\n", "1 / 0\n"])
def test_a_module_that_does_not_import_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    name = f"tried_{abs(hash(content))}"
    (tmp_path / name / "below").mkdir(parents=True)
    for path in (tmp_path / name / "__init__.py", tmp_path / name / "below" / "__init__.py"):
        path.write_text("")
    imported(name)
    (tmp_path / name / "below" / "find.py").write_text(content)
    with pytest.raises(AssistantError, match=rf"{name}\.below\.find of this version cannot be imported"):
        imported(name)
    for known in [known for known in sys.modules if known.startswith(name)]:
        del sys.modules[known]


def test_the_parts_without_rasa_import() -> None:
    for name in PARTS[1:]:
        if name != "bot.recording":
            imported(name)
