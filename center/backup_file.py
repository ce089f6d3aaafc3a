"""The file of a backup: frames that can be written and read one by one, sealed under a passphrase if wanted.

    "KAKOU BACKUP 1", newline, then frames with their lengths: first the header (made_ms, schema, salt), never
    sealed, then any number, then an empty one, then SHA-256 of all that came before.

With a passphrase each frame is sealed by ChaCha20-Poly1305 (RFC 8439) under a key of scrypt (RFC 7914); its
number is the nonce and the header is bound, so that frames can be neither changed, moved nor left out.
What the frames mean is not known here.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"KAKOU BACKUP 1\n"
MOST_FRAME = 256 * 1024 * 1024
_LENGTH = 4  # bytes, big-endian
_DIGEST = 32
_SCRYPT = {"length": 32, "n": 2**15, "r": 8, "p": 1}  # 32 MiB, a tenth of a second


class BackupError(Exception):
    """This backup cannot be written, read or restored; the text says why."""


class Header(msgspec.Struct, frozen=True, array_like=True):
    made_ms: int
    schema: int
    salt: bytes  # empty: not sealed


def _cipher(passphrase: str, header: Header) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(Scrypt(salt=header.salt, **_SCRYPT).derive(passphrase.encode()))


class Writer:
    """Writes the frames of one file. `finish` puts everything on the disk."""

    def __init__(self, file: BinaryIO, made_ms: int, schema: int, passphrase: str | None) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._count = 0
        header = Header(made_ms, schema, secrets.token_bytes(16) if passphrase else b"")
        self._bound = msgspec.msgpack.encode(header)
        self._cipher = _cipher(passphrase, header) if passphrase else None
        self._write(MAGIC)
        self._frame(self._bound)

    def add(self, content: bytes) -> None:
        self._count += 1
        packed = zlib.compress(content, 1)
        if self._cipher:
            packed = self._cipher.encrypt(self._count.to_bytes(12, "big"), packed, self._bound)
        self._frame(packed)

    def finish(self) -> None:
        self.add(b"")  # sealed too: the end cannot be moved
        self._file.write(self._hash.digest())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _frame(self, content: bytes) -> None:
        self._write(len(content).to_bytes(_LENGTH, "big") + content)

    def _write(self, some: bytes) -> None:
        self._hash.update(some)
        self._file.write(some)


class Reader:
    """Reads the frames of one file from its beginning. Raises BackupError for what is not whole."""

    def __init__(self, file: BinaryIO, passphrase: str | None) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        if self._read(len(MAGIC)) != MAGIC:
            raise BackupError("this is not a backup of a center")
        self._bound = self._frame()
        try:
            self.header = msgspec.msgpack.decode(self._bound, type=Header)
        except msgspec.DecodeError as error:
            raise BackupError("the backup is damaged at its beginning") from error
        self._open = self._opener(passphrase)

    def _opener(self, passphrase: str | None) -> Callable[[int, bytes], bytes]:
        if not self.header.salt:
            return lambda _, packed: packed
        if not passphrase:
            raise BackupError("this backup is sealed: its passphrase is needed")
        cipher = _cipher(passphrase, self.header)

        def opened(number: int, packed: bytes) -> bytes:
            try:
                return cipher.decrypt(number.to_bytes(12, "big"), packed, self._bound)
            except InvalidTag as error:
                raise BackupError("wrong passphrase, or the backup is damaged") from error

        return opened

    def frames(self) -> Iterator[bytes]:
        """All of them, the file's end checked before this returns."""
        number = 1
        while content := self._unpacked(number):
            yield content
            number += 1
        expected = self._hash.digest()
        if self._file.read(_DIGEST + 1) != expected:
            raise BackupError("the backup is damaged: its check sum differs")

    def _unpacked(self, number: int) -> bytes:
        try:
            return zlib.decompress(self._open(number, self._frame()))
        except zlib.error as error:
            raise BackupError("the backup is damaged") from error

    def _frame(self) -> bytes:
        length = int.from_bytes(self._read(_LENGTH), "big")
        if length > MOST_FRAME:
            raise BackupError("the backup is damaged")
        return self._read(length)

    def _read(self, length: int) -> bytes:
        some = self._file.read(length)
        if len(some) < length:
            raise BackupError("the backup is cut short")
        self._hash.update(some)
        return some


def forget_cached(file: BinaryIO) -> None:
    """Have the next reading come from the disk, where the system can be asked for that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def put_in_place(part: Path, to: Path) -> None:
    """Give the finished file its name, so that a power cut leaves the old one or the new one."""
    os.replace(part, to)
    if os.name != "nt":  # folders cannot be opened there; the rename is journalled
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
