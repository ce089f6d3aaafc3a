"""A file that only a passphrase opens, written and read in pieces. Knows nothing of what is in it.

Layout: magic, header (JSON with its length before and a checksum behind it), then pieces of 1 MiB, each
sealed with AES-256-GCM. The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce of a
piece is seven random bytes, its number, and whether it is the last one, so that pieces cannot be swapped,
dropped or cut off unseen. The key is made of the passphrase with scrypt (RFC 7914).
"""

from __future__ import annotations

import hmac
import io
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import IO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"KAKOUBK1"
PIECE = 1 << 20  # bytes in clear
_TAG = 16
_LOG_N = 17  # 128 MiB, 0.4 s: what OWASP asks of scrypt (Password Storage Cheat Sheet, 2023)
_MOST_LOG_N = 20  # a hostile file must not take all memory
_PREFIX = 7
_LENGTH, _SUM = 4, 8  # bytes before and behind the header
_MOST_HEADER = 4096


class Problem(StrEnum):
    NOT_OURS = "not_ours"  # some other file
    NEWER = "newer"  # made by a newer version of this program
    PASSPHRASE = "passphrase"  # it is another one
    TORN = "torn"  # it ends before its end
    CHANGED = "changed"  # a piece is not as it was written


class SealedFileError(Exception):
    """The file cannot be opened, or not to its end. `at`: how many bytes of it are good."""

    def __init__(self, problem: Problem, at: int = 0) -> None:
        super().__init__(f"{problem} after {at} bytes")
        self.problem, self.at = problem, at


class _Header(msgspec.Struct, frozen=True):
    salt: bytes
    prefix: bytes
    check: bytes  # tells a wrong passphrase from a damaged file
    log_n: int = _LOG_N
    v: int = 1


@dataclass(frozen=True, slots=True)
class _Keys:
    cipher: AESGCM
    check: bytes


class Sealing(io.RawIOBase):
    """Write in clear; the file gets pieces. `close` writes the last one; without it the file is torn."""

    def __init__(self, file: IO[bytes], passphrase: str, *, log_n: int = _LOG_N) -> None:
        super().__init__()
        salt, self._prefix = secrets.token_bytes(16), secrets.token_bytes(_PREFIX)
        keys = _keys(passphrase, salt, log_n)
        self._file, self._cipher, self._number = file, keys.cipher, 0
        self._held = bytearray()
        header = msgspec.json.encode(_Header(salt, self._prefix, keys.check, log_n))
        self._head = MAGIC + len(header).to_bytes(_LENGTH, "big") + header
        self._head += sha256(self._head).digest()[:_SUM]
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = memoryview(data).cast("B")  # type: ignore[arg-type] # a buffer, says io.RawIOBase
        self._held += given
        while len(self._held) > PIECE:  # what may be the last piece is held back
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(given)

    def finish(self) -> None:
        """All is written."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), plain, self._head))
        self._number += 1


class Opening(io.RawIOBase):
    """Read in clear what `Sealing` wrote. Raises SealedFileError, at once and while it is read."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._file, self._number, self._held, self._ended = file, 0, b"", False
        header, self._head = _read_header(file)
        keys = _keys(passphrase, header.salt, header.log_n)
        if not hmac.compare_digest(keys.check, header.check):
            raise SealedFileError(Problem.PASSPHRASE)
        self._cipher, self._prefix = keys.cipher, header.prefix
        self.at = len(self._head)  # bytes of the file that were read and are good
        self._ahead = file.read(PIECE + _TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type] # a buffer, says io.RawIOBase
        while not self._held and not self._ended:
            self._next()
        given = self._held[: len(room)]
        room[: len(given)] = given
        self._held = self._held[len(given) :]
        return len(given)

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._file.read(PIECE + _TAG)
        last = not self._ahead
        try:
            self._held = self._cipher.decrypt(_nonce(self._prefix, self._number, last), piece, self._head)
        except (InvalidTag, ValueError) as error:
            raise SealedFileError(self._why(piece, last=last), self.at) from error
        self.at += len(piece)
        self._number += 1
        self._ended = last

    def _why(self, piece: bytes, *, last: bool) -> Problem:
        """A file that was cut has no last piece: half a one, or one that is not marked as the last."""
        if not last:
            return Problem.CHANGED
        if len(piece) < PIECE + _TAG:
            return Problem.TORN
        try:
            self._cipher.decrypt(_nonce(self._prefix, self._number, last=False), piece, self._head)
        except InvalidTag:
            return Problem.CHANGED
        return Problem.TORN


def _read_header(file: IO[bytes]) -> tuple[_Header, bytes]:
    begin = file.read(len(MAGIC) + _LENGTH)
    if begin[: len(MAGIC)] != MAGIC:
        raise SealedFileError(Problem.NOT_OURS)
    length = int.from_bytes(begin[len(MAGIC) :], "big")
    if length > _MOST_HEADER:
        raise SealedFileError(Problem.CHANGED)
    rest = file.read(length + _SUM)
    head = begin + rest
    if len(rest) < length + _SUM:
        raise SealedFileError(Problem.TORN)
    if sha256(head[:-_SUM]).digest()[:_SUM] != head[-_SUM:]:
        raise SealedFileError(Problem.CHANGED)
    try:
        header = msgspec.json.decode(rest[:length], type=_Header)
    except msgspec.DecodeError as error:
        raise SealedFileError(Problem.NEWER) from error
    if header.v != 1 or not 0 < header.log_n <= _MOST_LOG_N:
        raise SealedFileError(Problem.NEWER)
    return header, head


def _keys(passphrase: str, salt: bytes, log_n: int) -> _Keys:
    made = Scrypt(salt=salt, length=64, n=1 << log_n, r=8, p=1).derive(passphrase.encode())
    return _Keys(AESGCM(made[:32]), made[32:])


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])
