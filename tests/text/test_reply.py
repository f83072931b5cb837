"""What every message carries beside its text: whatever a reply holds fits the schema that readers rely on."""

from __future__ import annotations

import json
from dataclasses import fields

import jsonschema
import pytest

from directory.model import Tri
from directory.reply import SCHEMA, Kind, Reply, ShownListing, Verdict

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LISTING = ShownListing("a:1", "A", "209-555-0123", 1.2, Tri.NO, "2026-10-02", languages=("English",), demo=True)
VERDICT = Verdict("calfresh", "may_qualify", ("low income",), (), "a source", "2026-11-21", None, "apply")
FULL = Reply(
    Kind.LISTINGS,
    need="food",
    listings=(LISTING,),
    total=1,
    relaxed=("open_now",),
    choices=(("Food", "food"),),
    phones=("211",),
    verdict=VERDICT,
    language="es",
)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.LISTINGS, Kind.CRISIS)])
def test_an_empty_reply_of_any_kind_fits(kind: Kind) -> None:
    VALIDATOR.validate(Reply(kind).to_json())


def test_a_full_reply_is_plain_json_with_every_field() -> None:
    plain = FULL.to_json()
    VALIDATOR.validate(plain)
    assert json.loads(json.dumps(plain)) == plain
    assert set(plain) == {"v", *(field.name for field in fields(Reply))}
    assert plain["choices"] == [{"label": "Food", "say": "food"}]
    assert (plain["kind"], plain["listings"][0]["open"], plain["listings"][0]["languages"]) == (
        "listings",
        "no",
        ["English"],
    )


@pytest.mark.parametrize("broken", [Reply(Kind.LISTINGS), Reply(Kind.CRISIS), Reply(Kind.MENU, total=-1)])
def test_a_reply_that_breaks_its_promise_does_not_fit(broken: Reply) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(broken.to_json())
