"""A county list as a PDF: headings on each page, cells wrapped over lines, the county said once, a footer."""

from __future__ import annotations

from datetime import datetime, timezone

from directory.demo.invented import MORE_COUNTIES
from directory.demo.more import AGAIN, Partner, partners

__all__ = ["make_list"]

_HEADINGS = ("County", "Organization", "Site", "Services", "Street", "City", "ZIP", "Phone", "Hours", "Languages")
_WIDTHS = (20, 36, 26, 52, 40, 26, 15, 32, 36, 26)
_DAY = datetime(2026, 11, 16, tzinfo=timezone.utc)


def make_list() -> bytes:
    """The PDF; fpdf2, a package for development, is asked for only here: what it makes is shipped."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    class Pages(FPDF):
        """Pages with a footer."""

        def footer(self) -> None:
            self.set_y(-12)
            self.cell(text=f"Demo data, invented places. Page {self.page_no()}")

    pages = Pages(orientation="landscape")
    pages.set_creation_date(_DAY)
    pages.set_producer("Puente")
    pages.set_title("Demo list of county partners (invented)")
    pages.add_page()
    pages.set_font("Helvetica", size=9)
    pages.cell(text="DEMO DATA - EVERY PLACE IN THIS LIST IS INVENTED - County partners, November 2026")
    pages.ln(8)
    with pages.table(col_widths=_WIDTHS, headings_style=FontFace(emphasis="BOLD"), line_height=6) as table:
        table.row(_HEADINGS)
        before = ""
        for place in (*partners(MORE_COUNTIES[2]), *(place for place in AGAIN if place.county == "Riverside")):
            table.row(_cells(place, before))
            before = place.county
    return bytes(pages.output())


def _cells(place: Partner, before: str) -> tuple[str, ...]:
    return (
        place.county if place.county != before else "", place.organization, place.site, ", ".join(place.services),
        place.street, place.city, place.postal_code, place.phone, place.hours, _plain(place.languages),
    )  # fmt: skip


def _plain(text: str) -> str:
    return text.encode("latin-1", "ignore").decode("latin-1")
