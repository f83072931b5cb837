"""What each comparator says of two rows, as a clerk would."""

from __future__ import annotations

import json

import pytest

from directory.model import Tri
from directory.sync.match import compare, words
from directory.sync.match.facts import Facts, read
from directory.sync.match.outcome import Reason

YES, NO, UNKNOWN = Tri.YES, Tri.NO, Tri.UNKNOWN


def facts(organization: str = "Mesa Food Bank", name: str | None = None, **more: object) -> Facts:
    """The facts of a draft."""
    return read(json.dumps({"organization": organization, "name": name or organization, **more}))


def at(street: str | None, city: str | None = "Fresno", code: str | None = "93701", **more: object) -> Facts:
    address = {"address_1": street, "city": city, "postal_code": code, "state": "CA"}
    return facts(address={key: value for key, value in address.items() if value}, **more)


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"),
    [
        ("Mesa Food Bank, Inc.", "The MESA FOOD BANK LLC", YES, Reason.NAME_SAME),
        ("Hope & Grace Center", "Hope and Grace Ctr.", YES, Reason.NAME_SAME),
        ("County of Merced Health Department", "Merced County Health Dept", YES, Reason.NAME_SAME),
        ("St. Anthony's Services", "Saint Anthonys Service", YES, Reason.NAME_SAME),
        ("Niños Unidos", "Ninos Unidos", YES, Reason.NAME_SAME),
        ("Community United Pantry (CUP)", "Community United Pantry", YES, Reason.NAME_SAME),
        ("Mesa Neighborhood Pantry", "Mesa Nieghborhood Pantry", YES, Reason.NAME_SIMILAR),
        ("Foodbank of Mesa Verde", "Food Bank of Mesa Verde", YES, Reason.NAME_SIMILAR),
        ("Mesa Food Bank", "Mesa Food Bank of Modesto", UNKNOWN, Reason.NAME_LONGER),
        ("Mesa House", "Mesa House Orchard", UNKNOWN, Reason.NAME_MORE),
        ("CUP", "Community United Pantry", UNKNOWN, Reason.NAME_SHORT_FORM),
        ("Mesa Orchard Legal Team", "Mesa Vineyard Legal Team", UNKNOWN, Reason.NAME_PARTLY),
        ("Food Pantry No. 4", "Food Pantry No. 7", NO, Reason.BRANCH_DIFFERS),
        ("North Mesa Clinic", "South Mesa Clinic", NO, Reason.BRANCH_DIFFERS),
        ("Boys Club of Fresno", "Boys Club of Modesto", NO, Reason.BRANCH_DIFFERS),
        ("Community Health Center", "Family Health Center", NO, Reason.NAME_DIFFERS),
        ("Mesa Pantry", "Olivo Clinic", NO, Reason.NAME_DIFFERS),
    ],
)
def test_names(one: str, other: str, same: Tri, reason: Reason) -> None:
    for a, b in ((one, other), (other, one)):
        assert compare.name(facts(a), facts(b)) == compare.Compared(same, reason)


def test_one_list_may_call_a_name_what_the_other_calls_the_organization() -> None:
    moved = compare.name(facts("Olivo Group", "Mesa Night Shelter"), facts("Mesa Night Shelter"))
    assert moved.same == YES


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"),
    [
        ("12 Oak Street", "12 Oak St.", YES, Reason.ADDRESS_SAME),
        ("12 North Oak St, Suite 4", "12 N. Oak Street Ste 4", YES, Reason.ADDRESS_SAME),
        ("12 Oak St #4", "12 Oak St, Unit 4", YES, Reason.ADDRESS_SAME),
        ("12 Oak St, Suite 4", "12 Oak St", YES, Reason.ADDRESS_SAME),
        ("12 Oak", "12 Oak Avenue", YES, Reason.ADDRESS_SAME),
        ("225 - 37th Avenue", "225 37th Ave", YES, Reason.ADDRESS_SAME),
        ("1 Second Street", "1 2nd St", YES, Reason.ADDRESS_SAME),
        ("12 Caesar Chavez Blvd", "12 Cesar Chavez Boulevard", YES, Reason.ADDRESS_SAME),
        ("P.O. Box 77", "PO Box 77", YES, Reason.ADDRESS_SAME),
        ("12 Oak St, Suite 4", "12 Oak St, Suite 5", UNKNOWN, Reason.UNIT_DIFFERS),
        ("Corner of Oak and Elm", "12 Oak St", UNKNOWN, None),
        ("P.O. Box 77", "77 Oak St", UNKNOWN, None),
        ("12 Oak St", "14 Oak St", NO, Reason.NUMBER_DIFFERS),
        ("1234 Oak St", "1243 Oak St", NO, Reason.NUMBER_SIMILAR),
        ("12 North Oak St", "12 South Oak St", NO, Reason.STREET_DIFFERS),
        ("12 16th Street", "12 16th Avenue", NO, Reason.STREET_DIFFERS),
        ("12 16th Street", "12 17th Street", NO, Reason.STREET_DIFFERS),
        ("12 Oak St", "12 Elm St", NO, Reason.STREET_DIFFERS),
    ],
)
def test_addresses_in_one_city(one: str, other: str, same: Tri, reason: Reason | None) -> None:
    assert compare.address(at(one), at(other)) == compare.Compared(same, reason)
    assert compare.address(at(other), at(one)) == compare.Compared(same, reason)


