"""Random listings as a refresh makes them: whatever stands in one could have come from a list."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from directory import hours, plans
from directory.eligibility import rules
from directory.model import (
    Address,
    Capacity,
    Listing,
    Need,
    Phone,
    PhoneKind,
    Provenance,
    Tri,
)
from directory.sync import confidential, fields, where

__all__ = ["TODAY", "listings"]

TODAY = date(2026, 11, 21)
_DAYS = st.integers(0, 900).map(lambda back: TODAY - timedelta(days=back))
_COMING = st.integers(0, 30).map(lambda days: TODAY + timedelta(days=days))
_WORDS = (
    "food", "help", "Ávila", "niños", "the", "Sunday's", "(sí)", "50%", "it's", "A-1", "No.", "¿", "+more", "@home",
    "-", "=", "Ñandú", "“quoted”", "x;y", "a,b", '"q"', "100", "日本",
)  # fmt: skip
_HOURS = (
    "Mon-Fri 9am-5pm", "24/7", "Sat 9am-12pm, Sun 1pm-5pm", "Mon-Fri 9am-5pm; closed holidays", "Fri 9pm-2am",
    "By appointment", "-9am", "Call", "Mon-Wed 8am-12pm, 1pm-5pm",
)  # fmt: skip
_STREETS = ("1 Kite Row", "22 Ävenue Ñ", "5 Elm St, Suite 4", "@ Main and 2nd")
_TOWNS = (("Fresno", "93701", "Fresno"), ("Modesto", "95354", "Stanislaus"), ("Hanford", "93230", "Kings"))


def _text(most: int = 8) -> st.SearchStrategy[str]:
    """A text that a refresh leaves as it is: clean, and neither blank nor a formula."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=most).map(" ".join).filter(_stays)


def _stays(text: str) -> bool:
    return not fields.blank(text) and not fields.formula(text) and fields.clean(text) == text


def _name() -> st.SearchStrategy[str]:
    said = st.lists(st.sampled_from(("Sierra", "Food Bank", "Ávila", "House 2", "of", "La Paz", "& Sons")), min_size=1)
    return said.map(" ".join).filter(lambda name: fields.tidy(fields.title(name)) == name and _stays(name))


def _phone() -> st.SearchStrategy[Phone]:
    number = st.integers(0, 99).map(lambda n: f"+1559555{100 + n:04}")
    return st.builds(
        Phone,
        st.one_of(number, st.sampled_from(("211", "+526641234567"))),
        st.one_of(st.none(), st.sampled_from(("4", "007", "1200"))),
        st.sampled_from((PhoneKind.VOICE, PhoneKind.FAX, PhoneKind.TTY, PhoneKind.TEXT)),
        st.one_of(st.none(), st.sampled_from(("Intake", "Línea de noche", "Office"))),
    ).filter(lambda phone: phone.number.startswith("+1") or (phone.extension is None and phone.kind == PhoneKind.VOICE))


def _phones() -> st.SearchStrategy[tuple[Phone, ...]]:
    return st.lists(_phone(), min_size=1, max_size=4, unique_by=lambda phone: (phone.number, phone.extension)).map(
        tuple
    )


@st.composite
def _standing(draw: st.DrawFn) -> dict[str, object]:
    """Where it is, and which counties it serves; a point that agrees with its ZIP."""
    city, code, county = draw(st.sampled_from(_TOWNS))
    served = draw(
        st.lists(st.sampled_from(("Kern", "Los Angeles", "San Luis Obispo", county)), max_size=3, unique=True)
    )
    area: dict[str, object] = {"counties": tuple(sorted({*served, county}))}
    if draw(st.booleans()):
        area = {"counties": (), "statewide": True}
    if not draw(st.booleans()):
        return area
    middle = where.standing(city, code, None)
    assert middle.latitude and middle.longitude
    address = Address(draw(st.sampled_from(_STREETS)), city, code)
    moved = draw(st.sampled_from((0.0, 0.0123456, -0.01)))
    return {**area, "address": address, "latitude": middle.latitude + moved, "longitude": middle.longitude - moved}


@st.composite
def _purpose(draw: st.DrawFn) -> dict[str, object]:
    programs = draw(st.lists(st.sampled_from(sorted(rules.programs())), max_size=3, unique=True))
    needs = draw(st.lists(st.sampled_from(Need), min_size=1, max_size=3, unique=True))
    all_needs = {*needs, *(rules.program(program).need for program in programs)}
    chosen = draw(st.lists(st.sampled_from(sorted(plans.plans())), max_size=3, unique=True))
    return {
        "needs": tuple(sorted(all_needs, key=lambda need: need.value)),
        "programs": tuple(sorted(programs)),
        "plans": tuple(sorted(chosen)),
    }


@st.composite
def _room(draw: st.DrawFn) -> dict[str, object]:
    capacity = draw(st.sampled_from(Capacity))
    if capacity == Capacity.UNKNOWN:
        return {}
    length = draw(st.one_of(st.none(), st.just("40 people"))) if capacity == Capacity.WAIT_LIST else None
    by = draw(st.one_of(st.none(), st.just("Ana at the desk")))
    return {"capacity": capacity, "capacity_on": draw(_DAYS), "capacity_by": by, "wait_list": length}


def _said(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), strategy)


_OPTIONAL: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("description", "eligibility_text", "fees_text", "how_to_apply", "documents"), _said(_text())),
    "url": _said(st.sampled_from(("https://example.org/a?b=c", "http://food.example.org"))),
    "email": _said(st.just("help@example.org")),
    "languages": st.lists(st.sampled_from(("en", "es", "hmn", "vi", "ase", "zh")), max_size=3, unique=True).map(
        lambda codes: tuple(sorted(codes))
    ),
    **dict.fromkeys(("assured_on", "edited_on"), _said(_DAYS)),
    **dict.fromkeys(
        ("wheelchair", "taking_referrals", "fee", "id_asked", "walk_in", "by_phone", "by_appointment"),
        st.sampled_from(Tri),
    ),
    "npi": _said(st.just("1407071236")),
}


@st.composite
def listings(draw: st.DrawFn, number: int = 1) -> Listing:
    """One listing; the next has another number."""
    more: dict[str, object] = {name: draw(strategy) for name, strategy in _OPTIONAL.items()}
    text = draw(_said(st.sampled_from(_HOURS)))
    more |= {"hours_text": text, "schedule": hours.parse(str(text)) if text else None}
    more |= draw(_standing()) | draw(_purpose()) | draw(_room())
    if draw(st.booleans()):
        more |= {"alert": draw(_text()), "alert_until": draw(_said(_COMING))}
    made = Listing(
        f"made:{number}", draw(_name()), draw(_name()), Provenance("made", str(number), "Made up", draw(_DAYS), True),
        phones=draw(_phones()), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made if draw(st.integers(0, 5)) else confidential.withhold(made)
