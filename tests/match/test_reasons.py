"""Every reason has its sentence in both languages."""

from __future__ import annotations

import pytest

from directory.model import Language
from directory.sync.match import Reason
from directory.sync.match.reasons import sentence


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_told_in_both_languages(reason: Reason) -> None:
    english, spanish = (sentence(reason, language) for language in (Language.EN, Language.ES))
    assert english != spanish and not english.endswith(".") and not spanish.endswith(".")


def test_a_code_as_it_stands_in_the_table() -> None:
    assert sentence("phone_same") == "the phone is the same"
