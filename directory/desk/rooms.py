"""The rooms of the desk, and with them every page that it has."""

from __future__ import annotations

from directory.desk import (
    ask,
    handout,
    health,
    inbox,
    intake,
    look_up,
    offices,
    people,
    places,
    publishing,
    refresh,
    review,
    rules,
    signing,
    texts,
    verify,
)
from directory.desk.frame import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    *signing.ROUTES,
    *people.ROUTES,
    *look_up.ROUTES,
    *intake.ROUTES,
    *handout.ROUTES,
    *refresh.ROUTES,
    *publishing.ROUTES,
    *places.ROUTES,
    *review.ROUTES,
    *rules.ROUTES,
    *offices.ROUTES,
    *texts.ROUTES,
    *health.ROUTES,
    *inbox.ROUTES,
    *verify.ROUTES,
    *ask.ROUTES,
)
