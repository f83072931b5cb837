"""The learned layer finds danger that no pattern names, leaves everyday requests alone, and stays small and quick."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.understanding.crisis import DANGERS, LIMIT, Kind, detect
from bot.understanding.crisis_examples import LANGUAGES, examples
from bot.understanding.crisis_guess import (
    AGREED,
    DOUBT,
    IN_A_WORD,
    NOTHING,
    SURE,
    THRESHOLD,
    WORRY,
    WORRY_IN_A_WORD,
    Guess,
    Guesser,
    danger,
    feeling,
)
from bot.understanding.text import words_file
from tests.nlu.evaluate_crisis import fitted, read

DEVSET = Path(__file__).parent / "devset.jsonl"


@pytest.fixture(scope="module")
def guesser() -> Guesser:
    return fitted()


# Said in no pattern, and not among the examples.
UNNAMED = [
    (Kind.SELF_HARM, "honestly my children would have a happier life if their mother was no longer around"),
    (Kind.SELF_HARM, "le dejé escrita una carta a cada uno de mis hijos, ya no los voy a ver crecer"),
    (Kind.MEDICAL, "my grandpa suddenly cannot lift his right arm and talks like he is drunk"),
    (Kind.MEDICAL, "la niña se puso toda morada y no jala aire"),
    (Kind.VIOLENCE, "he took away my keys and says i will be sorry if i ever walk out on him"),
    (Kind.VIOLENCE, "mi compañero me avienta los platos y me dice que nadie me va a creer"),
    (Kind.ABUSE, "the lady who looks after my nana leaves her without eating and pulls her arms"),
    (Kind.ABUSE, "el novio de mi vecina encierra a los chiquitos y les da con el cable"),
    (Kind.UNSAFE_TONIGHT, "me and my two little ones are at the bus stop, it is raining and we have nowhere to go"),
    (Kind.UNSAFE_TONIGHT, "nos sacaron a la calle a mí y a mis niños y ya está oscureciendo"),
]


@pytest.mark.parametrize(("kind", "text"), UNNAMED, ids=[text for _, text in UNNAMED])
def test_danger_that_no_pattern_names(guesser: Guesser, kind: Kind, text: str) -> None:
    assert danger(detect(text), guesser.guess(text), THRESHOLD) is kind


def test_everyday_requests_are_seldom_danger(guesser: Guesser) -> None:
    rows = [json.loads(line)["text"] for line in DEVSET.read_text(encoding="utf-8").splitlines()]
    alarms = [text for text in rows if guesser.guess(text).likely >= THRESHOLD]
    assert len(alarms) <= 0.03 * len(rows), alarms


def test_a_danger_in_the_middle_of_a_rant_is_found(guesser: Guesser) -> None:
    filler = "they never call me back and the office is always closed when i go there "
    text = filler * 12 + "my kids would be happier if i was not around anymore " + filler * 12
    assert guesser.guess(text).likely >= THRESHOLD


def test_what_was_learned_is_kept_whole(guesser: Guesser, tmp_path: Path) -> None:
    guesser.save(tmp_path / "crisis.npz")
    kept = Guesser.load(tmp_path / "crisis.npz")
    assert (tmp_path / "crisis.npz").stat().st_size < 3_000_000
    for _, text in UNNAMED:
        assert kept.guess(text).kind is guesser.guess(text).kind
        assert kept.guess(text).likely == pytest.approx(guesser.guess(text).likely, abs=0.01)


def test_a_pattern_is_never_overruled() -> None:
    assert danger(Kind.MEDICAL, Guess(Kind.ABUSE, 0.99), THRESHOLD) is Kind.MEDICAL
    assert danger(None, Guess(Kind.ABUSE, THRESHOLD - 0.01), THRESHOLD) is None
    assert danger(None, None, THRESHOLD) is None


@pytest.mark.parametrize(
    ("text", "guess", "kind"),
    [
        ("i cant take it anymore", None, Kind.WORRY),
        ("i cant take it anymore", Guess(Kind.SELF_HARM, THRESHOLD), Kind.WORRY),
        ("i cant take it anymore", Guess(Kind.SELF_HARM, SURE), Kind.SELF_HARM),
        ("food in modesto", Guess(Kind.SELF_HARM, 0.0, concern=0.9), Kind.WORRY),
        ("food in modesto", Guess(Kind.SELF_HARM, 0.0, concern=0.1), None),
        ("i want to die", Guess(Kind.SELF_HARM, DOUBT, concern=0.9), Kind.SELF_HARM),
        ("no im not going to kill myself", Guess(Kind.SELF_HARM, DOUBT - 0.01, concern=0.9), Kind.WORRY),
        # words of a danger in what sounds like none at all are a saying
        ("this form is suicide", Guess(Kind.SELF_HARM, DOUBT - 0.01, concern=NOTHING - 0.01), None),
        ("this form is suicide", Guess(Kind.SELF_HARM, DOUBT - 0.01, concern=NOTHING), Kind.WORRY),
        # in doubt a danger of the body stays one: the line for a worry is not the one that fits
        ("my chest hurts", Guess(Kind.MEDICAL, DOUBT - 0.01, concern=WORRY), Kind.MEDICAL),
        # what knows of worries hears none, and danger is less likely than not: a word was misheard
        ("print me something", Guess(Kind.SELF_HARM, 0.4, concern=AGREED - 0.01), None),
        ("print me something", Guess(Kind.SELF_HARM, 0.4, concern=AGREED), Kind.SELF_HARM),
        ("print me something", Guess(Kind.SELF_HARM, 0.5, concern=AGREED - 0.01), Kind.SELF_HARM),
        # tiredness told instead of a wish to die
        ("no, no me quiero morir, nomas estoy cansada", Guess(Kind.SELF_HARM, 0.4, concern=0.9), Kind.WORRY),
        ("no, no me quiero morir, nomas estoy cansada", Guess(Kind.SELF_HARM, DOUBT - 0.01), Kind.WORRY),
        ("no, no me quiero morir, nomas estoy cansada", Guess(Kind.SELF_HARM, SURE, concern=0.9), Kind.SELF_HARM),
        # a doubtful danger is met as a worry
        ("food in modesto", Guess(Kind.SELF_HARM, THRESHOLD - 0.01, concern=WORRY), Kind.WORRY),
        # but few words must be surer
        ("the last", Guess(Kind.SELF_HARM, 0.2, concern=WORRY, bar=IN_A_WORD), None),
        ("no estoy bien", Guess(Kind.SELF_HARM, 0.2, concern=WORRY_IN_A_WORD, bar=IN_A_WORD), Kind.WORRY),
    ],
)
def test_a_danger_goes_before_a_worry(text: str, guess: Guess | None, kind: Kind | None) -> None:
    assert feeling(text, guess) is kind


# Said in no example; a request beside a worry does not hide it, and is no worry by itself.
BESIDE_A_REQUEST = [
    (
        "no night of sleep since my dads stroke and there is no strength left in me, who does day care in lodi",
        True,
    ),
    ("my uncle is 87 up there alone with no cooler and its 109, need somebody to bring him meals in tulare", True),
    ("my boyfriend never hit me but i tremble when he slams the door, any counseling that takes medi-cal", True),
    ("dos cajitas de insulina me quedan y la aseguranza dice que no, ocupo raite a la clinica", True),
    ("mi papá ya no se levanta ni come desde que enterramos a mi mamá, quien lleva comida en madera", True),
    ("mi marido no me toca pero avienta todo y tiemblo, donde hay consejería en salinas", True),
    ("i look after my dad and work part time, who does adult day care in lodi", False),
    ("my uncle is 87 and lives by himself, who brings meals in tulare", False),
    ("la aseguranza cambió mi insulina de marca, ocupo raite a la clinica", False),
    ("mi papá come sin sal por el doctor, quien lleva comida en madera", False),
]


@pytest.mark.parametrize("text", [text for text, worry in BESIDE_A_REQUEST if worry])
def test_a_worry_beside_a_request_is_heard(guesser: Guesser, text: str) -> None:
    assert feeling(text, guesser.guess(text)) is not None


def test_a_request_that_tells_of_somebody_is_seldom_a_worry(guesser: Guesser) -> None:
    heard = [(text, feeling(text, guesser.guess(text))) for text, worry in BESIDE_A_REQUEST if not worry]
    assert [text for text, kind in heard if kind in DANGERS] == []
    assert len([text for text, kind in heard if kind]) <= 1, heard


HEARD = [
    line.split("\t") for line in (Path(__file__).parent / "crisis_heard.tsv").read_text(encoding="utf-8").splitlines()
]
TABLE = [line.split("\t") for line in (Path(__file__).parent / "crisis.tsv").read_text(encoding="utf-8").splitlines()]


def test_stories_are_heard_and_their_look_alikes_let_by(guesser: Guesser) -> None:
    heard = [(kind, text, feeling(text, guesser.guess(text))) for kind, text in HEARD]
    missed = [row for row in heard if row[0] not in ("none", "worry") and row[2] not in DANGERS]
    alarmed = [row for row in heard if row[0] == "none" and row[2] in DANGERS]
    unnoticed = [row for row in heard if row[0] == "worry" and row[2] is None]
    assert len(HEARD) >= 2900
    assert len(missed) <= 20, missed
    assert len(alarmed) <= 20, alarmed
    assert len(unnoticed) <= 3, unnoticed


def test_the_table_is_answered_whole(guesser: Guesser) -> None:
    heard = [(kind, text, feeling(text, guesser.guess(text))) for kind, text in TABLE]
    assert [row for row in heard if row[0] not in ("none", "worry") and row[2] not in DANGERS] == []
    assert [row for row in heard if row[0] == "none" and row[2] in DANGERS] == []
    assert [row for row in heard if row[0] == "worry" and row[2] is None] == []


# What may be answered (`|` between), text: words of every day, and danger and worry said with the same ones.
SAID = [
    line.split("\t") for line in (Path(__file__).parent / "crisis_said.tsv").read_text(encoding="utf-8").splitlines()
]


def _heard(guesser: Guesser, text: str) -> str:
    kind = feeling(text, guesser.guess(text))
    return kind.value if kind else "none"


def test_words_of_every_day_get_neither_a_danger_nor_a_kind_word(guesser: Guesser) -> None:
    ordinary = [text for wanted, text in SAID if wanted == "none"]
    heard = [(text, _heard(guesser, text)) for text in ordinary]
    assert len(ordinary) >= 400
    assert len([row for row in heard if row[1] != "none"]) <= 8, [row for row in heard if row[1] != "none"]
    assert [row for row in heard if row[1] == "self_harm"] == []


@pytest.mark.parametrize(
    ("wanted", "text"),
    [row for row in SAID if row[0] != "none"],
    ids=[text for wanted, text in SAID if wanted != "none"],
)
def test_danger_and_worry_beside_words_of_every_day(guesser: Guesser, wanted: str, text: str) -> None:
    assert _heard(guesser, text) in wanted.split("|")


@pytest.mark.parametrize("text", ["", " ", "🙂🙂", "你好", "12345", "'" * 50, "." * 500])
def test_nothing_to_read_is_no_danger(guesser: Guesser, text: str) -> None:
    assert guesser.guess(text).likely < THRESHOLD


@pytest.mark.parametrize("text", ["he is going to ", "a", "me va a ", "xqz wvk "])
def test_hostile_length_costs_no_time(guesser: Guesser, text: str) -> None:
    began = time.perf_counter()
    guesser.guess(text * (3 * LIMIT // len(text)))
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*(kind.value for kind in DANGERS), "none", "worry"])
def test_examples_are_many_and_well_formed(language: str, kind: str) -> None:
    lines = words_file(f"crisis_examples.{language}")[kind]
    assert all(isinstance(line, str) for line in lines)
    assert len(lines) >= {"none": 250, "worry": 20}.get(kind, 60)


def test_examples_have_all_their_choices_made() -> None:
    left = [example.text for example in examples() if set(example.text) & set("(){}|")]
    assert left == []


def test_a_line_without_a_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("none\thello\nterrible\tsomething\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 2"):
        list(read(file))
