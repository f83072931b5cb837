"""What an admin does with people, and the log, as pages."""

from __future__ import annotations

import html
import re

from directory.accounts import Account, Role, audit, people
from tests.desk.forms import post
from tests.desk.listings import SCRIPT
from tests.desk.signing.conftest import Entrance, enter


def known(name: str) -> Account:
    return people.person(name).account


def test_a_role_that_is_changed_counts_at_the_next_click(entrance: Entrance) -> None:
    admin, rosa = entrance.signed_in("ana", Role.ADMIN), entrance.signed_in("rosa", Role.CHW)
    assert rosa.get("/audit").status_code == 403
    fields = {"shown": "Rosa Díaz", "organization": "Olivo House", "role": "admin"}
    done = post(admin, f"/people/{known('rosa').id}/change", fields)
    assert "The changes are kept." in admin.get(done.headers["location"]).text
    assert rosa.get("/audit").status_code == 200
    assert (known("rosa").shown, known("rosa").organization) == ("Rosa Díaz", "Olivo House")


def test_the_last_admin_is_told_why_and_stays(entrance: Entrance) -> None:
    admin = entrance.signed_in("ana", Role.ADMIN)
    ana = known("ana")
    for path, fields in (("change", {"shown": "Ana", "role": "chw"}), ("end", {})):
        page = post(admin, f"/people/{ana.id}/{path}", fields)
        assert page.status_code == 400 and "This was not done" in page.text
    assert known("ana") == ana and admin.get("/people").status_code == 200


def test_who_is_ended_is_out_at_the_next_click(entrance: Entrance) -> None:
    admin, rosa = entrance.signed_in("ana", Role.ADMIN), entrance.signed_in("rosa")
    post(admin, f"/people/{known('rosa').id}/end")
    assert rosa.get("/").headers["location"] == "/signin"
    assert enter(entrance.browser(), "rosa").status_code == 403
    page = admin.get(f"/people/{known('rosa').id}").text
    assert "The account cannot sign in any more" in page and "/change" not in page
    assert post(admin, f"/people/{known('rosa').id}/link").status_code == 400


def test_a_name_that_is_taken_or_odd_makes_nothing(entrance: Entrance) -> None:
    admin = entrance.signed_in("ana", Role.ADMIN)
    before = people.listed()
    for name in ("ANA", "two words", "a", "rosa\r\nLocation: x"):
        page = post(admin, "/people/add", {"name": name, "shown": "Rosa", "role": "chw"})
        assert page.status_code == 400 and "Nothing was changed" in page.text
    assert post(admin, "/people/add", {"name": "rosa", "shown": "Rosa", "role": "root"}).status_code == 400
    assert people.listed() == before


def test_what_is_typed_is_shown_and_never_run(entrance: Entrance) -> None:
    admin = entrance.signed_in("ana", Role.ADMIN)
    fields = {"name": "rosa", "shown": f'"{SCRIPT}', "organization": f"{SCRIPT}&", "role": "chw"}
    link = post(admin, "/people/add", fields).text
    pages = [link, *(admin.get(path).text for path in ("/people", f"/people/{known('rosa').id}", "/audit"))]
    pages.append(entrance.browser().get(re.findall(r"/invite/[\w-]+", link)[0]).text)
    pages.append(enter(entrance.browser(), f'"><{SCRIPT}', "x").text)
    for page in pages:
        assert "<script" not in page
        assert html.escape(SCRIPT) in page


def test_there_is_nobody_at_a_number_that_was_made_up(entrance: Entrance) -> None:
    admin = entrance.signed_in("ana", Role.ADMIN)
    for path in ("/people/99", "/people/0", "/people/99999999999999999999"):
        assert admin.get(path).status_code == 404
    assert post(admin, "/people/99/end").status_code == 404


class TestTheLogPage:
    def test_it_tells_what_was_done_and_that_it_was_read(self, entrance: Entrance) -> None:
        admin = entrance.signed_in("ana", Role.ADMIN)
        post(admin, "/people/add", {"name": "rosa", "shown": "Rosa Díaz", "role": "chw"})
        first = admin.get("/audit").text
        assert "made an account" in first and "Rosa Díaz" in first and "read this log" in first
        assert audit.entries()[0].what == "audit.read"
        spanish = admin.get("/audit?lang=es").text
        assert "creó una cuenta" in spanish and "leyó este registro" in spanish

    def test_by_person_kind_and_day(self, entrance: Entrance) -> None:
        admin = entrance.signed_in("ana", Role.ADMIN)
        entrance.signed_in("rosa")
        rosa = known("rosa")
        only = admin.get("/audit", params={"person": rosa.id, "kind": "signin"}).text
        assert "1 entries" in only and "Rosa Rivera" in only
        assert "Nothing was noted that fits" in admin.get("/audit", params={"day": "2026-11-22"}).text
        assert "Nothing was noted that fits" not in admin.get("/audit", params={"day": "2026-11-23"}).text

    def test_what_is_no_filter_filters_nothing(self, entrance: Entrance) -> None:
        admin = entrance.signed_in("ana", Role.ADMIN)
        for odd in (
            {"day": "yesterday"},
            {"person": "x' OR 1=1"},
            {"page": "-3"},
            {"page": "9" * 30},
            {"day": "0001-01-01"},
        ):
            assert admin.get("/audit", params=odd).status_code == 200

    def test_a_hundred_a_page(self, entrance: Entrance) -> None:
        admin = entrance.signed_in("ana", Role.ADMIN)
        for number in range(120):
            audit.note(known("ana"), "inbox.read", str(number), entrance.clock())
        first = admin.get("/audit", params={"kind": "inbox"}).text
        assert first.count("<tr><td>") == 100 and "120 entries, page 1 of 2" in first
        older = re.search(r'class="next" href="([^"]+)"', first)
        assert older is not None
        assert admin.get(html.unescape(older[1])).text.count("<tr><td>") == 20
