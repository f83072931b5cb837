"""What a person writes for a place is one of six values, offline."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import places
from directory.model import Place
from tests.knowledge.california import brief


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ZIPs
        ("95354", "zip Modesto, Stanislaus"),
        (" 95354 ", "zip Modesto, Stanislaus"),
        ("95354-1234", "zip Modesto, Stanislaus"),
        ("94610.0", "zip Oakland, Alameda"),
        ("zip 95354", "zip Modesto, Stanislaus"),
        ("código postal 95354", "zip Modesto, Stanislaus"),
        ("Modesto, CA 95354", "zip Modesto, Stanislaus"),
        ("123 Main St, Modesto, CA 95354", "zip Modesto, Stanislaus"),
        ("95354 Modesto", "zip Modesto, Stanislaus"),
        ("90085", "zip Los Angeles, Los Angeles"),
        ("90140", "zip Commerce, Los Angeles"),
        ("96049", "zip Redding, Shasta"),
        # cities
        ("modesto ca", "city Modesto, Stanislaus"),
        ("MODESTO, CALIFORNIA", "city Modesto, Stanislaus"),
        ("  modesto  ,  ca. ", "city Modesto, Stanislaus"),
        ("in Modesto", "city Modesto, Stanislaus"),
        ("en Modesto", "city Modesto, Stanislaus"),
        ("cd. de Fresno", "city Fresno, Fresno"),
        ("ciudad de Fresno", "city Fresno, Fresno"),
        ("Turlock, Stanislaus County", "city Turlock, Stanislaus"),
        ("turlock stanislaus", "city Turlock, Stanislaus"),
        ("downtown Modesto", "city Modesto, Stanislaus"),
        ("norte de Fresno", "city Fresno, Fresno"),
        ("el centro de Stockton", "city Stockton, San Joaquin"),
        ("San José", "city San Jose, Santa Clara"),
        ("San Jose\u0301", "city San Jose, Santa Clara"),
        ("Los Ángeles", "city Los Angeles, Los Angeles"),
        ("St. Helena", "city Saint Helena, Napa"),
        ("Sta. Ana", "city Santa Ana, Orange"),
        ("Mt Shasta", "city Mount Shasta, Siskiyou"),
        ("Ft. Bragg", "city Fort Bragg, Mendocino"),
        ("N. Hollywood", "city North Hollywood, Los Angeles"),
        ("Rch Cucamonga", "city Rancho Cucamonga, San Bernardino"),
        ("29 Palms", "city Twentynine Palms, San Bernardino"),
        ("La Cañada", "city La Canada Flintridge, Los Angeles"),
        ("Los Baños", "city Los Banos, Merced"),
        ("San Francisco", "city San Francisco, San Francisco"),
        ("Palo Alto", "city Palo Alto, Santa Clara"),
        ("Redding", "city Redding, Shasta"),
        ("Trona", "city Trona, San Bernardino"),
        ("El Centro", "city El Centro, Imperial"),
        ("Weed", "city Weed, Siskiyou"),
        ("Paradise", "city Paradise, Butte"),
        ("Needles", "city Needles, San Bernardino"),
        ("Soledad", "city Soledad, Monterey"),
        ("Commerce", "city Commerce, Los Angeles"),
        ("Industry", "city City of Industry, Los Angeles"),
        ("City of Industry", "city City of Industry, Los Angeles"),
        ("California City", "city California City, Kern"),
        ("Nevada City", "city Nevada City, Nevada"),
        ("East Palo Alto", "city East Palo Alto, San Mateo"),
        # short and everyday names
        ("SF", "city San Francisco, San Francisco"),
        ("S.F.", "city San Francisco, San Francisco"),
        ("San Fran", "city San Francisco, San Francisco"),
        ("LA", "city Los Angeles, Los Angeles"),
        ("L.A.", "city Los Angeles, Los Angeles"),
        ("San Berdoo", "city San Bernardino, San Bernardino"),
        ("SJ County", "county San Joaquin County, San Joaquin"),
        ("SD", "city San Diego, San Diego"),
        ("Sac", "city Sacramento, Sacramento"),
        ("OC", "county Orange County, Orange"),
        ("the OC", "county Orange County, Orange"),
        ("East LA", "city East Los Angeles, Los Angeles"),
        ("Este de Los Ángeles", "city East Los Angeles, Los Angeles"),
        ("EPA", "city East Palo Alto, San Mateo"),
        ("SSF", "city South San Francisco, San Mateo"),
        ("Lake LA", "city Lake Los Angeles, Los Angeles"),
        # neighborhoods
        ("Boyle Heights", "neighborhood Los Angeles, Los Angeles"),
        ("Boyle Heights, Los Angeles", "neighborhood Los Angeles, Los Angeles"),
        ("Mission District", "neighborhood San Francisco, San Francisco"),
        ("la Misión", "neighborhood San Francisco, San Francisco"),
        ("the Tenderloin", "neighborhood San Francisco, San Francisco"),
        ("Barrio Logan", "neighborhood San Diego, San Diego"),
        ("Barrio Logan, SD", "neighborhood San Diego, San Diego"),
        ("Chinatown SF", "neighborhood San Francisco, San Francisco"),
        ("South Central", "neighborhood Los Angeles, Los Angeles"),
        ("Hollywood", "neighborhood Los Angeles, Los Angeles"),
        ("Fruitvale", "neighborhood Oakland, Alameda"),
        ("Oak Park, Sacramento", "neighborhood Sacramento, Sacramento"),
        ("Oildale", "neighborhood Bakersfield, Kern"),
        ("West Modesto", "neighborhood Modesto, Stanislaus"),
        ("South Stockton", "neighborhood Stockton, San Joaquin"),
        # counties
        ("stanislaus county", "county Stanislaus County, Stanislaus"),
        ("condado de Stanislaus", "county Stanislaus County, Stanislaus"),
        ("County of Kern", "county Kern County, Kern"),
        ("Kern Co.", "county Kern County, Kern"),
        ("Kern", "county Kern County, Kern"),
        ("kings", "county Kings County, Kings"),
        ("Lake", "county Lake County, Lake"),
        ("LA County", "county Los Angeles County, Los Angeles"),
        ("Orange County, CA", "county Orange County, Orange"),
        ("condado de Los Ángeles", "county Los Angeles County, Los Angeles"),
        ("Nevada County", "county Nevada County, Nevada"),
    ],
)
def test_a_place(text: str, expected: str) -> None:
    assert brief(places.resolve(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orange", "Ambiguous: city Orange, Orange | county Orange County, Orange"),
        ("Orange, CA", "Ambiguous: city Orange, Orange | county Orange County, Orange"),
        ("city of Orange", "city Orange, Orange"),
        ("Orange city", "city Orange, Orange"),
        ("orange county", "county Orange County, Orange"),
        ("San Mateo", "Ambiguous: city San Mateo, San Mateo | county San Mateo County, San Mateo"),
        ("Alameda", "Ambiguous: city Alameda, Alameda | county Alameda County, Alameda"),
        ("Santa Clara", "Ambiguous: city Santa Clara, Santa Clara | county Santa Clara County, Santa Clara"),
        ("Monterrey", "Ambiguous: city Monterey, Monterey | county Monterey County, Monterey"),
        ("Alpine", "Ambiguous: city Alpine, San Diego | county Alpine County, Alpine"),
        ("San Joaquin", "Ambiguous: city San Joaquin, Fresno | county San Joaquin County, San Joaquin"),
        ("Yuba", "Ambiguous: city Yuba City, Sutter | county Yuba County, Yuba"),
        ("Nevada", "Ambiguous: city Nevada City, Nevada | county Nevada County, Nevada"),
        ("Westlake Village", "Ambiguous: city Westlake Village, Los Angeles | city Westlake Village, Ventura"),
        ("Westlake Village, Ventura County", "city Westlake Village, Ventura"),
        ("Oak Park", "Ambiguous: city Oak Park, Ventura | neighborhood Sacramento, Sacramento"),
        ("Japantown", "Ambiguous: neighborhood San Francisco, San Francisco | neighborhood San Jose, Santa Clara"),
        ("SJ", "Ambiguous: city San Jose, Santa Clara | county San Joaquin County, San Joaquin"),
        ("the IE", "Ambiguous: county Riverside County, Riverside | county San Bernardino County, San Bernardino"),
        ("Brentwood", "Ambiguous: city Brentwood, Contra Costa | neighborhood Los Angeles, Los Angeles"),
        ("city of Brentwood", "city Brentwood, Contra Costa"),
        ("Brentwood, Contra Costa County", "city Brentwood, Contra Costa"),
        ("Brentwood, Los Angeles", "neighborhood Los Angeles, Los Angeles"),
        ("modesto fresno", "Ambiguous: city Modesto, Stanislaus | city Fresno, Fresno"),
        ("95354 Fresno County", "Ambiguous: zip Modesto, Stanislaus | county Fresno County, Fresno"),
        ("94303", "OverCountyLine: zip Palo Alto, San Mateo | zip Palo Alto, Santa Clara"),
        ("94303 San Mateo County", "zip Palo Alto, San Mateo"),
        ("94303, condado de Santa Clara", "zip Palo Alto, Santa Clara"),
        ("East Palo Alto 94303", "OverCountyLine: zip Palo Alto, San Mateo | zip Palo Alto, Santa Clara"),
        ("89019", "OverCountyLine: zip Sandy Valley, Inyo | zip Sandy Valley, San Bernardino"),
    ],
)
def test_more_than_one_place(text: str, expected: str) -> None:
    assert brief(places.resolve(text)) == expected


@pytest.mark.parametrize("text", ["the Valley", "el Valle", "Central Valley", "Bay Area", "Área de la Bahía"])
def test_a_region_is_not_guessed(text: str) -> None:
    resolution = places.resolve(text)
    assert isinstance(resolution, places.Ambiguous)
    assert len({option.county for option in resolution.options}) >= 8


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Las Vegas", places.OutsideCalifornia),
        ("Reno", places.OutsideCalifornia),
        ("Reno, NV", places.OutsideCalifornia),
        ("reno nevada", places.OutsideCalifornia),
        ("Phoenix", places.OutsideCalifornia),
        ("Tijuana", places.OutsideCalifornia),
        ("Baja California", places.OutsideCalifornia),
        ("Tecate, Baja California", places.OutsideCalifornia),
        ("México", places.OutsideCalifornia),
        ("Texas", places.OutsideCalifornia),
        ("Nueva York", places.OutsideCalifornia),
        ("Portland OR", places.OutsideCalifornia),
        ("portland or", places.OutsideCalifornia),
        ("Ontario, OR", places.OutsideCalifornia),
        ("Fresno, TX", places.OutsideCalifornia),
        ("New Orleans, LA", places.OutsideCalifornia),
        ("10001", places.OutsideCalifornia),
        ("85001", places.OutsideCalifornia),
        ("96801", places.OutsideCalifornia),
        ("9535", places.BadZip),
        ("953541", places.BadZip),
        ("9461.0", places.BadZip),
        ("zip 9535", places.BadZip),
        ("90100", places.BadZip),
        ("95199", places.BadZip),
        ("00000", places.BadZip),
        ("", places.UnknownPlace),
        ("   ", places.UnknownPlace),
        ("near Turlock", places.UnknownPlace),
        ("asdf", places.UnknownPlace),
        ("comida", places.UnknownPlace),
        ("123", places.UnknownPlace),
        ("953541234", places.UnknownPlace),
        ("12345 foo", places.UnknownPlace),
        ("Houston 95354", places.UnknownPlace),
        ("California", places.UnknownPlace),
        ("🙂", places.UnknownPlace),
        ("Modesto " * 100, places.UnknownPlace),
    ],
)
def test_no_place_in_california(text: str, kind: type[places.Resolution]) -> None:
    resolution = places.resolve(text)
    assert type(resolution) is kind
    if isinstance(resolution, (places.OutsideCalifornia, places.BadZip, places.UnknownPlace)):
        assert resolution.text == text.strip()


@pytest.mark.parametrize(
    ("county", "is_city"),
    [
        ("Fresno", True), ("Los Angeles", True), ("San Diego", True), ("San Francisco", True), ("Napa", True),
        ("Merced", True), ("Madera", True), ("Mariposa", True), ("Santa Cruz", True), ("Santa Barbara", True),
        ("San Bernardino", True), ("Riverside", True), ("Sacramento", True), ("Ventura", True), ("Colusa", True),
        ("San Luis Obispo", True), ("Sonoma", False), ("Monterey", False), ("Tulare", False), ("Imperial", False),
        ("El Dorado", False), ("Mendocino", False), ("Sutter", False), ("Tehama", False), ("Tuolumne", False),
        ("Yolo", False), ("Glenn", False),
    ],
)  # fmt: skip
def test_a_name_of_city_and_county_means_the_city_only_when_it_is_the_seat(county: str, is_city: bool) -> None:
    resolution = places.resolve(county)
    assert isinstance(resolution, Place if is_city else places.Ambiguous)


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("San Mateo County", "San Mateo"),
        ("san mateo", "San Mateo"),
        ("LA", "Los Angeles"),
        ("L.A. County", "Los Angeles"),
        ("the OC", "Orange"),
        ("Orange County, CA", "Orange"),
        ("slo county", "San Luis Obispo"),
        ("Modesto", None),
        ("Bay Area", None),
        ("Texas", None),
        ("", None),
        ("statewide", None),
    ],
)
def test_county_of(text: str, county: str | None) -> None:
    assert places.county_of(text) == county


def test_text_for_leads_back_to_the_place() -> None:
    texts = ("95354", "Modesto", "city of Orange", "Orange County", "94303 San Mateo County", "Alpine County",
             "Westlake Village, Ventura County", "city of San Mateo", "city of Brentwood")  # fmt: skip
    for text in texts:
        place = places.resolve(text)
        assert isinstance(place, Place)
        assert places.resolve(places.text_for(place)) == place, text
    hood = places.resolve("Boyle Heights")
    assert isinstance(hood, Place)
    assert places.text_for(hood) == "90033"


def test_miles() -> None:
    assert places.miles(37.66, -120.99, 37.66, -120.99) == 0
    modesto, fresno = places.resolve("Modesto"), places.resolve("Fresno")
    assert isinstance(modesto, Place)
    assert isinstance(fresno, Place)
    assert 85 < places.miles(modesto.latitude, modesto.longitude, fresno.latitude, fresno.longitude) < 95


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
def test_it_is_light() -> None:
    code = (
        "import pathlib, re, sys, time, directory.model\n"
        "def resident():\n"
        "    return int(re.search(r'VmRSS:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]) / 1024\n"
        "before, started = resident(), time.process_time()\n"
        "from directory import places; places.resolve('modesto')\n"
        "assert time.process_time() - started < 0.5, time.process_time() - started\n"
        "assert resident() - before < 8, resident() - before\n"
        "assert 'zipcodes' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_it_is_quick() -> None:
    texts = ["95354", "modesto ca", "foo bar baz qux", "Boyle Heights, Los Angeles", "north of the old road to town"]
    places.resolve("modesto")
    started = time.process_time()
    for _ in range(200):
        for text in texts:
            places.resolve(text)
    assert (time.process_time() - started) / 1000 < 0.0005


@settings(deadline=None)
@given(st.text(max_size=140))
def test_any_text_resolves(text: str) -> None:
    resolution = places.resolve(text)
    if isinstance(resolution, (places.Ambiguous, places.OverCountyLine)):
        assert len(resolution.options) > 1
