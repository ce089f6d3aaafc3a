"""All that the center has of one person, within a transaction: taken back from the gates, counted, erased."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from center.retention_rules import CLEARED_CASE, Kind
from center.store.database import Connection
from center.store.lists import Lists, only_for
from center.store.sticks import Opener as Opener
from center.store.sticks import erase_waiting
from station.core.facts import FactKind
from station.sync import bundle
from station.sync.bundle import Batch, BundleError
from station.sync.items import CaseItem, RevokedPassItem, encode_item

log = logging.getLogger(__name__)

_Place = tuple[bytes, int, int]  # station, incarnation, number

_CASES = "SELECT station, id FROM case_file WHERE person_id = ?"
_TIMES = "SELECT station, id, changed_ms, received_ms, closed_ms FROM case_file WHERE person_id = ?"
_LINES = f"case_line WHERE (station, case_id) IN ({_CASES})"
_LOOKBACKS = "SELECT station, id FROM lookback WHERE person_id = ?"
# Every ? is the person's id; the rows of a case and of a look-back go before what points at them.
_STEPS: tuple[tuple[Kind | None, str, str], ...] = (
    (Kind.HEALTH, "health_event", "person = ?"),
    (Kind.COLOURS, "colour_change", "person = ? OR (about = 'person' AND subject = ?)"),
    (None, "colour_now", "about = 'person' AND subject = ?"),
    (Kind.ALARMS, "gate_alarm", "person = ?"),
    (Kind.DOORS, "door_sensor", "person = ?"),
    (Kind.LINKS, "link", "about = ?"),
    (Kind.PASSES, "center_pass", "person = ?"),
    (None, "report", f"kind = 'case_line' AND (station, id) IN (SELECT station, id FROM {_LINES})"),
    (Kind.CASES, "case_line", f"(station, case_id) IN ({_CASES})"),
    (None, "report", f"kind = 'case' AND (station, id) IN ({_CASES})"),
    (Kind.REPORTS, "report", f"kind = 'lookback' AND (station, id) IN ({_LOOKBACKS})"),
    (None, "lookback", "person_id = ?"),
    (Kind.ISOLATIONS, "watch", "person = ?"),
    (Kind.ISOLATIONS, "isolation", "person = ?"),
    (Kind.REQUESTS, "erasure", "person = ? AND state = 'refused'"),
)
# What a provider said of their code; what the lists said of it has the person beside it.
_OF_CODE = "colour_change WHERE about = 'code' AND subject = ? AND coalesce(person, '') <> ?"
_STRIP_CASES = f"UPDATE case_file SET {CLEARED_CASE} WHERE person_id = ?"
# Theirs, and what they amended.
_ENTRIES = """
    SELECT station, incarnation, number, id FROM entry WHERE person_id = ?
    UNION SELECT before.station, before.incarnation, before.number, before.id
    FROM entry JOIN entry AS before ON before.station = entry.station AND before.id = entry.amends
      AND before.day BETWEEN entry.day - 2 AND entry.day + 2
    WHERE entry.person_id = ? AND entry.amends IS NOT NULL
"""
_PARTS = (
    "SELECT first, body FROM parts WHERE station = ? AND incarnation = ? AND first <= ?"
    " ORDER BY first DESC LIMIT 1"
)
_CHAINS = "SELECT count(*) FROM chain WHERE station = ?"
_WITH_PARTS = """
    SELECT segment.incarnation, segment.payload FROM parts JOIN segment
      ON segment.station = parts.station AND segment.incarnation = parts.incarnation
      AND segment.first = (SELECT max(first) FROM segment AS one WHERE one.station = parts.station
                           AND one.incarnation = parts.incarnation AND one.first <= parts.first)
    WHERE parts.station = ?
