"""The bytes of a stick file (`.kkb`), pure, for both ends: what cannot go by network is carried.

`KKB1`, then frames, each with its length in four bytes before it (big endian): the header, sealed blocks, and
an empty frame that says that nothing is missing; then 64 bytes of Ed25519 signature over the SHA-256 of
everything before. The key of the blocks (AES-256-GCM) is sealed to whoever the stick is for by HPKE (RFC
9180); each block is bound to its place and to the header.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from station.sync.bundle import (
    MOST_ANSWER_BYTES,
    BundleError,
    ChainAt,
    Id16,
    Incarnation,
    Milliseconds,
    Number,
    Purpose,
    Word,
    is_signed,
    pack,
    to_sign,
    unpack,
)

MAGIC = b"KKB1"
SUFFIX = ".kkb"
VERSION = 1
_FAMILY = b"KKB"  # with another digit after it: of a newer version
_MOST_HEADER_BYTES = 1024 * 1024
_LENGTH, _SIGNATURE = 4, 64
_INFO = b"kakou stick 1\0"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Direction(StrEnum):
    UP = "up"  # entries, sealed to the center
    DOWN = "down"  # acks and lists, sealed to one station


class StickProblem(StrEnum):
    """What is wrong with a stick; each has its own words."""

    NO_STICK = "no_stick"  # another kind of file
    TORN = "torn"  # copied half, or pulled out too early
    NEWER = "newer"  # written by a newer version
    CHANGED = "changed"  # the signature does not fit
    OTHER_CENTER = "other_center"
    OTHER_STATION = "other_station"
    WRONG_WAY = "wrong_way"  # the one that was brought there came back
    UNKNOWN_STATION = "unknown_station"  # the center does not know who wrote it
    FULL = "full"  # no room on it
    UNREADABLE = "unreadable"  # the file cannot be read or written


class StickError(Exception):
    """Nothing of the stick was taken, or nothing was left on it."""

    def __init__(self, problem: StickProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem


class Header(msgspec.Struct, frozen=True, array_like=True):
    v: int
    direction: Word
    station: Id16
    name: Word  # of the station, so that people see whose it is
    center: Id16  # `center_id`
    created_ms: Milliseconds
    key: bytes  # of the blocks, sealed
    ranges: tuple[tuple[Incarnation, Number, Number], ...] = ()  # incarnation, first, last
    credential: bytes = b""  # up: a center that forgot the station knows it again
    chains: tuple[ChainAt, ...] = ()  # up: as in a hello, so that the answer can speak of all of them


class Block(msgspec.Struct, frozen=True, array_like=True):
    """`push`: pack(Push), `reports`: pack(Reports); `day`, `ack`, `page`, `taken`: pack(Signed);
    `compared`: pack(SignedDay).

    Others may come, and are passed over.
    """

    kind: Word
    body: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the header, before its key is made."""

    direction: Direction
    station: bytes
    name: str
    center: bytes
    created_ms: int
    ranges: tuple[tuple[int, int, int], ...] = ()
    credential: bytes = b""
    chains: tuple[ChainAt, ...] = ()


def center_id(center_key: bytes) -> bytes:
    """Names a center on its sticks: 16 bytes of its Ed25519 key's hash."""
    return sha256(center_key).digest()[:16]


def write_stick(
    out: BinaryIO, draft: Draft, blocks: Iterable[Block], recipient: bytes, sign: Callable[[bytes], bytes]
) -> None:
    """Write a whole stick, sealed to `recipient` (X25519). Raises OSError, and what `blocks` raises."""
    key = secrets.token_bytes(32)
    header = pack(
        Header(
            VERSION, draft.direction, draft.station, draft.name[:200], draft.center, draft.created_ms,
            _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(recipient), info=_INFO),
            draft.ranges, draft.credential, draft.chains,
        )
    )  # fmt: skip
    cipher, digest = AESGCM(key), sha256()

    def write(data: bytes) -> None:
        digest.update(data)
        out.write(data)

    write(MAGIC + _framed(header))
    for number, block in enumerate(blocks):
        write(_framed(cipher.encrypt(_nonce(number), pack(block), sha256(header).digest())))
    write(_framed(b""))
    out.write(sign(to_sign(Purpose.STICK, digest.digest())))


def read_header(file: BinaryIO) -> Header:
    """Whose a stick is, not verified yet. Raises StickError."""
    return _header(_first_frame(file))


def verify_stick(file: BinaryIO, writer_key: bytes) -> None:
    """Look at every byte before anything of it is taken. `writer_key`: Ed25519. Raises StickError."""
    file.seek(0)
    digest = sha256(MAGIC)
    header = _first_frame(file)
    digest.update(_framed(header))
    for frame in _frames(file):
        digest.update(_framed(frame))
    digest.update(_framed(b""))
    signature = file.read(_SIGNATURE + 1)
    if len(signature) < _SIGNATURE:
        raise StickError(StickProblem.TORN, "ends in its signature")
    if not is_signed(writer_key, Purpose.STICK, digest.digest(), signature):
        raise StickError(StickProblem.CHANGED)


def read_blocks(file: BinaryIO, private_key: X25519PrivateKey) -> Iterator[Block]:
    """The blocks of a verified stick. Raises StickError if it was sealed to another key."""
    file.seek(0)
    header = _first_frame(file)
    bound = sha256(header).digest()
    try:
        cipher = AESGCM(_SUITE.decrypt(_header(header).key, private_key, info=_INFO))
        for number, frame in enumerate(_frames(file)):
            opened = cipher.decrypt(_nonce(number), frame, bound)
            yield unpack(opened, Block, most=2 * MOST_ANSWER_BYTES)
    except (InvalidTag, ValueError) as error:
        raise StickError(StickProblem.CHANGED, "sealed to another key") from error
    except BundleError as error:
        raise StickError(StickProblem.CHANGED, str(error)) from error


def _header(frame: bytes) -> Header:
    try:
        header = unpack(frame, Header, most=_MOST_HEADER_BYTES)
    except BundleError as error:
        raise StickError(StickProblem.CHANGED, str(error)) from error
    if header.v > VERSION:
        raise StickError(StickProblem.NEWER, f"version {header.v}")
    return header


def _first_frame(file: BinaryIO) -> bytes:
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        newer = magic[:3] == _FAMILY and magic[3:].isdigit()
        raise StickError(StickProblem.NEWER if newer else StickProblem.NO_STICK)
    return _frame(file, _MOST_HEADER_BYTES)


def _frames(file: BinaryIO) -> Iterator[bytes]:
    while frame := _frame(file, 2 * MOST_ANSWER_BYTES):
        yield frame


def _frame(file: BinaryIO, most: int) -> bytes:
    length = file.read(_LENGTH)
    size = int.from_bytes(length, "big")
    if len(length) == _LENGTH and size > most:
        raise StickError(StickProblem.CHANGED, f"a frame of {size} bytes")
    content = file.read(size)
    if len(length) < _LENGTH or len(content) < size:
        raise StickError(StickProblem.TORN, "ends in a frame")
    return content


def _framed(content: bytes) -> bytes:
    return len(content).to_bytes(_LENGTH, "big") + content


def _nonce(number: int) -> bytes:
    """Each key seals one stick, and each place of it once."""
    return number.to_bytes(12, "big")
