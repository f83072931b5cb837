"""What did not work is left out with its organization; a barrier puts first who says yes, last who says no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest

from directory.model import Interval, Need, Schedule, Tri
from directory.search import SearchResult, fitting
from tests.search.listings import EVENINGS, MORNINGS, STANISLAUS, listed, names, walk_in

Ask = Callable[..., SearchResult]


def test_all_sites_of_an_organization_are_left_out(ask: Ask) -> None:
    sites = (
        walk_in("A", 1, organization="Made Hands"),
        walk_in("B", 9, organization="made  hands"),
        listed("C", organization="Made Hands"),
        walk_in("D", 2, organization="Made Handsome"),
    )
    found = ask(*sites, without=("list:B",))
    assert names(found) == ["D"] and found.total == 1
    assert names(ask(*sites, without=("list:B",), place=STANISLAUS)) == ["D"]


def test_it_is_left_out_only_for_the_need_it_was_for(ask: Ask) -> None:
    bed = listed("Beds", organization="Made Hands", needs=(Need.HOUSING,))
    food = listed("Food", organization="Made Hands")
    assert names(ask(bed, food, without=("list:Beds",))) == ["Food"]
    assert names(ask(bed, food, without=("list:Beds",), need=Need.HOUSING)) == []
    assert names(ask(bed, food, without=("list:Beds",), need=None)) == []


def test_an_id_that_is_on_no_list_any_more_leaves_nobody_out(ask: Ask) -> None:
    assert names(ask(listed("A"), without=("list:gone", "other:1"))) == ["A"]


WORDS = [
    ("pets", {"description": "Pets welcome."}, {"eligibility_text": "No pets"}),
    ("pets", {"description": "Se aceptan mascotas"}, {"eligibility_text": "No se permiten mascotas."}),
    ("couple", {"eligibility_text": "Singles and couples"}, {"eligibility_text": "Women only"}),
    ("sons", {"eligibility_text": "Families, children of any age"}, {"eligibility_text": "Boys under 12"}),
    ("kids", {"eligibility_text": "Familias"}, {"eligibility_text": "Solo adultos"}),
    ("newborn", {"description": "For mothers and babies"}, {"eligibility_text": "Adults only"}),
    ("man_alone", {"name": "B Men's shelter"}, {"eligibility_text": "Families only"}),
    ("woman_alone", {"eligibility_text": "Single women"}, {"eligibility_text": "Men only"}),
    ("id", {"id_asked": Tri.NO}, {"id_asked": Tri.YES}),
    ("id", {"documents": "No ID needed"}, {"documents": "Photo ID required"}),
    ("car", {"by_phone": Tri.YES}, {"description": "Drive-thru only"}),
    ("car", {"description": "Entregas a domicilio"}, {"eligibility_text": "Must have a car"}),
    ("phone", {"walk_in": Tri.YES}, {"walk_in": Tri.NO}),
    ("internet", {"how_to_apply": "Apply in person"}, {"how_to_apply": "Apply online only"}),
    ("wheelchair", {"wheelchair": Tri.YES}, {"wheelchair": Tri.NO}),
    ("works_days", {"schedule": EVENINGS}, {"schedule": MORNINGS}),
    ("mail", {"description": "Mail service for people without a home"}, {"documents": "Proof of address"}),
    ("reading", {"description": "Help with forms"}, {"how_to_apply": "Apply in writing"}),
    ("power", {"description": "Oxygen is fine"}, {"eligibility_text": "No oxygen"}),
    ("record", {"description": "Reentry house"}, {"eligibility_text": "Clean record"}),
]


@pytest.mark.parametrize(("barrier", "says_yes", "says_no"), WORDS)
def test_who_says_yes_comes_first_and_who_says_no_last(
    ask: Ask, barrier: str, says_yes: dict[str, object], says_no: dict[str, object]
) -> None:
    places = (walk_in("C", 9, **says_yes), walk_in("A", 1, **says_no), walk_in("D", 2))
    found = ask(*places, barriers=(barrier,))
    assert [hit.listing.provenance.row for hit in found.hits] == ["C", "D", "A"]
    assert found.fits == {barrier: (Tri.YES, Tri.UNKNOWN, Tri.NO)}
    assert [hit.listing.provenance.row for hit in ask(*places).hits] == ["A", "D", "C"]


def test_a_no_counts_more_than_a_yes(ask: Ask) -> None:
    found = ask(walk_in("A", 1, description="No pets allowed; kennels next door."), barriers=("pets",))
    assert found.fits == {"pets": (Tri.NO,)}


def test_a_program_says_yes_for_all_its_places(ask: Ask) -> None:
    found = ask(walk_in("A", 1), walk_in("B", 2, programs=("oaa_home_meals",)), barriers=("kitchen",))
    assert names(found) == ["B", "A"]


def test_the_hardest_barrier_counts_first(ask: Ask) -> None:
    both = ("pets", "phone")
    dog, walks_in = walk_in("A", 5, description="Pets welcome"), walk_in("B", 1, walk_in=Tri.YES)
    assert names(ask(dog, walks_in, barriers=both)) == ["A", "B"]
    assert list(fitting.barriers()).index("pets") < list(fitting.barriers()).index("phone")


def test_a_week_that_runs_past_midnight_or_a_weekend_is_free_of_working_hours(ask: Ask) -> None:
    night = Schedule((Interval(2, time(22), time(6)),))
    saturday = Schedule((Interval(5, time(9), time(12)),))
    found = ask(walk_in("A", 1, schedule=night), walk_in("B", 2, schedule=saturday), barriers=("works_days",))
    assert found.fits == {"works_days": (Tri.YES, Tri.YES)}


def test_without_a_car_a_place_around_the_corner_comes_before_one_far_away_that_helps_by_phone(ask: Ask) -> None:
    phone = walk_in("Far by phone", 12, by_phone=Tri.YES)
    corner, beyond = walk_in("Around the corner", 0.4), walk_in("Beyond a walk", 3)
    drive = walk_in("Drive through", 0.2, description="Drive-thru only")
    found = ask(phone, corner, beyond, drive, barriers=("car",))
    assert names(found) == ["Around the corner", "Far by phone", "Beyond a walk", "Drive through"]
    assert found.fits == {"car": (Tri.UNKNOWN, Tri.YES, Tri.UNKNOWN, Tri.NO)}, "what a list does not say is not said"
    assert names(ask(phone, corner, beyond, barriers=("phone",)))[0] == "Around the corner"
