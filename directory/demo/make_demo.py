"""Makes the invented demo lists, the same bytes each time: `python -m directory.demo.make_demo`.

The quirks are those of the lists that plans and 211s publish: a title over the headings, several counties in a cell,
labels run into numbers, ALL CAPS, ZIPs as numbers, marks of many kinds, merged cells, two heading rows, a hidden row.
"""

from __future__ import annotations

from pathlib import Path

from directory.demo.county_list import make_list
from directory.demo.feed import make_feed
from directory.demo.guide import make_guide
from directory.demo.invented import COUNTIES, MORE_COUNTIES
from directory.demo.matrix import make_matrix
from directory.demo.roster import make_roster

__all__ = ["COUNTIES", "MORE_COUNTIES", "main", "make_feed", "make_guide", "make_list", "make_matrix", "make_roster"]

_HERE = Path(__file__).parent


def main() -> None:
    """Writes the lists beside this script."""
    (_HERE / "demo_plan_roster.csv").write_bytes(make_roster().encode("utf-8-sig"))
    (_HERE / "demo_partner_matrix.xlsx").write_bytes(make_matrix())
    (_HERE / "demo_county_guide.xlsx").write_bytes(make_guide())
    (_HERE / "demo_county_list.pdf").write_bytes(make_list())
    (_HERE / "demo_referral_feed.jsonl").write_bytes(make_feed().encode())


if __name__ == "__main__":
    main()
