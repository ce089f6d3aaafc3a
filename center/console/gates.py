"""All gates on one screen, and the page of one gate with its entries as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import Any

from starlette.responses import HTMLResponse, Response

from center.backup_age import backup_age
from center.console import alarms, cases, moments, shifts
from center.console.attention import COLOUR_WORDS, SHAPES, Colour, GateState, Matter, look_at
from center.console.page import NotHereError, Page
from center.console.reason_words import REASONS
from center.console.retention import is_whole
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import Scope
from center.store import GateRow, SqlStore
from center.store.gates import LastEntry, Passed

FRESH_S = 0.3  # for so long one look at the store does for all who ask
_DRAWN_S = 5.0  # for so long a picture that was drawn is kept, as long as it is the newest
_ENTRIES = 40
MOST_GROUPS = 36  # with 300 gates these fill a screen of 1366 x 768

# What else is known of gates: functions of (store, scope, now_ms) that give matters by station.
More = Callable[[SqlStore, Scope, int], Mapping[bytes, Iterable[Matter]]]
MORE: tuple[More, ...] = (alarms.matters, cases.matters, shifts.matters)


@dataclass(frozen=True, slots=True)
class Tile:
    """One gate of the overview."""

    state: GateState
    today: Passed

    @property
    def place(self) -> str:
        return self.state.gate.branch


@dataclass(frozen=True, slots=True)
class Group:
    """The gates of one branch, the worst first."""

    branch: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the overview shows. `digest` changes with it."""

    groups: tuple[Group, ...]
    worst: tuple[Tile, ...]  # of all branches
    colours: tuple[tuple[Colour, int], ...]
    today: Passed
    pending: int
    online: int
    all: int
    digest: str


def show_all(visit: Visit) -> Response:
    backup = backup_age(visit.store, visit.now_ms)
    stopped = is_whole(visit) and visit.store.keeping.next_ms(visit.now_ms) is None
    looks = _looks(visit)
    return visit.render("gates.html", picture=_picture(visit), backup=backup, keeps_all=stopped, **looks)


def show_live(visit: Visit) -> Response:
    """The part of the overview that changes; 204 while it is as the browser has it."""
    picture = _picture(visit)
    if visit.query("seen") == picture.digest:
        return visit.unchanged()
    key = ("gates drawn", visit.scope.branches, visit.lang, picture.digest)  # nothing of the user is in it
    drawn = visit.console.recent.get(
        key,
        visit.office.mono(),
        _DRAWN_S,
        lambda: bytes(visit.render("gates_live.html", picture=picture, **_looks(visit)).body),
    )
    return HTMLResponse(drawn)


def show_one(visit: Visit) -> Response:
    return visit.render("gate.html", **_one(visit))


def show_one_live(visit: Visit) -> Response:
    one = _one(visit)
    if visit.query("seen") == one["digest"]:
        return visit.unchanged()
    return visit.render("gate_live.html", **one)


def _looks(visit: Visit) -> dict[str, Any]:
    """What both templates need to show a state."""
    return {"COLOURS": COLOUR_WORDS, "SHAPES": SHAPES, "said_of": partial(matter_words, visit)}


def _picture(visit: Visit) -> Picture:
    console, scope = visit.console, visit.scope
    return console.recent.get(
        ("gates", scope.branches), visit.office.mono(), FRESH_S, lambda: make_picture(visit, scope)
    )


def make_picture(visit: Visit, scope: Scope) -> Picture:
    """From the store. The counts of today are those of the day of the center's host."""
    store, now_ms = visit.store, visit.now_ms
    today = store.gates.passed(*moments.day_of(now_ms, visit.console.zone))
    more = _more(visit, scope)
    tiles = [
        Tile(
            look_at(gate, _heard(visit, gate), now_ms, more.get(gate.station, ())),
            today.get(gate.station, Passed()),
        )
        for gate in store.gates.overview(scope)
    ]
    return _sorted(tiles)


def _more(visit: Visit, scope: Scope) -> dict[bytes, list[Matter]]:
    """Of all gates of ours; one look for all who have the overview or a gate open."""

    def look() -> dict[bytes, list[Matter]]:
        found: dict[bytes, list[Matter]] = {}
        for source in MORE:
            for station, matters in source(visit.store, scope, visit.now_ms).items():
                found.setdefault(station, []).extend(matters)
        return found

    return visit.console.recent.get(("more", scope.branches), visit.office.mono(), FRESH_S, look)


