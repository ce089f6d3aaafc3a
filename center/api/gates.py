"""The gates of a branch and their entries: nothing that tells who somebody is."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import Annotated

import msgspec

from center.api.call import Call, ProblemError
from center.api.words import Key
from center.store.entry_pages import DayPage, StoredEntry

MOST = 1000
_EPOCH = date(1970, 1, 1).toordinal()
_VERDICTS = ("PASS", "RECHECK", "STOP")


class Gate(msgspec.Struct, frozen=True):
    """`heard_ms`: its last sign of life; `unsent`: entries that it has and the center has not."""

    id: str
    name: str
    gate: str
    branch: str
    revoked: bool
    heard_ms: int | None
    unsent: int
    stored: int
    clock_offset_ms: int
    alarms: tuple[str, ...]


class Gates(msgspec.Struct, frozen=True):
    gates: tuple[Gate, ...]


class EntryQuery(msgspec.Struct, frozen=True):
    """Entries of one day (UTC, by the gate's own clock), of one gate or of all; `after`: `next` of before."""

    day: date
    gate: Key | None = None
    after: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST)] = 500


class Entry(msgspec.Struct, frozen=True):
    """One passage, without who it was."""

    id: str
    gate_id: str
    gate: str
    lane: str
    direction: str
    at_ms: int  # by the center's clock
    received_ms: int
    verdict: str
    reasons: tuple[str, ...]
    code_kind: str | None
    code_status: str | None
    value_c: float | None
    amends: str | None
    emulated: bool


class Entries(msgspec.Struct, frozen=True):
    """`next`: null when the day has no more."""

    entries: tuple[Entry, ...]
    next: str | None


def all_gates(call: Call) -> Gates:
    heard = call.office.heard
    return Gates(
        tuple(
            Gate(
                row.station.hex(),
                row.name,
                row.gate,
                row.branch,
                row.revoked,
                max((ms for ms in (row.seen_ms, heard.get(row.station)) if ms is not None), default=None),
                row.pending,
                row.stored,
                row.offset_ms,
                row.alarms,
            )
            for row in call.store.gates.overview(call.scope)
        )
    )


def entries(call: Call) -> Entries:
    query: EntryQuery = call.query
    gates = sorted(row.station for row in call.store.gates.overview(call.scope))
    if query.gate is not None:
        wanted = bytes.fromhex(query.gate)
        if wanted not in gates:
            raise ProblemError("not_found", "gate")
        gates = [wanted]
    day = query.day.toordinal() - _EPOCH
    found: DayPage = call.store.entry_pages.of_day(gates, day, _place(query.after), query.limit)
    return Entries(tuple(_entry(one) for one in found.entries), _mark(found))


def _place(mark: str) -> tuple[bytes, bytes] | None:
    """Where the page before ended. Raises ProblemError not_understood."""
    if not mark:
        return None
    try:
        place = urlsafe_b64decode(mark.encode() + b"==")
    except ValueError as error:
        raise ProblemError("not_understood", "after: not one of ours") from error
    if len(place) < 17:
        raise ProblemError("not_understood", "after: not one of ours")
    return place[:16], place[16:]


def _mark(page: DayPage) -> str | None:
    if not page.more:
        return None
    last = page.entries[-1]
    return urlsafe_b64encode(last.station + last.id).decode().rstrip("=")


def _entry(one: StoredEntry) -> Entry:
    return Entry(
        one.id.hex(),
        one.station.hex(),
        one.gate,
        one.lane,
        one.direction,
        one.at_ms,
        one.received_ms,
        _VERDICTS[one.severity] if 0 <= one.severity < len(_VERDICTS) else str(one.severity),
        tuple(one.reasons.split()),
        one.code_kind,
        one.code_status,
        one.value_c,
        one.amends.hex() if one.amends else None,
        bool(one.emulated),
    )
