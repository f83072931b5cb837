"""Places: what a person wrote for a place, as one of six answers; offline, from the files in `directory/data`.

A name that a city and a county share means the city when the city is the county's seat (Fresno, Los Angeles, Napa,
Merced): both lie in one county, and people mean the town. Otherwise it is ambiguous (Orange, San Mateo, Alameda, Santa
Clara, Tulare, Sonoma, Monterey, Alpine, San Joaquin): the town is a small part of the county, or in another one, and
search would answer for the wrong people. A county that shares its name with no city is meant by its bare name (Kern).
Postal names that reach over a county line mean the county where most of their ZIPs are.
"""

from __future__ import annotations

from directory.data.gazetteer import COUNTIES
from directory.places.answers import Ambiguous, BadZip, OutsideCalifornia, OverCountyLine, Resolution, UnknownPlace
from directory.places.distance import chord, miles, on_globe
from directory.places.resolving import county_of, resolve, text_for
from directory.places.vocabulary import STOP_NAMES, large, names

__all__ = [
    "COUNTIES",
    "STOP_NAMES",
    "Ambiguous",
    "BadZip",
    "OutsideCalifornia",
    "OverCountyLine",
    "Resolution",
    "UnknownPlace",
    "chord",
    "county_of",
    "large",
    "miles",
    "names",
    "on_globe",
    "resolve",
    "text_for",
]