def _heard(visit: Visit, gate: GateRow) -> int | None:
    """The last sign of life: of this process, or else of the last greeting that is stored."""
    heard = visit.office.heard.get(gate.station)
    return max((ms for ms in (heard, gate.seen_ms) if ms is not None), default=None)


def _sorted(tiles: list[Tile]) -> Picture:
    groups, parts = [], _parts({tile.place for tile in tiles})
    in_tree = sorted(tiles, key=lambda tile: tile.place.split("/"))
    for branch, some in groupby(in_tree, lambda tile: "/".join(tile.place.split("/")[:parts])):
        worst_first = sorted(some, key=lambda tile: (-tile.state.colour, in_order(tile.state.gate.name)))
        groups.append(Group(branch, tuple(worst_first)))
    groups.sort(key=lambda group: (-group.tiles[0].state.colour, in_order(group.branch)))
    colours = tuple(
        (colour, sum(tile.state.colour is colour for tile in tiles)) for colour in reversed(Colour)
    )
    digest = sha256(repr([[_shown(tile) for tile in group.tiles] for group in groups]).encode()).hexdigest()[
        :16
    ]
    return Picture(
        tuple(groups),
        tuple(sorted(tiles, key=lambda tile: -tile.state.colour)[:3]),
        colours,
        _total(tile.today for tile in tiles),
        sum(tile.state.gate.pending for tile in tiles),
        sum(tile.state.state == "online" for tile in tiles),
        len(tiles),
        digest,
    )


def _parts(places: Iterable[str]) -> int:
    """How many parts of a branch make a group: all, or so few that the titles leave room for the gates."""
    split = [place.split("/") for place in places]
    parts = max(map(len, split), default=1)
    while parts > 1 and len({tuple(one[:parts]) for one in split}) > MOST_GROUPS:
        parts -= 1
    return parts


def in_order(name: str) -> list[tuple[int, str]]:
    """So that 2号门 stands before 10号门."""
    parts = re.split(r"([0-9]{1,9})", name)
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]


def matter_words(visit: Visit, matter: Matter) -> str:
    """A matter in the reader's language."""
    value = visit.text(matter.device) if matter.device else matter.number
    return visit.text(matter.words, value) if "{}" in matter.words else visit.text(matter.words)


def _shown(tile: Tile) -> tuple[object, ...]:
    gate = tile.state.gate
    return gate.station, gate.name, gate.branch, gate.pending, tile.today, tile.state.matters


def _total(many: Iterable[Passed]) -> Passed:
    counts = [(one.passed, one.rechecked, one.stopped) for one in many]
    return Passed(*map(sum, zip(*counts, strict=True))) if counts else Passed()


def _one(visit: Visit) -> dict[str, Any]:
    """Everything of one gate's page. Raises NotHereError."""
    store, now_ms = visit.store, visit.now_ms
    gate = store.gates.get(visit.scope, visit.id_bytes("station"))
    if gate is None:
        raise NotHereError
    begin_ms, end_ms = moments.day_of(now_ms, visit.console.zone)
    more = _more(visit, visit.scope).get(gate.station, ())
    state = look_at(gate, _heard(visit, gate), now_ms, more)
    entries = store.gates.last_entries(visit.scope, gate.station, _ENTRIES)
    today = store.gates.passed(begin_ms, end_ms).get(gate.station, Passed())
    seen = repr((gate, state.matters, today, [entry.id for entry in entries])).encode()
    return {
        "gate": gate,
        "state": state,
        "today": today,
        "begin_ms": begin_ms,
        "end_ms": end_ms,
        "entries": entries,
        "reasons": lambda entry: _reason_words(visit, entry),
        "digest": sha256(seen).hexdigest()[:16],
        **_looks(visit),
    }


def _reason_words(visit: Visit, entry: LastEntry) -> list[str]:
    """The reasons as the gate's own screen says them; one of a newer gate as it came."""
    return [visit.text(REASONS[code]) if code in REASONS else code for code in entry.reasons]


PAGES = (
    Page("GET", "/", Permission.LOOK, show_all, menu="大门"),
    Page("GET", "/gates/live", Permission.LOOK, show_live, polls=True),
    Page("GET", "/gates/{station}", Permission.LOOK, show_one),
    Page("GET", "/gates/{station}/live", Permission.LOOK, show_one_live, polls=True),
)
