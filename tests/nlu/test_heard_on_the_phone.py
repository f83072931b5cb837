"""What the trained model hears in messages misheard on a phone: a danger's words, an insurance, a door shut."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEARD: list[tuple[str, dict[str, Any]]] = [
    # the words of a danger describe nothing that is looked for
    ("me duele mucho el pecho y no puedo respirar", {"crisis": "medical", "need": [], "program": []}),
    ("my baby swallowed bleach", {"crisis": "medical", "need": [], "program": []}),
    ("my chest hurts, i need a ride to the clinic", {"crisis": "medical", "need": ["transport"]}),
    # an insurance is told beside what is asked for
    ("mi seguro es *** y necesito comida en modesto", {"need": ["food"], "program": []}),
    ("no tengo seguro", {"need": ["other_health"]}),
    # sent away by an office, and put out of a home
    ("esperé dos horas y me corrieron", {"act": "report_outcome", "crisis": None, "need": []}),
    ("i waited 2 hours and they sent me away", {"act": "report_outcome", "crisis": None}),
    ("no me abrieron la puerta", {"act": "report_outcome", "crisis": None}),
    ("me corrieron de la casa y busco un cuarto", {"need": ["housing"]}),
    # three slips, one of them in the wish
    ("i ned fod in modsto", {"act": "find_provider", "need": ["food"], "place": "Modesto"}),
    ("cuido a mi mamá que tiene demencia, necesito un descanso, modesto", {"need": ["respite"]}),
    ("cómo pido los viajes de medi-cal", {"act": "how_to_apply", "program": ["nmt"]}),
    ("uso cristal y necesito comida en modesto", {"act": "find_provider", "crisis": None, "need": ["food"]}),
    ("i relapsed on fentanyl, need detox in modesto", {"act": "find_provider", "crisis": None}),
    ("me siguen en la calle", {"act": "crisis", "crisis": "violence"}),
    ("who can see what i write", {"act": "ask_privacy", "crisis": None}),
    ("quién puede ver lo que escribo", {"act": "ask_privacy", "crisis": None}),
]


@pytest.fixture(scope="module")
def understood(models: Path) -> dict[str, dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, "-m", "directory.cli", "understand", "--jsonl"],
        input="\n".join(text for text, _ in HEARD) + "\n",
        cwd=ROOT,
        env={**os.environ, "PUENTE_MODELS": str(models), "PUENTE_HOME": str(models.parent), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return {shape["text"]: shape for shape in map(json.loads, result.stdout.splitlines())}


@pytest.mark.rasa
@pytest.mark.parametrize(("text", "wanted"), HEARD, ids=[text for text, _ in HEARD])
def test_what_is_heard(understood: dict[str, dict[str, Any]], text: str, wanted: dict[str, Any]) -> None:
    assert {key: understood[text][key] for key in wanted} == wanted
