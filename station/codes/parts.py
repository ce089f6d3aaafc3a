"""SMART Health Cards that were cut into several codes (`shc:/2/3/…`), put together again.

The format gave this up, but such cards are still on paper ("Chunking", SMART Health Cards 1.4). A part
says its number and how many there are, not which card it is of. So parts count together only if they
agree with each other and follow each other closely; whether they are of one card, the signature says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from station.codes.result import Missing, Problem, unproved
from station.core.model import CodeStatus, Credential

_PART = re.compile(r"shc:/([0-9]{1,2})/([0-9]{1,2})/((?:[0-9]{2})+)")
_MAX_DIGITS = 2 * 1191  # a longer part would not fit a QR code of version 22, the largest one allowed
PATIENCE_S = 30.0  # to turn the page; later it is somebody else's card


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a card that has `total` of them."""

    number: int  # from 1
    total: int  # from 2
    digits: str = field(repr=False)

    def goes_with(self, other: Part) -> bool:
        """Whether both may be of one card."""
        return self.total == other.total and (self.number != other.number or self == other)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The parts of one card that were shown so far, the last one at `at` (monotonic s)."""

    parts: tuple[Part, ...] = ()
    at: float = 0.0

    def add(self, part: Part, at: float) -> Gathering:
        """With one more part. One that comes late or cannot belong to the others begins a new card."""
        if at - self.at > PATIENCE_S or not all(map(part.goes_with, self.parts)):
            return Gathering((part,), at)
        parts = sorted({*self.parts, part}, key=lambda shown: shown.number)
        return Gathering(tuple(parts), at)

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that were not shown yet; none are known of before the first part."""
        total = self.parts[0].total if self.parts else 0
        shown = {part.number for part in self.parts}
        return tuple(number for number in range(1, total + 1) if number not in shown)

    @property
    def text(self) -> str | None:
        """The whole card as one code text, once no part is missing."""
        if not self.parts or self.missing:
            return None
        return "shc:/" + "".join(part.digits for part in self.parts)


def judged_whole(credential: Credential) -> Credential:
    """What a card of several parts proved.

    Parts of two people's cards join as well, and then no signature fits: that is no forgery, but something
    to be shown again. So such a card is never called false, only "cannot check".
    """
    if credential.status in (CodeStatus.BAD_SIGNATURE, CodeStatus.DAMAGED):
        problem = Problem(CodeStatus.CANNOT_CHECK, Missing.ONE_CARD)
        return unproved(credential.kind, problem, issuer=credential.issuer)
    return credential


def part_of(text: str) -> Part | None:
    """The part of a card that a code text is; None for a whole card, and for whatever is no card."""
    match = _PART.fullmatch(text)
    if not match or len(match[3]) > _MAX_DIGITS:
        return None
    number, total = int(match[1]), int(match[2])
    return Part(number, total, match[3]) if 1 <= number <= total and total > 1 else None


def join(texts: Sequence[str]) -> list[str]:
    """The texts, with the whole card in the place of each part whose siblings are there as well."""
    whole, gathering = dict[Part | None, str](), Gathering()
    for part in filter(None, map(part_of, texts)):
        gathering = gathering.add(part, at=0.0)
        if gathering.text:
            whole |= dict.fromkeys(gathering.parts, gathering.text)
    return [whole.get(part_of(text), text) for text in texts]
