"""A source file is refused with file and key; every code has its sentences; every shipped source loads."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
import requests.adapters
import yaml

from directory.errors import FetchError, SourceError
from directory.model import Language
from directory.sync import source
from directory.sync.fetch import TRIES, fetch
from directory.sync.problems import Code, sentence

from .conftest import SOURCE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("id: small", "id: other"), "key 'id'"),
        (("title: Small list", ""), "key 'title': is missing"),
        (("format: {kind: csv}", "format: {kind: doc}"), "key 'format.kind'"),
        (("format: {kind: csv}", "format: {kind: csv, tabs: 2}"), "key 'format.tabs': unknown"),
        (("  phones: Phone", "  telephone: Phone"), "key 'columns.telephone': unknown"),
        (("  phones: Phone", "  phones: {from: Phone, splitt: x}"), "key 'columns.phones.splitt': unknown"),
        (("  phones: Phone", "  phones: Phone\n  phones: Fax"), "'phones' stands twice"),
        (("as_of: 2026-11-01", "as_of: lately"), "key 'as_of'"),
        (("as_of: 2026-11-01", "colour: red"), "key 'colour': unknown"),
        (("as_of: 2026-11-01", "leave_out: [{column: Name, is: [x], reason: dull}]"), "key 'leave_out.1.reason'"),
        (("as_of: 2026-11-01", "leave_out: [{column: Name, reason: closed}]"), "key 'leave_out.1'"),
        (("as_of: 2026-11-01", "title: [unclosed"), "not valid YAML"),
        (("as_of: 2026-11-01", "as_of: 2026-02-30"), "not valid YAML"),
        (("as_of: 2026-11-01", "as_of: 2026-11-01 10:00:00"), "key 'as_of'"),
        (("  phones: Phone", "  phones: Phone\n  phones: Fax"), "small.yml, line 15: the key 'phones'"),
        (("  phones: Phone", "  phones: {from: Phone, words: {a: b, a: c}}"), "small.yml, line 14: the key 'a'"),
        (("title: Small list", "title: 5"), "key 'title': must be a text"),
        (("as_of: 2026-11-01", "plan: nobody"), "key 'plan': 'nobody' is no plan"),
        (("as_of: 2026-11-01", "url: [a]"), "key 'url'"),
        (("as_of: 2026-11-01", "file: 7"), "key 'file'"),
        (("as_of: 2026-11-01", "demo: maybe"), "key 'demo'"),
        (("as_of: 2026-11-01", "gone_share: most"), "key 'gone_share'"),
        (("as_of: 2026-11-01", "gone_share: 30"), "key 'gone_share'"),
        (("as_of: 2026-11-01", "checks: [a]"), "key 'checks'"),
        (("as_of: 2026-11-01", "defaults: food"), "key 'defaults'"),
        (("as_of: 2026-11-01", "ignored: Note"), "key 'ignored'"),
        (("as_of: 2026-11-01", "required: 5"), "key 'required'"),
        (("as_of: 2026-11-01", "also: [Phone]"), "key 'also'"),
        (("as_of: 2026-11-01", "also: {Phone: Tel}"), "key 'also.Phone': must be a list"),
        (("as_of: 2026-11-01", "also: {Fax: [Tel]}"), "key 'also.Fax': is another name for a column that is not used"),
        (("as_of: 2026-11-01", "also: {Phone: [ZIP]}"), "key 'also.Phone': ZIP is a column that is used itself"),
        (("as_of: 2026-11-01", "leave_out: all"), "key 'leave_out'"),
        (("format: {kind: csv}", "format: {kind: csv, delimiter: tab}"), "key 'format.delimiter'"),
        (("format: {kind: csv}", "format: {kind: csv, heading_row: 0}"), "key 'format.heading_row'"),
        (("format: {kind: csv}", "format: {kind: csv, encoding: 8}"), "key 'format.encoding'"),
        (("row_id: {column: Number}", "row_id: {column: 4}"), "key 'row_id.column'"),
        (("row_id: {column: Number}", "row_id: {hash: Number}"), "key 'row_id.hash'"),
        (("row_id: {column: Number}", "row_id: {hash: []}"), "key 'row_id'"),
        (("  phones: Phone", "  phones: {from: Phone, split: 1}"), "key 'columns.phones.split'"),
        (("  phones: Phone", "  phones: {from: Phone, words: [a]}"), "key 'columns.phones.words'"),
        (("  phones: Phone", "  phones: [{path: 3}]"), "key 'columns.phones.path'"),
        (("  phones: Phone", "  phones: {from: Phone, generic: [x]}"), "key 'columns.phones.generic': unknown"),
        (("  phones: Phone", "  name: {from: Name, generic: x}"), "key 'columns.name.generic': must be a list"),
        (("  phones: Phone", "  phones: {? [a, b] : c}"), "small.yml"),
    ],
)
def test_what_is_refused(home: Path, change: tuple[str, str], says: str) -> None:
    path = home / "sources" / "small.yml"
    path.write_text(SOURCE.replace(*change), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        source.load("small")
    assert says in str(caught.value) and "small.yml" in str(caught.value)


def test_every_shipped_source_loads_and_says_whose_it_is(home: Path) -> None:
    own = {"small", "puente_csv", "puente_hsds", "puente_template"}  # whatever a clinic puts into our own formats
    for source_id in source.ids():
        if source_id not in own:
            found = source.load(source_id)
            assert found.title and found.licence and found.attribution and found.as_of


@pytest.mark.parametrize("code", Code)
def test_every_problem_has_its_sentences(code: Code) -> None:
    english, spanish = sentence(code, Language.EN), sentence(code, Language.ES)
    for said in (english, spanish):
        assert said.means.endswith(".") and said.do.endswith(".")
    assert english.means != spanish.means


def test_no_sentence_without_a_code() -> None:
    path = Path(source.__file__).parent / "problems.yml"
    assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) == {code.value for code in Code}


class Wire(requests.adapters.BaseAdapter):
    """Stands where the network would be."""

    def __init__(self, *answers: int | Exception, body: bytes = b"a,b\n") -> None:
        super().__init__()
        self.answers = list(answers)
        self.body = body

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:  # type: ignore[override]
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response.url = answer, str(request.url)
        response.request, response.raw = request, io.BytesIO(self.body)
        return response

    def close(self) -> None:
        pass


def _fetch(wire: Wire, url: str = "https://lists.example.org/a.csv", **options: int) -> bytes:
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", wire)
    return fetch(url, session=session, pause=lambda _: None, **{"limit": 1_000_000, **options})


def test_fetch_tries_again_a_bounded_number_of_times() -> None:
    assert _fetch(Wire(requests.ConnectionError(), requests.Timeout(), 200)) == b"a,b\n"
    with pytest.raises(FetchError, match=f"{TRIES} tries"):
        _fetch(Wire(*[requests.ConnectionError()] * TRIES))


def test_fetch_refuses_what_is_not_https_not_there_or_too_large() -> None:
    with pytest.raises(FetchError, match="not an https address"):
        _fetch(Wire(), "http://lists.example.org/a.csv")
    with pytest.raises(FetchError, match="answered 404"):
        _fetch(Wire(404))
    with pytest.raises(FetchError, match="larger than"):
        _fetch(Wire(200, body=b"x" * 2_000_000), limit=1_000_000)
