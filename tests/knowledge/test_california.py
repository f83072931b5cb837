"""Every ZIP, city, county and neighborhood of California: what the tables of places hold."""

from __future__ import annotations

from directory import places
from directory.data import make_places
from directory.model import Place, PlaceKind
from tests.knowledge.california import DATA, brief, rows


def test_every_zip_of_the_package_resolves_in_its_county() -> None:
    table = rows("places.csv")
    assert len(table) == 2660
    for row in table:
        resolution = places.resolve(row["zip"])
        options = resolution.options if isinstance(resolution, places.OverCountyLine) else (resolution,)
        assert row["county"] in {option.county for option in options if isinstance(option, Place)}, row


def test_every_zip_over_a_county_line_names_its_counties() -> None:
    table = rows("county_lines.csv")
    assert len(table) == 170
    for row in table:
        resolution = places.resolve(row["zip"])
        assert isinstance(resolution, places.OverCountyLine), row
        assert tuple(option.county for option in resolution.options) == tuple(row["counties"].split("|"))
        assert all(option.zip == row["zip"] and option.kind is PlaceKind.ZIP for option in resolution.options)
        for option in resolution.options:
            assert places.resolve(f"{row['zip']} {option.county} County") == option


def test_every_accepted_city_name_resolves() -> None:
    names = {row["city"] for row in rows("places.csv") if row["zip"] >= "90001"}
    names |= {row["name"] for row in rows("communities.csv")}
    assert len(names) > 1600
    unknown = [name for name in names if not isinstance(places.resolve(name), (Place, places.Ambiguous))]
    assert unknown == []


def test_the_58_counties() -> None:
    assert len(places.COUNTIES) == 58
    assert list(places.COUNTIES) == sorted(places.COUNTIES)
    assert {row["county"] for row in rows("places.csv")} == set(places.COUNTIES)
    for county in places.COUNTIES:
        for text in (f"{county} County", f"condado de {county}", f"COUNTY OF {county.upper()}"):
            assert brief(places.resolve(text)) == f"county {county} County, {county}"
            assert places.county_of(text) == county
        assert places.county_of(county) == county


def test_neighborhoods_lie_in_their_city() -> None:
    table = rows("neighborhoods.csv")
    by_zip = {row["zip"]: row for row in rows("places.csv")}
    assert len(table) >= 120
    for row in table:
        city = places.resolve(f"city of {row['city']}")
        assert isinstance(city, Place), row
        if row["zip"]:
            at = by_zip[row["zip"]]
            assert at["county"] == city.county, row
            assert places.miles(float(at["latitude"]), float(at["longitude"]), city.latitude, city.longitude) < 25, row


def test_names_cover_both_spellings_and_lead_back() -> None:
    names = places.names()
    assert {"san josé", "san jose", "los ángeles", "los angeles", "la misión", "la mision", "méxico", "mexico"} <= set(
        names
    )
    assert names["san josé"] == "San Jose"
    assert names["kern"] == "Kern County"
    assert names["san fran"] == "San Francisco"
    for name, canonical in names.items():
        assert name == name.lower()
        written, ours = places.resolve(name), places.resolve(canonical)
        assert not isinstance(written, (places.UnknownPlace, places.BadZip)), name
        assert brief(written) == brief(ours), name


def test_stop_names_are_names_and_spare_the_great_cities() -> None:
    assert set(places.names()) >= places.STOP_NAMES
    words = {"weed", "paradise", "needles", "orange", "soledad", "commerce", "industry", "mecca", "rescue", "likely",
             "descanso", "placer", "foster", "salida", "los baños", "la mesa", "el centro", "nuevo"}  # fmt: skip
    assert words <= places.STOP_NAMES
    assert not {"modesto", "fresno", "stockton", "los angeles", "stanislaus", "kern", "turlock"} & places.STOP_NAMES


def test_every_place_lies_in_california() -> None:
    for row in rows("places.csv"):
        assert 32.4 < float(row["latitude"]) < 42.1, row
        assert -124.6 < float(row["longitude"]) < -114.0, row


def test_the_generated_files_are_what_the_generator_writes() -> None:
    for name, text in make_places.build().items():
        assert (DATA / name).read_text(encoding="utf-8") == text, f"{name} differs: run make places"