"""
_BRANCHES = (
    "SELECT branch FROM isolation WHERE person = ? UNION SELECT branch FROM colour_change WHERE person = ?"
    " UNION SELECT branch FROM watch WHERE person = ? UNION SELECT branch FROM center_pass WHERE person = ?"
    " UNION SELECT branch FROM door_sensor WHERE person = ?"
    " UNION SELECT branch FROM case_file WHERE person_id = ?"
)


class _Head(msgspec.Struct, array_like=True):
    """How a record of any schema begins."""

    schema: int
    id: bytes


_heads = msgspec.msgpack.Decoder(_Head)


def branches_of(connection: Connection, opener: Opener, person: str) -> list[str]:
    """Where something is written of somebody who is on no list; else where a part of theirs lies."""
    if rows := connection.rows(_BRANCHES, *_values(_BRANCHES, person)):
        return [branch for (branch,) in rows]
    wanted, bodies, _ = _parts_of(connection, person)
    left = {
        place[0]
        for place, numbers in wanted.items()
        if opener(place[0], place[1], bodies[place], frozenset(numbers)) != bodies[place]
    }
    found = [connection.row("SELECT branch FROM station WHERE station = ?", station) for station in left]
    return sorted({row[0] for row in found if row})


def count(
    connection: Connection, person: str, codes: Sequence[str], former: Sequence[str] = ()
) -> dict[str, int]:
    """How many of what there is; of the sealed parts, beside how many entries they may lie."""
    found = Counter[str]()
    for one in (person, *former):
        for kind, table, where in _STEPS:
            if kind:
                found[kind] += _one(connection, f"SELECT count(*) FROM {table} WHERE {where}", one)
    for code in codes:
        found[Kind.COLOURS] += len(connection.rows(f"SELECT 1 FROM {_OF_CODE}", code, person))
    found[Kind.CASES] += _one(connection, f"SELECT count(*) FROM ({_CASES}) AS cases", person)
    found[Kind.PARTS] = _one(connection, f"SELECT count(*) FROM ({_ENTRIES}) AS entries", person)
    found[Kind.FACTS] = len(_facts(connection, (person, *former), codes))
    return dict(+found)


def take_back(
    connection: Connection,
    lists: Lists,
    person: str,
    codes: Sequence[str],
    now_ms: int,
    newest: dict[str, int],
    former: Sequence[str] = (),
) -> dict[str, int]:
    """From all gates: the person, what is told of them and of their cases, their passes.

    `newest`: versions to be told; `former`: as of `erase`, whom a merging leaves with their facts.
    """
    scope = _scope(connection, "people", "person", person)
    if scope is not None:
        newest["people"] = lists.put_within(connection, "people", ("person", person, None), scope)
    facts = _facts(connection, (person, *former), codes)
    for key, of in facts:
        newest["quick"] = lists.put_within(connection, "quick", ("fact", key, None), of)
    passes = connection.rows(
        "SELECT id FROM center_pass WHERE person = ? AND revoked_ms IS NULL AND until_ms >= ?", person, now_ms
    )
    for item, of in _told_cases(connection, person):
        newest["quick"] = lists.put_within(connection, "quick", item, of)
    revoked = encode_item(RevokedPassItem(now_ms))
    for (id,) in passes:
        item = ("revoked_pass", bytes(id).hex(), revoked)
        newest["quick"] = lists.put_within(connection, "quick", item, "")
    taken = {"list": int(scope is not None), Kind.FACTS.value: len(facts)}
    return {what: number for what, number in taken.items() if number}


def erase(
    connection: Connection,
    opener: Opener,
    person: str,
    codes: Sequence[str] = (),
    former: Sequence[str] = (),
) -> dict[str, int]:
    """All that only the center has; `former`: ids under which gates know them, too. How many of what."""
    done = Counter[str]()
    for code in codes:
        connection.run("DELETE FROM colour_now WHERE about = 'code' AND subject = ?", code)
        done[Kind.COLOURS] += connection.run(f"DELETE FROM {_OF_CODE}", code, person)
    done[Kind.PARTS] = _erase_parts(connection, opener, person)
    done[Kind.PARTS] += sum(erase_waiting(connection, opener, one) for one in (person, *former))
    for one in (person, *former):
        for kind, table, where in _STEPS:
            number = _run(connection, f"DELETE FROM {table} WHERE {where}", one)
            if kind:
                done[kind] += number
    done[Kind.CASES] += connection.run(_STRIP_CASES, b"", person)
    return {what: number for what, number in done.items() if number}


def _erase_parts(connection: Connection, opener: Opener, person: str) -> int:
    """Of how many entries. The others of the same batch keep theirs."""
    wanted, bodies, entries = _parts_of(connection, person)
    for place, numbers in wanted.items():
        left = opener(place[0], place[1], bodies[place], frozenset(numbers))
        where = "WHERE station = ? AND incarnation = ? AND first = ?"
        if left is None:
            connection.run(f"DELETE FROM parts {where}", *place)
        else:
            connection.run(f"UPDATE parts SET body = ? {where}", left, *place)
    return entries


def _parts_of(connection: Connection, person: str) -> tuple[dict[_Place, set[int]], dict[_Place, bytes], int]:
    """Numbers of their entries beside which parts lie, by place; those parts; how many entries."""
    wanted: dict[_Place, set[int]] = defaultdict(set)
    bodies: dict[_Place, bytes] = {}
    entries = set[tuple[bytes, bytes]]()
    for (station, incarnation, number), id in _places(connection, person).items():
        row = connection.row(_PARTS, station, incarnation, number)
        if row:
            place = (station, incarnation, row[0])
            wanted[place].add(number)
            bodies[place] = bytes(row[1])
            entries.add((station, id))
    return wanted, bodies, len(entries)


def _places(connection: Connection, person: str) -> dict[_Place, bytes]:
    """Station, incarnation and number of their entries, with the id of each."""
    rows = connection.rows(_ENTRIES, person, person)
    places: dict[_Place, bytes] = {(bytes(place[0]), *place[1:]): bytes(id) for *place, id in rows}
    ids: dict[bytes, set[bytes]] = defaultdict(set)
    for (station, *_), id in places.items():
        ids[station].add(id)
    for station, theirs in ids.items():
        places |= _came_again(connection, station, theirs)
    return places


def _came_again(connection: Connection, station: bytes, ids: set[bytes]) -> dict[_Place, bytes]:
    """Where these lie in any chain: of what a gate resealed, the typed row tells the first place alone."""
    chains = connection.row(_CHAINS, station)
    if not chains or chains[0] < 2:
        return {}
    found: dict[_Place, bytes] = {}
    for incarnation, payload in connection.rows(_WITH_PARTS, station):
        for number, id in _ids(bytes(payload)):
            if id in ids:
                found[station, incarnation, number] = id
    return found


def _ids(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and id of each record, as far as it can be read."""
    try:
        batch = bundle.unpack(payload, Batch)
    except BundleError as error:  # it tells of nobody
        log.error("erasing without what a segment came with once more: %s", error)
        return
    for number, record in enumerate(batch.records, batch.first):
        with suppress(msgspec.DecodeError):
            yield number, _heads.decode(record).id


