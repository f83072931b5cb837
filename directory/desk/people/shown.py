"""The list of people, and one of them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from directory.accounts import Role, people
from directory.accounts.people import Person
from directory.desk.frame import Visit

__all__ = ["everybody", "found", "one", "page_of"]


def everybody(visit: Visit) -> Response:
    """Everybody who may or might sign in, and a form to invite somebody."""
    known = [person for person in people.listed() if not person.account.demo]
    organizations = sorted({person.account.organization for person in known} - {""}, key=str.casefold)
    return visit.page(
        "people/everybody.html",
        people=[person for person in known if person.ended_at is None],
        former=[person for person in known if person.ended_at],
        roles=list(Role),
        organizations=organizations,
    )


def one(visit: Visit) -> Response:
    """One person, with what can be changed."""
    return page_of(visit, found(visit))


def found(visit: Visit) -> Person:
    """The person whom the path names; HTTPException 404 when there is none."""
    id = visit.params["id"]
    for person in people.listed():
        if person.account.id == id and not person.account.demo:
            return person
    raise HTTPException(404)


def page_of(visit: Visit, person: Person, *, code: int = 200, problem: str = "") -> Response:
    """The page of one person."""
    mine = visit.who.id == person.account.id
    return visit.page("people/one.html", code, person=person, roles=list(Role), mine=mine, problem=problem)
