"""SMART Health Cards that were cut into several codes (`shc:/2/3/…`), put together again.

The format gave this up, but such cards are still on paper ("Chunking", SMART Health Cards 1.4). A part
says its number and how many there are, not which card it is of. So parts count together only if they
agree with each other and follow each other closely; whether they are of one card, the signature says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_PART = re.compile(r"shc:/([0-9]{1,2})/([0-9]{1,2})/((?:[0-9]{2})+)", re.ASCII)
_MAX_DIGITS = 2 * 1191  # a longer part would not fit a QR code of version 22, the largest one allowed
PATIENCE_S = 30.0  # to turn a page; later it is somebody else's card


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a card that has `total` of them."""

    number: int  # from 1
    total: int  # 2 to 99
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The parts of one card that were shown so far, the last one at `at` (monotonic s)."""

    parts: tuple[Part, ...] = ()
    at: float = 0.0

    def add(self, part: Part, at: float) -> Gathering:
        """With one more part. A part that cannot belong to the others begins a new card."""
        others = tuple(other for other in self.parts if other.number != part.number)
        same_again = part in self.parts or others == self.parts
        fits = all(other.total == part.total for other in self.parts)
        if same_again and fits and at - self.at <= PATIENCE_S:
            return Gathering((*others, part), at)
        return Gathering((part,), at)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the parts that have not been shown; empty before the first one too."""
        shown = {part.number for part in self.parts}
        return tuple(number for part in self.parts[:1] for number in range(1, part.total + 1) if number not in shown)

    @property
    def text(self) -> str | None:
        """The whole card as one code text, once no part is missing."""
        if not self.parts or self.missing:
            return None
        return "shc:/" + "".join(part.digits for part in sorted(self.parts, key=lambda part: part.number))


def part_of(text: str) -> Part | None:
    """The part of a card that a code text is, or None: a whole card, or no card at all."""
    match = _PART.fullmatch(text)
    if not match or len(match[3]) > _MAX_DIGITS:
        return None
    number, total = int(match[1]), int(match[2])
    return Part(number, total, match[3]) if 1 <= number <= total and total > 1 else None


def join(texts: Iterable[str]) -> list[str]:
    """Each text, or the whole card that it is a part of if the others are there as well."""
    texts = list(texts)
    gathering = Gathering()
    whole = {}
    for text in texts:
        if part := part_of(text):
            gathering = gathering.add(part, 0.0)
            if gathering.text:
                whole |= {p: gathering.text for p in gathering.parts}
    return [whole.get(part, text) if (part := part_of(text)) else text for text in texts]
