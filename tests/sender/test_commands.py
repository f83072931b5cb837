"""What a clerk, or cron, types and reads: `puente followups` and `puente sms-token`, with real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from directory.inbox import followups, opt_outs, queue, who
from directory.sender import account
from tests.conftest import ROOT, environment, free_port
from tests.sender.conftest import SETTINGS, START, Clock, Sending, person
from tests.sender.twilio_like import SID, TOKEN, Step, TwilioLike

ANA, BEN = person(1), person(2)
AT = """
import sys
from datetime import datetime
from directory import cli
from directory.commands import followups
at = datetime.fromisoformat(sys.argv.pop(1))
followups.now = lambda: at
sys.argv[0] = "puente"
cli.main()
"""


class Desk:
    """A terminal in the home, at the time of the test's clock."""

    def __init__(self, home: Path, twilio: TwilioLike, clock: Clock) -> None:
        self.home, self.twilio, self.clock = home, twilio, clock

    def type(self, *words: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        given = {"PUENTE_TWILIO_API": self.twilio.url, "PUENTE_TWILIO_TOKEN": TOKEN, "COLUMNS": "80", **more}
        command = [sys.executable, "-c", AT, self.clock().isoformat(), *words]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(self.home, **given),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in done.stderr, done.stderr
        for number in (ANA, BEN):
            assert number[2:] not in done.stdout + done.stderr
        assert TOKEN not in done.stdout + done.stderr
        return done


@pytest.fixture
def desk(home: Path, twilio: TwilioLike, clock: Clock) -> Desk:
    return Desk(home, twilio, clock)


def agree(number: str, at: datetime, language: str = "en") -> None:
    followups.agree(
        who.conversation(number), who.seal(number), listings=("a:1",), need="food", program=None, county="Stanislaus",
        language=language, asked="?", answer="1", now=at,
    )  # fmt: skip


ENGLISH = "Kite Health: We write as agreed. Did it help?"
SPANISH = "Kite Health: Le escribimos como quedamos. ¿Le fue de ayuda?"


def test_a_follow_up_from_agreement_to_question(desk: Desk, clock: Clock) -> None:
    agree(ANA, clock())
    agree(BEN, clock(), "es")
    assert json.loads(desk.type("followups", "due", "--json").stdout)[0] == {
        "id": 1, "day": 3, "due": "2026-11-24T12:00-08:00", "state": "to come", "need": "food", "program": None,
        "county": "Stanislaus", "language": "en", "asked": None, "outcome": None,
    }  # fmt: skip
    clock.later(days=3)
    assert "2 due now" in desk.type("followups", "due").stdout
    tried = desk.type("followups", "send", "--dry-run").stdout
    assert ENGLISH in tried and SPANISH in tried and "this was a trial" in tried and desk.twilio.requests == []
    assert desk.type("followups", "send").stdout == "Texts: 2 sent.\n"
    assert desk.twilio.to(ANA)[0].startswith(ENGLISH) and desk.twilio.to(BEN)[0].startswith(SPANISH)
    told = desk.type("followups", "due").stdout
    assert "2 to come." in told and told.count("asked 2026-11-24: no answer yet") == 2
    assert followups.open_question(who.conversation(BEN)) and not queue.counts()["waiting"]
    assert desk.type("followups", "send").stdout == "No text is due.\n"
    clock.later(days=7)
    desk.type("followups", "send")
    assert [len(desk.twilio.to(each)) for each in (ANA, BEN)] == [2, 2]
    assert "Our last check." in desk.twilio.to(ANA)[1] and "mensaje final" in desk.twilio.to(BEN)[1]
    assert "2 asked, no answer yet." in desk.type("followups", "due").stdout
    clock.later(days=20)
    desk.type("followups", "send")
    assert desk.type("followups", "due").stdout == "Nobody is to be asked back now.\n"


def test_a_question_that_is_days_late_is_not_asked(desk: Desk, clock: Clock) -> None:
    agree(ANA, clock())
    clock.later(days=7, hours=1)
    assert desk.type("followups", "send").stdout == "No text is due.\n" and desk.twilio.requests == []
    clock.later(days=3)
    desk.type("followups", "send")
    assert len(desk.twilio.to(ANA)) == 1 and "last check" in desk.twilio.to(ANA)[0]


def test_who_said_stop_is_not_in_the_list_of_whom_to_ask(desk: Desk, clock: Clock) -> None:
    agree(ANA, clock())
    opt_outs.out(who.conversation(ANA), "word", clock())
    clock.later(days=3)
    assert "Nobody" in desk.type("followups", "due").stdout
    assert "Nothing is due now." in desk.type("followups", "send", "--dry-run").stdout


def test_the_night_is_said_and_no_failure(desk: Desk, sending: Sending, clock: Clock) -> None:
    sending.put(ANA, "one", cause="a")
    clock.at = START.replace(hour=5)
    done = desk.type("followups", "send")
    assert done.returncode == 0 and "from 9 am" in done.stdout and sending.state("a") == "waiting"
    assert desk.type("followups", "send", "--quiet").stdout == ""


def test_cron_hears_only_of_what_somebody_should_look_at(desk: Desk, sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    quiet = desk.type("followups", "send", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "") and sending.state("a") == "sent"


def test_without_an_account_it_says_what_to_do(desk: Desk, sending: Sending, home: Path) -> None:
    (home / "settings.yml").write_text(SETTINGS.partition("sms:")[0])
    nothing = desk.type("followups", "send", "--quiet")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    sending.put("sim:page", "for the page", cause="s")
    sending.put(ANA, "one", cause="a")
    done = desk.type("followups", "send", "--quiet")
    told = " ".join(done.stdout.split())
    assert done.returncode == 1 and "A text waits and cannot be sent." in told
    assert "puente setup sms" in told and "docs/texting.md" in told
    assert sending.state("a") == "waiting" and sending.state("s") == "sent"


def test_a_played_phone_is_told_to_who_runs_it(desk: Desk, sending: Sending) -> None:
    sending.put("sim:page", "for the page", cause="s")
    assert desk.type("followups", "send").stdout.startswith("simulated phone: for the page\n")


def test_without_a_token_it_says_what_to_do(desk: Desk, sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    done = desk.type("followups", "send", PUENTE_TWILIO_TOKEN="")
    assert done.returncode == 1 and "puente sms-token" in " ".join(done.stdout.split())
    assert desk.twilio.requests == [] and sending.state("a") == "waiting"


def test_a_refused_account_is_said_by_its_code(desk: Desk, sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    done = desk.type("followups", "send", "--quiet", PUENTE_TWILIO_TOKEN="f" * 32)
    assert done.returncode == 1 and "code 20003" in done.stdout and sending.state("a") == "waiting"


def test_a_text_that_twilio_does_not_take_is_said_by_its_code(desk: Desk, sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    desk.twilio.plan = [Step(400, 21211)]
    done = desk.type("followups", "send", "--quiet")
    assert done.returncode == 0 and "21211 (1)" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    "address", ["http://twilio.example.org", "ftp://127.0.0.1", "https://a:b@example.org", "twilio"]
)
def test_the_token_goes_to_no_strange_address(desk: Desk, sending: Sending, address: str) -> None:
    sending.put(ANA, "one", cause="a")
    done = desk.type("followups", "send", PUENTE_TWILIO_API=address)
    assert done.returncode == 1 and "PUENTE_TWILIO_API must be" in " ".join(done.stdout.split())
    assert sending.state("a") == "waiting"


def test_json_says_all(desk: Desk, sending: Sending) -> None:
    sending.put(ANA, "one", cause="a")
    sending.put(BEN, "two", cause="b")
    desk.twilio.plan = [Step(503)]
    told = json.loads(desk.type("followups", "send", "--json").stdout)
    assert (told["sent"], told["in_doubt"], told["kept"], told["refused"]) == (1, 1, None, None)


# The token


def no_token(home: Path) -> Path:
    return home / "twilio.token"


def test_a_token_is_kept_for_its_owner_alone(desk: Desk, home: Path) -> None:
    no_token(home).touch(0o644)
    done = desk.type("sms-token", stdin=f"  {TOKEN}\n", PUENTE_TWILIO_TOKEN="")
    assert done.returncode == 0 and "sms-token --check" in done.stdout
    assert no_token(home).read_text() == f"{TOKEN}\n" and no_token(home).stat().st_mode & 0o777 == 0o600
    checked = desk.type("sms-token", "--check", PUENTE_TWILIO_TOKEN="")
    assert (checked.returncode, checked.stdout) == (0, "Twilio takes the account and its token.\n")
    assert desk.twilio.requests == ["GET"] and desk.twilio.messages == []
    assert "is gone" in desk.type("sms-token", "--remove").stdout and not no_token(home).exists()
    assert "was no token" in desk.type("sms-token", "--remove").stdout


@pytest.mark.parametrize("said", ["", "short", SID, "a token with spaces in it 0123456789", "é" * 32, "x" * 5000])
def test_what_is_no_token_changes_nothing_and_is_not_repeated(desk: Desk, home: Path, said: str) -> None:
    desk.type("sms-token", stdin=TOKEN)
    done = desk.type("sms-token", stdin=said)
    assert done.returncode == 1 and "Nothing was changed" in " ".join(done.stderr.split())
    assert not said or said not in done.stderr
    assert no_token(home).read_text() == f"{TOKEN}\n"


def test_a_check_says_what_is_wrong(desk: Desk) -> None:
    assert "code 20003" in desk.type("sms-token", "--check", PUENTE_TWILIO_TOKEN="0" * 32).stderr
    away = desk.type("sms-token", "--check", PUENTE_TWILIO_API=f"http://127.0.0.1:{free_port()}")
    assert away.returncode == 1 and "could not be asked" in away.stderr


def test_the_environment_stands_before_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account.keep_token("f" * 32)
    assert account.token() == TOKEN
    monkeypatch.delenv("PUENTE_TWILIO_TOKEN")
    assert account.token() == "f" * 32
    no_token(home).write_bytes(b"\xff\n")
    assert account.token()  # what cannot be one is refused by Twilio, and breaks nothing here


def test_ages_of_follow_ups_do_not_break_over_a_changed_clock(desk: Desk, clock: Clock) -> None:
    clock.at = datetime.fromisoformat("2026-10-30T11:00:00-07:00")
    agree(ANA, clock())
    clock.at = datetime.fromisoformat("2026-11-02T09:59:00-08:00")  # one hour less on the clock since the first
    assert desk.type("followups", "send").stdout == "No text is due.\n"
    clock.later(minutes=2)
    assert desk.type("followups", "send").stdout == "Texts: 1 sent.\n"
    assert clock() - timedelta(days=3) < datetime.fromisoformat("2026-10-30T11:02:00-07:00")


def test_who_is_asked_first_stands_first_in_words(desk: Desk, clock: Clock) -> None:
    agree(ANA, clock() + timedelta(days=2))
    agree(BEN, clock(), "es")
    first, second = desk.type("followups", "due").stdout.splitlines()[1:]
    assert "2026-11-24" in first and first.endswith("food, Stanislaus, Spanish") and "2026-11-26" in second
