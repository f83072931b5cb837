"""Answers about invented places, as the wire carries them: all that a card, a verdict and steps can hold."""

from __future__ import annotations

from tests.browser.chat import answer

PLACE: dict[str, object] = {
    "id": "x:1",
    "name": "Sun Pantry",
    "phone": "209-555-0123",
    "miles": 1.2,
    "open": "yes",
    "checked_on": "2026-10-02",
    "organization": "Sunrise Helpers",
    "address": "12 Elm Street, Modesto 95350",
    "hours": "Monday 9 am to noon",
    "url": "https://www.sun.example.org/pantry",
    "languages": ["English", "Spanish"],
    "what": ["Food bank or pantry", "CalFresh"],
    "wheelchair": "yes",
    "cost": "Free",
    "papers": ["No ID asked", "A bill with your address"],
    "come": ["Walk in, call them", "Taking referrals"],
    "who": "Families of Stanislaus County",
    "plans": ["Health Net"],
    "serves": "Stanislaus County",
    "ask": ["Ask about Hmong"],
    "why": ["Serves Stanislaus County", "1.2 miles away"],
}
BARE: dict[str, object] = {"id": "x:2", "name": "Moon Kitchen", "phone": None, "miles": None, "open": "unknown",
                           "checked_on": None, "private": True}  # fmt: skip
LIST_TEXT = """Thank you. Here are others:
Food near Modesto:

1. Sun Pantry: Food bank or pantry
209-555-0123 · 1.2 miles away · open now · ask about Hmong
Checked Oct 2, 2026.

2. Moon Kitchen
no phone listed, ask 211
Date unknown.

Say MORE for more places."""
LIST = answer(LIST_TEXT, kind="listings", listings=[PLACE, BARE], total=2, language="en", need="food", place="Modesto")

WHY = "Why: You told me that you earn little. You live in California."
VERDICT_TEXT = f"""CalFresh: you may qualify.
{WHY}
The county checks your papers.
How to get it:
- Apply at BenefitsCal.com.
- Answer the call of the county.
Have ready: an ID.
From the state, looked at on November 21, 2026. Ask to be sure.
Anyone may apply. The county decides.
What next? Answer with a number:
1. Places near Modesto"""
VERDICT = answer(
    VERDICT_TEXT,
    kind="verdict",
    program="calfresh",
    language="en",
    choices=[{"label": "Places near Modesto", "say": "places near me"}],
    verdict={
        "program": "calfresh",
        "outcome": "may_qualify",
        "reasons": ["You told me that you earn little.", "You live in California."],
        "missing": ["age"],
        "source": "State of California: Rule book (2026); County: Notice (2025)",
        "as_of": "2026-11-22",
        "review_by": "2027-01-01",
        "next": "Apply at BenefitsCal.com.",
        "title": "CalFresh: you may qualify.",
        "why": WHY,
        "dated": "From the state, looked at on November 21, 2026.",
        "decides": "Anyone may apply. The county decides.",
        "asks": ["How old are you?"],
    },
)
STEPS = answer(
    "Rides to the doctor\nHow to get it:\n- Call your plan.\n- Say when you must be there.\nHave ready: your card.",
    kind="steps",
    language="en",
)
CRISIS = answer(
    "You matter. Call or text 988. If you are in danger now, call 911.",
    kind="crisis",
    crisis="self_harm",
    phones=["988", "911"],
    language="en",
)
SHARED = {
    "status": 201,
    "body": '{"code": "RIVER", "url": "https://help.example.org/list/RIVER", "qr": "/webhooks/web/static/icon.svg"}',
}