def _facts(connection: Connection, ids: Sequence[str], codes: Sequence[str]) -> list[tuple[str, str]]:
    """Key and scope of what is told of them, by any of their ids, and of their codes."""
    about = [*(f"person:{one}" for one in ids), *(f"code:{code}" for code in codes)]
    keys = [f"{one}:{kind}" for one in about for kind in FactKind]
    scopes = {key: _scope(connection, "quick", "fact", key) for key in keys}
    return [(key, scope) for key, scope in scopes.items() if scope is not None]


def _told_cases(connection: Connection, person: str) -> list[tuple[tuple[str, str, bytes], str]]:
    """What gates read of their cases from now on, and its scope: closed, without answers that name them.

    Not gone: a gate that was offline would never hear that its case is closed.
    """
    found = []
    for of, id, *times in connection.rows(_TIMES, person):
        key, scope = bytes(id).hex(), only_for(bytes(of))
        if _scope(connection, "quick", "case", key) == scope:
            changed_ms, received_ms, closed_ms = times
            told = CaseItem("closed", at_ms=changed_ms, received_ms=received_ms, closed_ms=closed_ms)
            found.append((("case", key, encode_item(told)), scope))
    return found


def _scope(connection: Connection, channel: str, list: str, key: str) -> str | None:
    sql = "SELECT scope FROM item WHERE channel = ? AND list = ? AND key = ? AND body IS NOT NULL"
    row = connection.row(sql, channel, list, key)
    return str(row[0]) if row else None


def _one(connection: Connection, sql: str, person: str) -> int:
    row = connection.row(sql, *_values(sql, person))
    return int(row[0]) if row else 0


def _run(connection: Connection, sql: str, person: str) -> int:
    return connection.run(sql, *_values(sql, person))


def _values(sql: str, person: str) -> list[Any]:
    return [person] * sql.count("?")
