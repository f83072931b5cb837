"""No key twice in one table of ours: YAML keeps the last silently, and what stood under the first is read by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("actions", "bot", "data", "directory", "tests")
    for path in (ROOT / folder).rglob("*.yml")
    if "samples" not in path.parts
)


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_no_key_stands_twice(path: Path) -> None:
    tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert (list(_twice(tree)) if tree else []) == []


def _twice(node: yaml.Node) -> Iterator[str]:
    """Each key that a table below `node` has twice, with its line."""
    if isinstance(node, yaml.MappingNode):
        counts = Counter(key.value for key, _ in node.value)
        yield from (f"{key.value}, line {key.start_mark.line + 1}" for key, _ in node.value if counts[key.value] > 1)
        for _, value in node.value:
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _twice(each)
