"""A measurement replaces its own section of the page of results and no other."""

from __future__ import annotations

import pytest

from bench import accuracy, load_report, matching, refresh, results, rules, run, search
from bench.generator import Outcome

HEAD = "# Results\n\nOnly ratios."
ONE, TWO, THREE = (f"## {name}, 2026-11-0{n}\n\nof {name}" for n, name in enumerate(("One", "Two", "One more"), 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((HEAD,), (HEAD, "new")),
        ((HEAD, ONE), (HEAD, "new")),
        ((HEAD, ONE, TWO), (HEAD, "new", TWO)),
        ((HEAD, TWO, ONE), (HEAD, TWO, "new")),
        ((HEAD, THREE, ONE, TWO), (HEAD, THREE, "new", TWO)),
        ((HEAD, THREE), (HEAD, THREE, "new")),
    ],
)
def test_only_its_own_section_is_replaced(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    new = "## One, 2026-11-22\n\n| a | b |\n"
    page = "\n\n".join(before) + "\n"
    wanted = "\n\n".join(new.strip() if part == "new" else part for part in after) + "\n"
    assert results.replaced(page, new) == wanted
    assert results.replaced(wanted, new) == wanted


def test_each_section_of_the_page_is_written_by_its_measurement() -> None:
    page = results.RESULTS.read_text("utf-8")
    figures = search.Figures(1000, 1.0, 1.0, 1.0, 1.0, {"no filter at all": (1.0, 2.0, 3.0)})
    held, busy = (
        load_report.Step(50, Outcome([9.0, 12.0]), 9.0, 0.1),
        load_report.Step(90, Outcome([9.0], [2.0, 3.0]), 9.0, 0.1),
    )
    loads = load_report.Figures(
        [9.0, 12.0], [9.0], [9.0], held, {1: [held, busy], 2: [held, busy]}, {1: 300.0, 2: 600.0}
    )
    for section in (
        load_report.section(loads), run.section("| new |"),
        matching.section("| new |", 10, 1), refresh.section("| new |", 10),
        search.section(figures, []), rules.section(rules.Figures(10, 39, {"the plain walk": (0.1, 0.2)})),
    ):  # fmt: skip
        heading = section.partition(",")[0]
        changed = results.replaced(page, section)
        assert changed.count(f"{heading},") == 1 and section.strip() in changed
        other = {line for line in page.splitlines() if line.startswith("## ") and not line.startswith(f"{heading},")}
        assert other <= set(changed.splitlines())


def test_acts_right_are_counted_by_language_and_in_all() -> None:
    read = [{"language": "en", "act": "greet"}, {"language": "es", "act": "deny"}, {"language": "es", "act": "deny"}]
    acts = [("greet", "greet"), ("affirm", "deny"), ("affirm", "affirm")]
    assert accuracy.counted(read, acts) == {"en": (1, 1, 1), "es": (2, 0, 1), "all": (3, 1, 2)}
    figures = run.Figures("one", acts={"es": (2, 0, 1)})
    assert (run.right(figures, "es", 2), run.right(figures, "en", 2)) == ("50.0 % of 2", "")
