"""Readings of characters, all of them: 单 is dan, shan and chan. The table is data and is passed in."""

from __future__ import annotations

from station.roster.text import is_han

Readings = tuple[tuple[str, ...], ...]  # for each character its readings
KEY = 3  # letters by which names are sorted into an index; fewer are exact already


class Pinyin:
    """Readings by a table of one line per syllable, "dan 丹但单…"; "#" begins a remark.

    Characters are looked up when they are first asked for: names use some thousand of the forty thousand.
    """

    def __init__(self, table: str) -> None:
        self._syllables = [
            (syllable, characters)
            for syllable, _, characters in (line.partition(" ") for line in table.splitlines())
            if not syllable.startswith("#")
        ]
        self._known: dict[str, tuple[str, ...]] = {}

    def of_name(self, name: str) -> Readings:
        """The readings of each character; a word in letters is one syllable, spelt as it is."""
        found: list[tuple[str, ...]] = []
        letters = ""
        for character in f"{name} ":
            if character.isascii() and character.isalnum():
                letters += character.lower()
                continue
            if letters:
                found.append((letters,))
                letters = ""
            if is_han(character):
                found.append(self._of_character(character))
        return tuple(found)

    def _of_character(self, character: str) -> tuple[str, ...]:
        if character not in self._known:
            self._known[character] = tuple(
                spelling
                for syllable, characters in self._syllables
                if character in characters
                for spelling in _spellings(syllable)
            )
        return self._known[character]


def _spellings(syllable: str) -> tuple[str, ...]:
    """ü is typed v on a keyboard, and u by those who do not know that."""
    return (syllable, syllable.replace("v", "u")) if "v" in syllable else (syllable,)


def spells(typed: str, readings: Readings) -> bool:
    """Whether this begins the name: zhangxq, zxq, zhxq and zhangx all begin 张小强."""
    if not typed:
        return True
    if not readings:
        return False
    return any(_spells_with(typed, reading, readings[1:]) for reading in readings[0])


def _spells_with(typed: str, reading: str, rest: Readings) -> bool:
    """With this reading of the first character, of which any beginning may have been typed."""
    for length in range(_common(typed, reading), 0, -1):
        if length == len(typed) or spells(typed[length:], rest):
            return True
    return False


def beginnings(readings: Readings, length: int = KEY) -> set[str]:
    """Everything of at most this length that `spells` accepts, for an index."""
    if not readings or not length:
        return set()
    found = set()
    for reading in readings[0]:
        for taken in range(1, min(length, len(reading)) + 1):
            found.add(reading[:taken])
            found |= {reading[:taken] + rest for rest in beginnings(readings[1:], length - taken)}
    return found


def is_initials(typed: str, readings: Readings) -> bool:
    """Whether it is the initials of the whole name."""
    return len(typed) == len(readings) and all(
        any(reading[:1] == letter for reading in choices)
        for letter, choices in zip(typed, readings, strict=True)
    )


def _common(one: str, other: str) -> int:
    """How many characters they share at the beginning."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length
