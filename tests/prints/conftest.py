"""Papers as people get them: text and letters out of the PDF, and the page as a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from directory import prints
from directory.model import Language
from directory.settings import Admin, Line, Sender, Settings

DAY = date(2026, 11, 22)
BOTH = tuple(Language)
REAL = Settings(
    clinic="Kite Community Health Center", phone="209-555-0140", address="1200 J Street, Modesto, CA 95354",
    hours="Mon-Fri 8am-5pm; Sat 9am-1pm", counties=("Stanislaus", "San Joaquin"), plans=("hpsj", "health_net"),
    color="#7a1f5c", public_address="https://ask.kitehealth.example.org", sms=Sender("AC1", "+12095550150"),
    on_call=Line("Behavioral health", "209-555-0161", "24 hours"), admin=Admin("Rosa Núñez", "rosa@kite.example.org"),
)  # fmt: skip
BARE = Settings(public_address="https://ask.example.org")
LONG = replace(
    REAL,
    clinic="Centro Comunitario de Salud y Bienestar Familiar Nuestra Señora de los Ángeles del Valle – “Nguyễn” €5",
    address="12345 North Avenida de la Constitución Mexicana, Suite 1200-B, Edificio Óscar Romero, Modesto, CA 95354",
    hours="Mon, Wed 7:30am-8:45pm, call first on holidays and in the weeks of the harvest; Tue by appointment",
    public_address="https://asistente-de-recursos.centrocomunitariodesaludybienestar.example.org",
    admin=Admin("María Guadalupe Hernández-Villaseñor y Núñez", "maria.guadalupe.hernandez@centro.example.org"),
    on_call=Line("Línea de guardia de salud conductual y emergencias psiquiátricas", "209-555-0161", "todo el día"),
    crisis_line=Line("Crisis", "209-555-0162"), violence_line=Line("Haven", "209-555-0163"),
    shelter_line=Line("Access", "209-555-0164"),
    counties=("Stanislaus", "San Joaquin", "San Bernardino", "San Luis Obispo", "Contra Costa", "Santa Barbara"),
    plans=("hpsj", "health_net", "kaiser", "iehp", "molina", "anthem"),
)  # fmt: skip
SETTINGS = {"real": REAL, "bare": BARE, "long": LONG}
PATIENTS = ("leaflet", "sign")
STAFF = ("front-desk", "first-month", "letter")


@dataclass
class Page:
    """One page of a PDF: what is read on it, where each letter stands, how large it is (points)."""

    text: str
    letters: list[dict[str, Any]]
    width: float
    height: float

    def says(self, words: str) -> bool:
        """Whether the words stand on the page in one piece, wherever the lines break."""
        drawn = "".join(letter["text"] for letter in self.letters)
        return "".join(words.split()) in "".join(drawn.split())


def pages(data: bytes) -> list[Page]:
    """Every page of a PDF."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [Page(page.extract_text(), page.chars, float(page.width), float(page.height)) for page in pdf.pages]


def pictures(data: bytes, scale: float = 3.0) -> list[Any]:
    """Every page as a picture in greys."""
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=scale).to_pil().convert("L") for page in document]


def made(what: str, said: Settings, home: Path, languages: Sequence[Language] = BOTH) -> dict[str, bytes]:
    """The files of a paper by name."""
    return {paper.name: paper.data for paper in prints.make(what, prints.facts(said, home, DAY), languages)}


@pytest.fixture(params=list(SETTINGS))
def said(request: pytest.FixtureRequest) -> Settings:
    """A clinic that has said everything, one that has said the least, and one with names that hardly fit."""
    return SETTINGS[request.param]
