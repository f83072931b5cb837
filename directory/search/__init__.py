"""Query -> SearchResult: who helps with this, here, now.

Where: a listing that serves whole counties matches the county of the place; a listing people walk into matches within
30 miles of the place, across county lines (asked for a county alone, both kinds match the county they serve). Without
coordinates it is in the middle of its ZIP or city. Where no list covers the county, nothing farther away stands in.

A filter has three values and never empties the page: yes comes before unknown, and what is known not to fit is left out
as long as anything else is left. When nothing is left, filters are given up in the order of `Relaxed`, and only those
whose giving up was needed are named.

A barrier (no car, a dog) leaves nobody out: who says yes comes first, who says no last. What did not work (`without`)
is left out with all sites of its organization, for the needs that it was for.

Order: the program asked for, the plan, the filters, the barriers, stale last, nearest first, checked before listed,
name. What serves the county from an office within 30 miles is as near as that office; a stale listing's hours and the
like are unknown. Stale is also what bears no day at all. A listing that is suspended is shown to nobody until that day
has passed.

The services of one organization at one place are one hit: the best of them, with the others beside it.
"""

from __future__ import annotations

from directory.search.asking import faceted, found, search
from directory.search.facets import WALK_IN, WHEELCHAIR, Facets
from directory.search.naming import Named, former_ids, named
from directory.search.query import Freshness, Hit, Query, Relaxed, SearchResult
from directory.search.today import freshness, hit

__all__ = [
    "WALK_IN", "WHEELCHAIR", "Facets", "Freshness", "Hit", "Named", "Query", "Relaxed", "SearchResult", "faceted",
    "former_ids", "found", "freshness", "hit", "named", "search",
]  # fmt: skip
