"""The translator's sheet: out as a workbook, and back, first tried and then taken."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

from starlette.responses import Response

from directory import store, wording
from directory.desk.frame import Visit
from directory.desk.texts.pages import rows_of
from directory.errors import PuenteError, UnreadableList
from directory.text.register import every, reread, returned, sheet
from directory.text.register.returned import Returned
from directory.text.register.review import State

__all__ = ["download", "take", "tried"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_NAME = 120
_NAME = re.compile(r"[0-9a-f]{32}")


def download(visit: Visit) -> Response:
    """The sheet of the chosen language and part."""
    language = visit.query.get("language", "") if visit.query.get("language", "") in wording.LANGUAGES else "es"
    room, unreviewed = visit.query.get("room", ""), visit.query.get("unreviewed") == "1"
    rows = [
        (shown.text, shown.review)
        for shown in rows_of(language)
        if (not room or shown.text.room == room) and not (unreviewed and shown.review.state is State.REVIEWED)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.xlsx"
        sheet.write(file, rows, language)
        content = file.read_bytes()
    visit.audit("texts.exported", of=language)
    name = f"puente-texts-{language}-{visit.today.isoformat()}.xlsx"
    return Response(content, media_type=_XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def tried(visit: Visit) -> Response:
    """What a sheet would bring; nothing is kept yet."""
    sent = visit.form.file("sheet")
    if sent is None:
        return visit.page("texts/tried.html", 400, found=None, wrong=visit.say("texts.wrong.no_file"))
    who = _by(visit)
    try:
        found = _judged(sent.path, sent.name, who, visit)
    except PuenteError as why:
        sent.path.unlink(missing_ok=True)  # no sheet of ours: it may be a list of people
        return visit.page("texts/tried.html", 400, found=None, wrong=str(why))
    return visit.page(
        "texts/tried.html", found=found, wrong="", name=sent.name, token=sent.path.name, mark=_mark(sent.path), by=who
    )


def take(visit: Visit) -> Response:
    """Keeps what the sheet brings, if it is the one that was tried."""
    file = _file(visit.form.get("token"))
    if file is None or _mark(file) != visit.form.get("mark"):
        return visit.page("texts/tried.html", 409, found=None, wrong=visit.say("texts.wrong.gone"))
    found = _judged(file, "sheet", _by(visit), visit)
    returned.keep(found)
    file.unlink(missing_ok=True)
    visit.audit("texts.imported", of=len(found.taken))
    return visit.go("/texts", said="texts.said.taken", language=found.language, state="reviewed")


def _by(visit: Visit) -> str:
    """Who brings the sheet, in one line."""
    return " ".join(visit.form.get("by").split())[:_MOST_NAME] or visit.who.shown


def _judged(file: Path, name: str, by: str, visit: Visit) -> Returned:
    try:
        rows = reread.reread(file)
    except UnreadableList as why:  # the clerk knows the file by another name
        raise UnreadableList(str(why).replace(str(file), name).replace(file.name, name)) from None
    return returned.judge(rows, every.every_text(), by=by, today=visit.today)


def _file(token: str) -> Path | None:
    """The file that was handed in under that name; None for anything that is no such name."""
    file = store.home() / "uploads" / token
    return file if _NAME.fullmatch(token) and file.is_file() else None


def _mark(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
