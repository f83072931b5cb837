"""The words with a meaning of their own: alone, in both languages, and never inside a sentence about something else."""

from __future__ import annotations

import pytest

from bot.sms.words import Word, asked, spoken

STOP = (
    "STOP", "stop.", "Stop!!!", "STOPALL", "stop all", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPT OUT",
    "opt-out", "OPTOUT", "S T O P", "stop please", "ALTO", "alto por favor", "PARA", "¡para!", "PARAR", "CANCELAR",
    "no me escriban", "no me escriba más", "deja de enviar", "dejen de enviar mensajes", "ya no quiero mensajes",
    "stop texting me", "take me off this list", "no more texts", "wrong number stop texting", "darme de baja", "BAJA",
    "stop hitting me up",
)  # fmt: skip
NONE = (
    "stop the eviction", "they want to cut my light", "when does calfresh end", "cancel my appointment", "2",
    "quiero dejar de fumar", "how do I stop the shut off", "help me find food", "ayuda con la luz", "necesito ayuda",
    "I need info about wic", "start over", "RESET", "yes", "si", "no", "more", "MORE", "comenzar de nuevo con mi caso",
    "in Spanish", "", "STOP hitting me", "para mi", "please stop hitting us",
)  # fmt: skip


@pytest.mark.parametrize("text", STOP)
def test_stop_by_any_word(text: str) -> None:
    assert asked(text) is Word.STOP


@pytest.mark.parametrize("text", NONE)
def test_other_messages_are_no_order(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("HELP", Word.HELP), ("Info?", Word.HELP), ("¡Ayuda!", Word.HELP), (" ayuda ", Word.HELP),
        ("START", Word.START), ("unstop", Word.START), ("Comenzar.", Word.START),
        ("LANG", Word.LANGUAGE), ("IDIOMA", Word.LANGUAGE), ("idiomas", Word.LANGUAGE),
    ],
)  # fmt: skip
def test_words_alone(text: str, word: Word) -> None:
    assert asked(text) is word


@pytest.mark.parametrize("text", ["YES", "si", "Sí", "SUBSCRIBE", "quiero volver", "volver", "alta", "opt in"])
def test_more_words_bring_back_who_is_out(text: str) -> None:
    assert asked(text, out=True) is Word.START and asked(text) is not Word.START


@pytest.mark.parametrize("text", ["please", "opt", "me", "in", "por", "again", "food"])
def test_a_single_word_of_those_does_not(text: str) -> None:
    assert asked(text, out=True) is not Word.START


@pytest.mark.parametrize(("carrier", "word"), [("STOP", Word.STOP), ("start", Word.START), ("HELP", Word.HELP)])
def test_what_twilio_found_counts(carrier: str, word: Word) -> None:
    assert asked("whatever", carrier) is word
    assert asked("whatever", "NONSENSE") is None


def test_a_word_may_say_its_language() -> None:
    assert (spoken("AYUDA"), spoken("LANG"), spoken("STOP"), spoken("HELP")) == ("es", "en", None, None)
