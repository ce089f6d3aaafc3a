"""What the station knows of one kind of serial scanners. No port, no clock, no thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Code:
    """The text of a code, complete. Personal; never log it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadCode:
    """Bytes that are no code. They may be a part of one, so only their number is told."""

    reason: str  # overlong, control, encoding
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A scanner's answer to a command."""

    data: bytes


Heard = Code | BadCode | Reply


class ScannerDecoder(Protocol):
    """Bytes in, codes and replies out, in the order in which they came.

    Takes any bytes in any pieces, never raises and keeps no more than about one code. What arrives first may
    be the rest of a code from before: none counts until the line was quiet, or a code or a reply has ended.
    """

    def feed(self, data: bytes) -> list[Heard]: ...

    def pause(self) -> list[Heard]:
        """Somebody listened for 0.1 s and nothing came. To be called again for every further 0.1 s."""


@dataclass(frozen=True, slots=True)
class ScannerKind:
    """One kind: how it is spoken to, and how its bytes are read."""

    slug: str
    title: str  # as a seller would write it
    bauds: tuple[int, ...]  # 8N1; the factory setting first. A scanner that is a USB port ignores them
    decoder: Callable[[], ScannerDecoder]
    source: str
    query: bytes | None = None  # asks for a reply and changes nothing; None: it only ever says codes
