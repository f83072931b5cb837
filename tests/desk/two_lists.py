"""Two lists that overlap, read as a clinic would read them: one place is on both, one row is doubtful, one is alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from directory import sync

__all__ = ["DOUBTFUL", "NOW", "OTHER", "PANTRY", "load", "sources"]

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
HEADINGS = "Number,Name,Program,Counties,Street,City,ZIP,Phone,Hours"
PANTRY = "1,Olivo Pantry,food_bank,Stanislaus,12 Kite Row,Modesto,95354,209-555-0101,Mon-Fri 9am-5pm"
OTHER = "2,Laurel House,emergency_shelter,Fresno,99 Elm St,Fresno,93701,559-555-0102,Mon-Fri 8am-4pm"
DOUBTFUL = "A,Olivo Food Pantry,food_bank,Stanislaus,,Modesto,95354,209-555-0101,Mon-Fri 10am-4pm"
COLUMNS = """
format: {kind: csv}
row_id: {column: Number}
columns: {organization: Name, programs: Program, counties: Counties, address_1: Street, city: City, postal_code: ZIP,
  phones: Phone, hours_text: Hours}
"""


def sources(home: Path) -> None:
    """Two lists that Puente knows how to read."""
    (home / "sources").mkdir(exist_ok=True)
    for name, day in (("first", "2026-11-01"), ("second", "2026-10-01")):
        text = f"id: {name}\ntitle: The {name} list\nas_of: {day}{COLUMNS}"
        (home / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")


def load(home: Path, source: str, *lines: str, now: datetime = NOW) -> None:
    """The list with those rows is read."""
    sources(home)
    path = home / f"{source}.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
    sync.run(source, file=path, now=now, accept_gone=True)
