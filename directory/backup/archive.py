"""The archive: an ordinary .tar.gz of plain files in the order of its manifest, which comes first.

It is read block by block by a reader of our own that knows one kind of member, a plain file that the manifest names
next: links, devices, long headers and whatever else a tar may hold are refused before a byte of them is kept.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from directory.backup.manifest import LARGEST, NAME, File, Manifest
from directory.errors import BackupError

__all__ = ["read", "read_manifest", "write"]

_BLOCK = 512
_CHUNK = 1 << 20
_END = bytes(_BLOCK)
_PADDING = 20 * _BLOCK
"""What other tars write after the last file; more is none of ours."""
_LEVEL = 6
Progress = Callable[[int, int], None]


def write(target: BinaryIO, manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Writes the manifest and its files from that folder; BackupError when one is not what the manifest says."""
    done = 0
    with gzip.GzipFile("", "wb", _LEVEL, target, mtime=int(manifest.made_at.timestamp())) as packed:
        content = manifest.to_bytes()
        _add(packed, File(NAME, len(content), hashlib.sha256(content).hexdigest(), 0), BytesIO(content))
        for file in manifest.files:
            if file.same_as is None:
                with (folder / file.path).open("rb") as source:
                    _add(packed, file, source)
            progress(done := done + file.size, manifest.unpacked)
        packed.write(_END * 2)


def _add(packed: BinaryIO | gzip.GzipFile, file: File, source: BinaryIO) -> None:
    head = tarfile.TarInfo(file.path)
    head.size, head.mtime, head.mode = file.size, file.mtime, 0o600
    try:
        packed.write(head.tobuf(tarfile.USTAR_FORMAT, "utf-8", "surrogateescape"))
    except ValueError as why:
        raise BackupError(f"{file.path} has too long a name for a backup. Give it a shorter one.") from why
    digest, size = hashlib.sha256(), 0
    while block := source.read(_CHUNK):
        packed.write(block)
        digest.update(block)
        size += len(block)
    if (size, digest.hexdigest()) != (file.size, file.sha256):
        raise BackupError(f"{file.path} changed while it was backed up, so no backup was made. Try again.")
    packed.write(bytes(-size % _BLOCK))


def read_manifest(source: BinaryIO) -> Manifest:
    """Only what a backup says of itself."""
    with _damage(), gzip.GzipFile(fileobj=source) as packed:
        return _manifest(packed)


def read(source: BinaryIO, into: Path | None = None, wanted: Callable[[str], bool] = lambda path: True) -> Manifest:
    """Reads a whole archive and checks each size and hash; unpacks what is wanted into an empty folder."""
    with _damage(), gzip.GzipFile(fileobj=source) as packed:
        manifest = _manifest(packed)
        if into is not None:
            _refuse_no_room(manifest, into)
        for file in manifest.files:
            target = into / file.path if into is not None and wanted(file.path) else None
            if file.same_as is None:
                _take(packed, file, target)
            elif target is not None and into is not None:
                _again(into / file.same_as, target, file)
        _refuse_more(packed)
    return manifest


def _manifest(packed: gzip.GzipFile) -> Manifest:
    head = _head(packed)
    if head.name != NAME or head.size > LARGEST:
        raise BackupError(
            "This is no backup of Puente: it does not begin with a list of its contents. Nothing was changed. "
            "Backups are called puente-backup-*.tar.gz; puente backups lists them."
        )
    content = _exactly(packed, head.size)
    _exactly(packed, -head.size % _BLOCK)
    return Manifest.from_bytes(content)


def _head(packed: gzip.GzipFile) -> tarfile.TarInfo:
    found = tarfile.TarInfo.frombuf(_exactly(packed, _BLOCK), "utf-8", "surrogateescape")
    if found.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or found.size < 0:
        raise BackupError(
            "The backup holds something that is no plain file (a link, a device, a folder), which Puente never puts "
            "into one. Nothing was changed. Do not use it; take another one: puente backups"
        )
    return found


def _take(packed: gzip.GzipFile, file: File, target: Path | None) -> None:
    head = _head(packed)
    if (head.name, head.size) != (file.path, file.size):
        raise BackupError(f"{_DAMAGED} It holds something other than its list of contents says ({file.path}).")
    digest = hashlib.sha256()
    with _written(target) as out:
        for block in _blocks(packed, file.size):
            digest.update(block)
            if out:
                out.write(block)
    _exactly(packed, -file.size % _BLOCK)
    if digest.hexdigest() != file.sha256:
        raise BackupError(f"{_DAMAGED} {file.path} is not what it was.")
    if target is not None:
        os.utime(target, (file.mtime, file.mtime))


@contextmanager
def _written(target: Path | None) -> Iterator[BinaryIO | None]:
    """A new file for its owner only, on the disk at the end; None for nowhere."""
    if target is None:
        yield None
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _again(first: Path, target: Path, file: File) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(first, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(first, target)
        os.utime(target, (file.mtime, file.mtime))
    target.chmod(0o600)


def _blocks(packed: gzip.GzipFile, size: int) -> Iterator[bytes]:
    while size:
        block = _exactly(packed, min(size, _CHUNK))
        size -= len(block)
        yield block


def _exactly(packed: gzip.GzipFile, size: int) -> bytes:
    found = packed.read(size) if size else b""
    while len(found) < size:
        more = packed.read(size - len(found))
        if not more:
            raise EOFError
        found += more
    return found


def _refuse_more(packed: gzip.GzipFile) -> None:
    """Nothing stands behind the last file; reading to the end checks the sum of the whole, too."""
    rest = packed.read(_PADDING + 1)
    if len(rest) < 2 * _BLOCK or len(rest) > _PADDING or rest.strip(b"\0"):
        raise BackupError(f"{_DAMAGED} There is something behind its last file.")


def _refuse_no_room(manifest: Manifest, into: Path) -> None:
    free = shutil.disk_usage(into).free
    if manifest.unpacked > free:
        raise BackupError(
            f"Unpacked, the backup needs {manifest.unpacked >> 20} MB, and the disk of {into.parent} has "
            f"{free >> 20} MB free. Nothing was changed. Make room, then try again."
        )


_DAMAGED = (
    "The backup is damaged or was changed, so it is not used. Nothing was changed. "
    "Take another one: puente backups lists them."
)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.HeaderError, UnicodeError) as why:
        raise BackupError(f"{_DAMAGED} It ends too early, or it is no backup at all.") from why
