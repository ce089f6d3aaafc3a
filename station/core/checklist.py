"""The checklists of a shift (履职清单): their points, as a data file has them, and which are open. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

import msgspec

MOST_POINTS = 10  # what a page of large buttons holds
MOST_OF_TEXT = 40  # characters
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ChecklistError(ValueError):
    """A file is no checklist; the message says why."""


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
    ids = [point.id for point in found.points]
    if not 1 <= len(ids) <= MOST_POINTS or len(set(ids)) < len(ids):
        raise ChecklistError(f"{found.id}: 1 to {MOST_POINTS} points, each with an id of its own")
    if wrong := [one for one in (found.id, *ids) if not _SLUG.fullmatch(one)]:
        raise ChecklistError(f"{wrong[0]!r} is no id")
    if long := [p.id for p in found.points if not 0 < len(p.zh) <= MOST_OF_TEXT or not 0 < len(p.en) <= 60]:
        raise ChecklistError(f"{long[0]}: too long, or empty")
    return found


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
