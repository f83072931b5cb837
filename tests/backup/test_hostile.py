"""Archives that nobody of ours made: each is refused with a sentence, and nothing is written anywhere."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.backup import archive, kept, reading
from directory.errors import BackupError

Plain = dict[str, Any]
BODY = b"clinic: Kite Clinic\n"
SHA = hashlib.sha256(BODY).hexdigest()


def manifest(*files: Plain, **other: Any) -> bytes:
    plain = {
        "format": 1, "puente": "0.1.0", "made_at": "2026-11-22T10:00:00-08:00", "directory": None, "work": [],
        "publication": None, "counts": {}, "files": list(files), **other,
    }  # fmt: skip
    return json.dumps(plain).encode()


def entry(path: str = "settings.yml", **other: Any) -> Plain:
    return {"path": path, "size": len(BODY), "sha256": SHA, "mtime": 1, "same_as": None, **other}


def packed(*members: tuple[tarfile.TarInfo | str, bytes], format: int = tarfile.USTAR_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=format) as made:
        for head, body in members:
            info = tarfile.TarInfo(head) if isinstance(head, str) else head
            info.size = len(body) if info.isreg() else info.size
            made.addfile(info, io.BytesIO(body))
    return out.getvalue()


def odd(name: str, kind: bytes, target: str = "/etc/passwd") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


GOOD = packed(("manifest.json", manifest(entry())), ("settings.yml", BODY))
CASES: dict[str, bytes] = {
    "empty": b"",
    "no gzip": b"hello" * 1000,
    "cut in the middle": GOOD[: len(GOOD) // 2],
    "cut at the end": GOOD[:-8],
    "a flipped bit": GOOD[:60] + bytes([GOOD[60] ^ 4]) + GOOD[61:],
    "no manifest": packed(("settings.yml", BODY)),
    "manifest is no json": packed(("manifest.json", b"{{{")),
    "manifest is a list": packed(("manifest.json", b"[]")),
    "manifest deep": packed(("manifest.json", b"[" * 200_000)),
    "no format": packed(("manifest.json", manifest(entry(), format=None))),
    "no zone": packed(("manifest.json", manifest(entry(), made_at="2026-11-22T10:00:00")), ("settings.yml", BODY)),
    "absolute": packed(("manifest.json", manifest(entry("/tmp/x.yml"))), ("/tmp/x.yml", BODY)),
    "upward": packed(("manifest.json", manifest(entry("../settings.yml"))), ("../settings.yml", BODY)),
    "upward inside": packed(("manifest.json", manifest(entry("raw/../../x"))), ("raw/../../x", BODY)),
    "dot": packed(("manifest.json", manifest(entry("./settings.yml"))), ("./settings.yml", BODY)),
    "backslash": packed(("manifest.json", manifest(entry("..\\x"))), ("..\\x", BODY)),
    "control character": packed(("manifest.json", manifest(entry("a\x1b[2J"))), ("a\x1b[2J", BODY)),
    "no name": packed(("manifest.json", manifest(entry(""))), ("", BODY)),
    "its own manifest": packed(("manifest.json", manifest(entry("manifest.json"))), ("manifest.json", BODY)),
    "twice": packed(("manifest.json", manifest(entry(), entry())), ("settings.yml", BODY), ("settings.yml", BODY)),
    "same as nothing": packed(("manifest.json", manifest(entry(same_as="other.yml")))),
    "same as itself": packed(("manifest.json", manifest(entry(same_as="settings.yml")))),
    "symbolic link": packed(("manifest.json", manifest(entry())), (odd("settings.yml", tarfile.SYMTYPE), b"")),
    "hard link": packed(("manifest.json", manifest(entry())), (odd("settings.yml", tarfile.LNKTYPE), b"")),
    "device": packed(("manifest.json", manifest(entry())), (odd("settings.yml", tarfile.CHRTYPE), b"")),
    "pipe": packed(("manifest.json", manifest(entry())), (odd("settings.yml", tarfile.FIFOTYPE), b"")),
    "folder": packed(("manifest.json", manifest(entry())), (odd("settings.yml", tarfile.DIRTYPE), b"")),
    "link before the manifest": packed((odd("manifest.json", tarfile.SYMTYPE), b"")),
    "long header": packed(("manifest.json", manifest(entry())), ("a" * 3000, BODY), format=tarfile.PAX_FORMAT),
    "another name": packed(("manifest.json", manifest(entry())), ("texts.yml", BODY)),
    "another size": packed(("manifest.json", manifest(entry(size=5))), ("settings.yml", BODY)),
    "size that lies": packed(("manifest.json", manifest(entry())), ("settings.yml", BODY + b"x")),
    "negative size": packed(("manifest.json", manifest(entry(size=-1))), ("settings.yml", BODY)),
    "another hash": packed(("manifest.json", manifest(entry(sha256="0" * 64))), ("settings.yml", BODY)),
    "one too few": packed(("manifest.json", manifest(entry(), entry("texts.yml"))), ("settings.yml", BODY)),
    "one too many": packed(("manifest.json", manifest(entry())), ("settings.yml", BODY), ("texts.yml", BODY)),
    "more than any disk": packed(("manifest.json", manifest(entry(size=1 << 60))), ("settings.yml", BODY)),
    "a bomb behind": packed(("manifest.json", manifest(entry())), ("settings.yml", BODY), ("bomb", bytes(50 << 20))),
    "a bomb as manifest": packed(("manifest.json", bytes(50 << 20))),
    "a newer one": packed(("manifest.json", manifest(entry(), format=2))),
    "a newer Puente": packed(("manifest.json", manifest(entry(), puente="99.0")), ("settings.yml", BODY)),
    "broken database": packed(
        ("manifest.json", manifest(entry("work.db", size=120, sha256=hashlib.sha256(b"SQLite" * 20).hexdigest()))),
        ("work.db", b"SQLite" * 20),
    ),
    "age, but nothing more": b"age-encryption.org/v1\n-> scrypt x 18\n",
}


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def made(content: bytes) -> Path:
        path = tmp_path / "puente-backup-20261122T100000Z.tar.gz"
        path.write_bytes(content)
        return path

    return made


@pytest.mark.parametrize("case", CASES)
def test_refused_with_a_sentence(case: str, file: Callable[[bytes], Path], tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    before = {path for path in tmp_path.rglob("*") if into not in path.parents} | {file(CASES[case])}
    with pytest.raises(BackupError) as refused:
        reading.unpacked(file(CASES[case]), "a long passphrase", into)
    assert str(refused.value).endswith((".", "backups", "them.", "FILE")) and len(str(refused.value)) > 60
    assert {path for path in tmp_path.rglob("*") if into not in path.parents} == before
    assert not [path for path in into.rglob("*") if path.is_symlink()]


def test_the_good_one_is_taken(file: Callable[[bytes], Path], tmp_path: Path) -> None:
    found = reading.unpacked(file(GOOD), None, tmp_path)
    assert found.files[0].path == "settings.yml" and (tmp_path / "settings.yml").read_bytes() == BODY


@pytest.mark.parametrize("name", ["models/puente-1.tar.gz", "upgrade/upgrade.py", "restore.json", "x.lock", "a/b/c"])
def test_what_no_backup_of_ours_holds_is_put_nowhere(name: str, file: Callable[[bytes], Path], tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    reading.unpacked(file(packed(("manifest.json", manifest(entry(name))), (name, BODY))), None, into)
    assert list(into.iterdir()) == [] and not kept.belongs(name)


def test_a_bomb_is_not_unpacked_into_memory(file: Callable[[bytes], Path]) -> None:
    import tracemalloc

    path = file(CASES["a bomb behind"])
    tracemalloc.start()
    with path.open("rb") as source, pytest.raises(BackupError):
        archive.read(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20, peak
