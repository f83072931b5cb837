"""Who must not be found, in both languages, and what is taken out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.model import Address, Listing, Phone, Provenance
from directory.sync.confidential import is_confidential, shows_place, withhold


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tule Domestic Violence Center", ""),
        ("Asian Women's Shelter", ""),
        ("Centro contra la Violencia Doméstica", ""),
        ("Casa Segura", ""),
        ("Amber House", "A shelter for battered women and their children."),
        ("Amber House", "Refugio para mujeres maltratadas."),
        ("Amber House", "Albergue para quienes huyen de la violencia en su casa."),
        ("Amber House", "Emergency housing for survivors of human trafficking."),
        ("Amber House", "Vivienda de emergencia y refugio para víctimas de trata de personas."),
        ("Amber House", "We have a confidential location."),
        ("Casa Ámbar", "La dirección confidencial se da por teléfono."),
        ("Amber House", "24-hour hotline for victims of intimate partner abuse and domestic violence."),
    ],
)
def test_confidential(name: str, text: str) -> None:
    assert is_confidential(name=name, texts=text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tule Family Shelter", "Beds for families tonight."),
        ("Kite Legal Aid", "Divorce, custody, evictions, domestic violence, benefits."),
        ("Grape Growers", "Grapes and raisins."),
        ("Banco de Alimentos", "Comida gratis para familias."),
        ("Violence Prevention Youth Soccer", "Sports after school."),
        (
            "Loom Clinic",
            "Help with drugs. " + "x" * 120 + " Also domestic violence classes. " + "x" * 120 + " Shelter.",
        ),
    ],
)
def test_not_confidential(name: str, text: str) -> None:
    assert not is_confidential(name=name, texts=text)


HOUSE = Listing(
    id="s:1",
    organization="Amber House",
    name="Amber House",
    provenance=Provenance("s", "1", "S"),
    counties=("Madera",),
    address=Address("99 Lantern Row", "Chowchilla", "93610"),
    latitude=37.1,
    longitude=-120.2,
    url="https://amber.example.org",
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Open day and night. Office at 99 Lantern Row, Chowchilla, CA 93610.", "Open day and night."),
        ("Open day and night. Come to 1200 N. Main St., Suite 4.", "Open day and night."),
        ("Abierto siempre. Estamos en Avenida Golondrina 450.", "Abierto siempre."),
        ("Abierto siempre. Apartado postal 12, cerca del centro.", "Abierto siempre."),
        ("Call us. Map: https://maps.app.goo.gl/abc", "Call us."),
        ("Call us. We are in Chowchilla near the park.", "Call us."),
        ("Call us. Meet at the corner of Oak and Third Street.", "Call us."),
        ("Call us. The training is in person at 427 South Van Ness, near the park.", "Call us."),
        ("Call us. Come to 1200 Mission after 5.", "Call us."),
        ("Call us. Come to 99 Lantern, second door.", "Call us."),
        ("Call us. Groups meet in Daly City and Half Moon Bay.", "Call us."),
        ("Call us. Los grupos se reúnen en Turlock.", "Call us."),
        ("Call (415) 757 – 6490 We may translate.", "Call (415) 757 – 6490 We may translate."),
        ("Call 415-674-6046 Email us.", "Call 415-674-6046 Email us."),
        ("Dial 211 Day or night. Freedom and hope.", "Dial 211 Day or night. Freedom and hope."),
        ("Rooms for 24 families in Fresno County.", "Rooms for 24 families in Fresno County."),
        ("Serves Madera County. Stay up to 60 days.", "Serves Madera County. Stay up to 60 days."),
        ("Room for 24 families and their children.", "Room for 24 families and their children."),
    ],
)
def test_texts_lose_the_place_and_keep_the_rest(text: str, left: str) -> None:
    hidden = withhold(Listing(**{**vars(HOUSE), "description": text}))
    assert hidden.description == left
    assert not shows_place(hidden)


def test_fields_and_maps_are_gone_and_the_phone_page_stays() -> None:
    hidden = withhold(HOUSE)
    assert (hidden.address, hidden.latitude, hidden.longitude, hidden.confidential) == (None, None, None, True)
    assert hidden.url == "https://amber.example.org"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/maps/place/x",
        "https://amber.example.org/locations/99-lantern-street",
        "https://amber.example.org/find?near=1200+north+main+st",
    ],
)
def test_a_link_that_leads_there_is_gone(url: str) -> None:
    assert withhold(Listing(**{**vars(HOUSE), "url": url})).url is None


def test_the_label_of_a_phone_tells_no_town() -> None:
    labeled = (Phone("+15595550101", label="Chowchilla office"), Phone("+15595550102", label="Day and night"))
    assert [phone.label for phone in withhold(replace(HOUSE, phones=labeled)).phones] == [None, "Day and night"]
