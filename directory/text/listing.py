"""How a listing reads: a line of a list, everything about it, a whole reply, and what to say when there is none.

Names and addresses are never translated; unknown is said as unknown; a place's own words are introduced as its own.

The names that other rooms use; the words are in the files beside this one.
"""

from __future__ import annotations

from directory.text.asked import Answer, answers, relaxed_line
from directory.text.carried import carried
from directory.text.day import day_text
from directory.text.details import details, hours_line, phone_line
from directory.text.facts import (
    address_text,
    dated,
    demo_notice,
    distance,
    phone_shown,
    phone_text,
    service_name,
    title,
    where,
)
from directory.text.lines import Channel, line, shown
from directory.text.names import (
    capital,
    joined,
    language_code,
    language_name,
    need_name,
    place_name,
    plan_name,
    program_name,
)
from directory.text.narrowed import words as narrowed_to
from directory.text.nothing import NoneFound, none_found, that_may_help
from directory.text.page import header, notes, page
from directory.text.week import beside_week, hours_in_words, known_week, old_year, week

__all__ = [
    "Answer",
    "Channel",
    "NoneFound",
    "address_text",
    "answers",
    "beside_week",
    "capital",
    "carried",
    "dated",
    "day_text",
    "demo_notice",
    "details",
    "distance",
    "header",
    "hours_in_words",
    "hours_line",
    "joined",
    "known_week",
    "language_code",
    "language_name",
    "line",
    "narrowed_to",
    "need_name",
    "none_found",
    "notes",
    "old_year",
    "page",
    "phone_line",
    "phone_shown",
    "phone_text",
    "place_name",
    "plan_name",
    "program_name",
    "relaxed_line",
    "service_name",
    "shown",
    "that_may_help",
    "title",
    "week",
    "where",
]
