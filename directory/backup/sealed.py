"""Encryption with a passphrase in the age format (age-encryption.org/v1), which the program `age` opens too.

The library works in memory, so what can be sealed is bounded.
"""

from __future__ import annotations

from directory.errors import BackupError

__all__ = ["HEAD", "MOST", "SHORTEST", "is_sealed", "opened", "refuse_weak", "seal"]

HEAD = b"age-encryption.org/v1"
MOST = 1 << 30
"""Bytes of a packed backup that may be sealed: twice that is held in memory."""
SHORTEST = 12


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so is encrypted."""
    return beginning.startswith(HEAD)


def refuse_weak(passphrase: str) -> None:
    """BackupError for a passphrase that can be found by trying."""
    if len(passphrase.strip()) < SHORTEST:
        raise BackupError(
            f"The passphrase is too short: whoever finds the backup could try them all. Take {SHORTEST} letters or "
            "more, for example four words that have nothing to do with each other, and keep it apart from the backup."
        )


def seal(plain: bytes, passphrase: str) -> bytes:
    """The bytes, encrypted; BackupError when there are too many."""
    import pyrage

    if len(plain) > MOST:
        raise BackupError(
            f"The backup has {len(plain) >> 20} MB, and Puente encrypts up to {MOST >> 20} MB, because it happens in "
            "memory. Nothing was written. Make it without --encrypt onto a disk that is encrypted, or encrypt it with "
            "the program age: age -p FILE"
        )
    return bytes(pyrage.passphrase.encrypt(plain, passphrase))


def opened(data: bytes, passphrase: str) -> bytes:
    """The bytes as they were; BackupError when the passphrase is not the one."""
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as why:
        raise BackupError(
            "That is not the passphrase of this backup, or the backup is damaged. Nothing was changed. Try again; "
            "large and small letters and spaces count. Without its passphrase nobody can open it."
        ) from why