@pytest.mark.parametrize(
    ("city", "code", "same"),
    [
        ("Fresno", "93701", YES),
        ("FRESNO", "93710", YES),
        ("Fresnoo", None, YES),
        ("Clovis", "93701", YES),
        ("Modesto", "95354", NO),
        ("Modesto", None, NO),
        (None, None, UNKNOWN),
    ],
)
def test_the_same_street_in_another_city_is_another_place(city: str | None, code: str | None, same: Tri) -> None:
    assert compare.address(at("12 Oak St"), at("12 Oak St", city, code)).same == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([("+15595550101", "voice"), ("+15595550102", "voice")], [("+15595550102", "voice")], YES),
        ([("+15595550101", "voice")], [("+15595550102", "voice")], NO),
        ([("+15595550101", "fax")], [("+15595550101", "fax")], UNKNOWN),
        ([("211", "voice")], [("211", "voice")], UNKNOWN),
        ([], [("+15595550101", "voice")], UNKNOWN),
    ],
)
def test_phones(one: list[tuple[str, str]], other: list[tuple[str, str]], same: Tri) -> None:
    a, b = (facts(phones=[{"number": n, "kind": kind} for n, kind in said]) for said in (one, other))
    assert compare.phone(a, b).same == same


@pytest.mark.parametrize(
    ("one", "other", "same"), [("1", "1", YES), ("1", "2", NO), ("1", None, UNKNOWN), (None, None, UNKNOWN)]
)
def test_npi(one: str | None, other: str | None, same: Tri) -> None:
    assert compare.npi(facts(npi=one), facts(npi=other)).same == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"name": "Night Shelter"}, {"name": "NIGHT SHELTERS"}, YES),
        ({"name": "Night Shelter"}, {"name": "Legal Clinic"}, NO),
        ({"name": "Night Shelter"}, {}, UNKNOWN),
        ({"name": "Mesa Food Bank: Night Shelter"}, {"name": "Night Shelter"}, YES),
        ({}, {}, YES),
        ({"needs": ["food"]}, {"needs": ["social"]}, UNKNOWN),
        ({"needs": ["food"], "programs": ["food_bank"]}, {"needs": ["transport"], "programs": ["nmt"]}, NO),
    ],
)
def test_services(one: dict[str, object], other: dict[str, object], same: Tri) -> None:
    assert compare.service(facts(**one), facts(**other)).same == same  # type: ignore[arg-type]


def test_a_confidential_row_has_no_place() -> None:
    secret = at("12 Oak St", confidential=True, latitude=36.7, longitude=-119.8)
    assert (secret.street, secret.city, secret.zip, secret.point) == (None, None, None, None)


def test_every_word_of_the_tables_is_written_as_names_are_read() -> None:
    assert not [word for word in words.WEAK if words.name(word) != (word,)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5444 K Street", "5444 K St", YES),
        ("5444 K STREET", "5444 K St.", YES),
        ("1201 J Street", "1201 K Street", NO),
        ("10 S Court St", "10 Court St", YES),
        ("10 N Court St", "10 S Court St", NO),
        ("700 E St", "700 E Street", YES),
    ],
)
def test_a_street_of_one_letter_is_no_direction(one: str, other: str, same: Tri) -> None:
    for a, b in ((one, other), (other, one)):
        assert compare.address(at(a), at(b)).same == same
