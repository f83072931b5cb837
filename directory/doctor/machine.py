"""The machine: room on the disk, memory, who may read Puente's files, logs that grow."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from directory.doctor.finding import Finding, Look

__all__ = ["disk", "logs", "memory", "permissions"]

MB = 1_000_000
MACHINE, CONTAINER = Path("/proc/meminfo"), Path("/sys/fs/cgroup/memory.max")
"""Where the system tells of its memory, and of what this container may take."""
LEAST = 500 * MB
"""Free room below which one list, one model and one backup may not fit together."""
_INODES = 5000
_MEMORY = 1500 * MB
_SMALL_MEMORY = 700 * MB
_LOGS = 200 * MB


def disk(look: Look) -> Iterator[Finding]:
    """Whether the disk can be written, and has room for a backup and for a publication."""
    try:
        with TemporaryFile(dir=look.home) as file:
            file.write(b"room")
            file.flush()
    except OSError as error:
        text = f"Nothing can be written into Puente's folder ({error.strerror}): no list, no backup, no conversation."
        yield Finding("disk.unwritable", "mend", text, f"df -h {look.home}")
        return
    found = os.statvfs(look.home)
    free, need = found.f_bavail * found.f_frsize, _needed(look.home)
    if free < need:
        text = f"{_size(free)} are free on the disk; a backup beside a publication takes up to {_size(need)}."
        yield Finding("disk.room", "mend", text, f"du -sh {look.home}/*")
    elif free < max(LEAST, 2 * need):
        text = f"{_size(free)} are free on the disk, which is little. Make room before the next list."
        yield Finding("disk.room", "look", text, f"du -sh {look.home}/*")
    elif found.f_files and found.f_favail < _INODES:
        text = f"Only {found.f_favail} more files fit on the disk, although it has room."
        yield Finding("disk.inodes", "look", text, f"df -i {look.home}")
    else:
        yield Finding("disk", "ok", f"{_size(free)} are free on the disk.")


def _needed(home: Path) -> int:
    """Room for a backup and a publication at the same time, at their most."""
    sizes = {path: path.stat().st_size for path in _files(home)}
    whole = sum(size for path, size in sizes.items() if "backups" not in path.parts and "models" not in path.parts)
    return whole + 2 * sizes.get(home / "directory.db", 0)


def _files(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path


def _size(count: int) -> str:
    return f"{count / 1_000_000_000:.1f} GB" if count >= 1_000_000_000 else f"{max(count // MB, 1)} MB"


def memory(look: Look) -> Iterator[Finding]:
    """Whether assistant and training fit into the memory of the machine, or of the container."""
    whole = _memory()
    if whole is None:
        return
    if whole < _SMALL_MEMORY:
        text = f"This machine has {_size(whole)} of memory; the assistant alone takes about 400 MB, training 1.1 GB."
        yield Finding("memory", "mend", text, "free -m")
    elif whole < _MEMORY:
        text = f"This machine has {_size(whole)} of memory: enough to answer, scarce to train a model beside it."
        yield Finding("memory", "look", f"{text} Train at night, or add swap.", "free -m")
    else:
        yield Finding("memory", "ok", f"{_size(whole)} of memory.")


def _memory() -> int | None:
    """Memory and swap of the machine, or what the container may take; None where the system does not tell."""
    try:
        lines = dict(line.split(":", 1) for line in MACHINE.read_text().splitlines())
        whole = sum(int(lines[name].split()[0]) * 1024 for name in ("MemTotal", "SwapTotal"))
    except (OSError, KeyError, ValueError):
        return None
    try:
        return min(whole, int(CONTAINER.read_text()))
    except (OSError, ValueError):
        return whole


def permissions(look: Look) -> Iterator[Finding]:
    """Whether anybody but the owner can read what is kept, and whether the owner is the one who runs Puente."""
    home = look.home.resolve()
    mode, key = stat.S_IMODE(home.stat().st_mode), home / "secret.key"
    files = [(path, path.stat()) for path in _files(home)]
    if mode & 0o077:
        count = sum(1 for _, found in files if found.st_mode & 0o077)
        text = f"Other users of this machine can look into {look.home} and read {count} files in it."
        yield Finding("home.open", "mend", text, f"chmod -R go-rwx {look.home}")
    elif key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        text = "The key file may be read by others once its folder is open: sessions could be forged."
        yield Finding("home.key", "mend", text, f"chmod 600 {look.home / key.name}")
    strange = [path for path, found in files if found.st_uid != os.geteuid()]
    if strange:
        text = f"{len(strange)} files belong to another user than the one who runs this, such as {strange[0].name}."
        yield Finding("home.owner", "look", text, f'sudo chown -R "$(id -un)" {look.home}')
    if not (mode & 0o077 or strange):
        yield Finding("home", "ok", "Only the user who runs Puente can read what it keeps.")


def logs(look: Look) -> Iterator[Finding]:
    """Logs that grew large."""
    found = [path for path in _files(look.home) if ".log" in path.name or path.parent.name == "logs"]
    size = sum(path.stat().st_size for path in found)
    if size > _LOGS:
        text = (
            f"The logs take {_size(size)}. The daily purge ends those past their days; `puente privacy` says how many."
        )
        yield Finding("logs.large", "look", text, "puente purge --dry-run")
    else:
        yield Finding("logs", "ok", "The logs are small.")
