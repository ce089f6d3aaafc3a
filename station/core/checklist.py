"""The checklists of a shift (履职清单): their points, as a data file has them, and which are open. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from hashlib import sha256

import msgspec

MOST_POINTS = 10  # what a page of large buttons holds
MOST_OF_TEXT = 40  # characters
MOST_OF_ENGLISH = 60
_BAR = re.compile(r"[|｜]")
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ChecklistError(ValueError):
    """A file is no checklist; the message says why."""


class LineProblem(StrEnum):
    """Why lines that somebody typed are no list."""

    NOTHING = "nothing"
    MANY = "many"
    LONG = "long"
    TWICE = "twice"


class LinesError(ChecklistError):
    """`line`: the one that is meant."""

    def __init__(self, problem: LineProblem, line: str = "") -> None:
        super().__init__(f"{problem}: {line}")
        self.problem, self.line = problem, line


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to do. `id` is kept with the tick and never changes."""

    id: str
    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class Checklist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list. With hours (local, from and until) it belongs only to shifts that reach into them."""

    id: str
    zh: str
    en: str
    points: tuple[Point, ...]
    hours: tuple[time, time] | None = None

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.zh

    def applies(self, begins: datetime, until: datetime, zone: tzinfo) -> bool:
        """Whether a shift between these moments reaches into its hours."""
        if self.hours is None:
            return True
        first, last = self.hours
        day = begins.astimezone(zone).date() - timedelta(days=1)
        while day <= until.astimezone(zone).date():
            start = datetime.combine(day, first, zone)
            end = datetime.combine(day if last > first else day + timedelta(days=1), last, zone)
            if start < until and begins < end:
                return True
            day += timedelta(days=1)
        return False


def parse_checklist(text: str) -> Checklist:
    """A list in TOML. Raises ChecklistError."""
    try:
        found = msgspec.toml.decode(text, type=Checklist)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ChecklistError(str(error)) from error
    return _checked(found)


def with_points(usual: Checklist, points: Iterable[Point]) -> Checklist:
    """The same list with other points; one without English says its Chinese. Raises ChecklistError."""
    said = tuple(msgspec.structs.replace(one, en=one.en or one.zh) for one in points)
    return _checked(msgspec.structs.replace(usual, points=said))


def read_lines(text: str, known: Iterable[Point]) -> tuple[Point, ...]:
    """Points as somebody types them: one a line, its English after a bar. Raises LinesError.

    A text that is `known` keeps its id, any other gets one of its own, always the same: a tick never counts
    for something else than what was read when it was made.
    """
    there = {one.zh: one for one in known}
    typed = [line.strip() for line in text.splitlines() if line.strip()]
    points = tuple(_point(line, there) for line in typed)
    for line, point in zip(typed, points, strict=True):
        if not 0 < len(point.zh) <= MOST_OF_TEXT or len(point.en) > MOST_OF_ENGLISH:
            raise LinesError(LineProblem.LONG, line)
        if sum(one.zh == point.zh for one in points) > 1:
            raise LinesError(LineProblem.TWICE, line)
    if not points:
        raise LinesError(LineProblem.NOTHING)
    if len(points) > MOST_POINTS:
        raise LinesError(LineProblem.MANY)
    return points


def as_lines(points: Iterable[Point]) -> str:
    """What `read_lines` reads."""
    return "\n".join(one.zh if one.en in ("", one.zh) else f"{one.zh} | {one.en}" for one in points)


def _point(line: str, there: Mapping[str, Point]) -> Point:
    zh, _, en = (part.strip() for part in _BAR.sub("|", line, count=1).partition("|"))
    if zh in there:
        return msgspec.structs.replace(there[zh], en=en or there[zh].en)
    return Point(f"p{sha256(zh.encode()).hexdigest()[:12]}", zh, en)


def _checked(found: Checklist) -> Checklist:
    """Raises ChecklistError."""
    ids = [point.id for point in found.points]
    if not 1 <= len(ids) <= MOST_POINTS or len(set(ids)) < len(ids):
        raise ChecklistError(f"{found.id}: 1 to {MOST_POINTS} points, each with an id of its own")
    if wrong := [one for one in (found.id, *ids) if not _SLUG.fullmatch(one)]:
        raise ChecklistError(f"{wrong[0]!r} is no id")
    if long := [p.id for p in found.points if not _fits(p)]:
        raise ChecklistError(f"{long[0]}: too long, or empty")
    return found


def _fits(point: Point) -> bool:
    return 0 < len(point.zh) <= MOST_OF_TEXT and 0 < len(point.en) <= MOST_OF_ENGLISH


@dataclass(frozen=True, slots=True)
class Tick:
    """The newest word about a point. `by`: a number; empty: whoever was on duty had none."""

    list_id: str
    point: str
    at: datetime
    done: bool
    by: str = ""
    duty: int | None = None


def newest(ticks: Iterable[Tick]) -> Mapping[tuple[str, str], Tick]:
    """By list and point; `ticks` are oldest first."""
    return {(one.list_id, one.point): one for one in ticks}


def open_points(lists: Sequence[Checklist], ticks: Iterable[Tick]) -> list[tuple[Checklist, Point]]:
    """What nobody has done yet."""
    state = newest(ticks)
    return [
        (one, point)
        for one in lists
        for point in one.points
        if (tick := state.get((one.id, point.id))) is None or not tick.done
    ]
