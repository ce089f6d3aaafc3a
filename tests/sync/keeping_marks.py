"""Words that are nobody else's, planted in everything that people write, and each sealed form of them.

A word is in clear nowhere, ever. Sealed bytes with a word in them may lie in a file while the word's matter
is not over and for the days of retention after it; then they lie nowhere, be it in a row, in a free page or
in the log of transactions: whoever has the keys could read them there.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from center.store.private_items import PrivateItems
from station.journal.vault import Vault

_WORD = re.compile(rb"(?:mk|1399)\d{7}")
_KEY = re.compile(rb"[0-9a-f]{64}")
_HEAD = 28  # bytes by which sealed ones are told: their nonce, and what follows


@dataclass
class Word:
    """`over_s`: since when nobody needs it (Unix); None: somebody does."""

    text: str
    what: str
    since_s: float
    over_s: float | None
    at_once: bool = False  # asked for: it goes without the days of retention
    by_deed: bool = False  # a backup of before brings it back
    end: str = ""  # station's id in hex, or center: where it was written


@dataclass
class Marks:
    words: dict[str, Word] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # of codes: the word that it is made of
    sealed: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))

    def word(
        self, what: str, now_s: float, *, end: str, lasts_s: float | None = 0.0, phone: bool = False
    ) -> str:
        """A new one; `lasts_s` None: until somebody does something about it."""
        text = f"{'1399' if phone else 'mk'}{len(self.words):07}"
        over_s = None if lasts_s is None else now_s + lasts_s
        self.words[text] = Word(text, what, now_s, over_s, end=end)
        return text

    def over(self, texts: list[str], now_s: float, *, at_once: bool = False) -> None:
        for text in texts:
            word = self.words[text]
            if word.over_s is None or at_once:
                word.over_s, word.at_once, word.by_deed = now_s, at_once, True

    def came_back(self, end: str) -> None:
        """An older state of one end was put back: what was done there about words may be undone."""
        for word in self.words.values():
            if word.end == end and word.by_deed:
                word.over_s, word.at_once = None, False

    def seen(self, plain: bytes, sealed: bytes) -> None:
        for text in self.within(plain):
            self.sealed[text].add(sealed)

    def within(self, plain: bytes) -> Iterator[str]:
        for found in set(_WORD.findall(plain)):
            if found.decode() in self.words:
                yield found.decode()
        for found in set(_KEY.findall(plain)) if self.keys else ():
            if found.decode() in self.keys:
                yield self.keys[found.decode()]

    def in_files(self, raw: bytes, text: str) -> bool:
        """Whether any sealed form of a word, or a key of the code that it is, lies there."""
        if any(key.encode() in raw for key, word in self.keys.items() if word == text):
            return True
        return any(one[:_HEAD] in raw or _in_text(one) in raw for one in self.sealed.get(text, ()))


def _in_text(sealed: bytes) -> bytes:
    """As a column of text has it (PrivateItems.seal_text)."""
    return base64.b64encode(sealed)[: _HEAD * 4 // 3 - 4]


@contextmanager
def watched() -> Iterator[Marks]:
    """Everything that either end seals meanwhile is looked at before it is sealed."""
    marks = Marks()

    def watching(seal: Any) -> Any:
        def sealing(self: Any, plain: bytes, context: bytes) -> bytes:
            sealed: bytes = seal(self, plain, context)
            marks.seen(plain, sealed)
            return sealed

        return sealing

    with pytest.MonkeyPatch.context() as changed:
        for end in (Vault, PrivateItems):
            changed.setattr(end, "seal", watching(end.seal))
        yield marks


def raw(folder: Path) -> bytes:
    """Every byte of every file in it."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
