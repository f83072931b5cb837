"""How somebody gets in at the desk of this home, for whoever starts it."""

from __future__ import annotations

from directory.accounts import demo, people
from directory.errors import PuenteError

__all__ = ["how_to_enter"]


def how_to_enter() -> str:
    """One line: by an account, by looking around a demonstration, or by making the first account."""
    try:
        if demo.allowed():
            return "Everything in it is invented: the sign-in page lets you look around without a password."
        if any(person.ready for person in people.listed()):
            return "Sign in with your account. For somebody new: puente account add NAME --role chw"
    except PuenteError as error:
        return str(error)
    return "Nobody can sign in yet. The first account: puente account add NAME --role admin"
