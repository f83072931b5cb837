"""Hours that name weeks of a month are told in Spanish, as far as all of them is understood."""

from __future__ import annotations

import pytest

from directory.model import Language
from directory.text.english import as_listed, quoted

TOLD = [
    ("1st and 3rd Saturday 9am-12pm", "primer y tercer sábado del mes, de 9 am a mediodía"),
    ("1st & 3rd Saturdays", "primer y tercer sábado del mes"),
    ("Every 2nd Tuesday of the month, 10am-1pm", "segundo martes del mes, de 10 am a 1 pm"),
    ("Last Friday of each month: 8:30am to 11am.", "último viernes del mes, de 8:30 am a 11 am"),
    ("First, second and fourth Wed", "primer, segundo y cuarto miércoles del mes"),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_weeks_of_a_month_in_spanish(text: str, told: str) -> None:
    assert as_listed(text, Language.ES) == told == quoted(text, Language.ES, 200)
    assert as_listed(text, Language.EN) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "1st and 3rd Saturday 9am-12pm by appointment",
        "1st Saturday after the holiday",
        "3rd floor, Monday 9am-5pm",
        "Saturday 9am-12pm",
        "1st Street, Saturday",
    ],
)
def test_what_says_more_is_left_as_the_list_wrote_it(text: str) -> None:
    assert "del mes" not in as_listed(text, Language.ES) and text in as_listed(text, Language.ES)
