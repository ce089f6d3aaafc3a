"""What the center alone has of two who turned out to be one lies with whom stays on the list.

In the ledger entries keep the id that the gate wrote; the typed rows, by which somebody is traced and erased,
are of whom stays. A gate that was offline, a stick, a restore and what is typed later bring the id of whom
went again: so it is remembered which two are one, beside the other findings of the lists that were settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from center.store.database import Connection, Database
from center.store.lists import Lists
from station.sync.items import PersonItem, encode_item

_PLACES = (
    ("health_event", "person"),
    ("center_pass", "person"),
    ("door_sensor", "person"),
    ("link", "about"),
    ("case_file", "person_id"),
    ("gate_alarm", "person"),
    ("lookback", "person_id"),
    ("colour_change", "person"),
    ("erasure", "person"),
    ("entry", "person_id"),
)
_BY_GATES = ("case_file", "gate_alarm", "lookback", "entry")  # where gates write the id that they know
_WORD = "one"  # a finding "one GONE KEPT", of no branch
_AT_ONCE = 500
_LOCK = "SELECT newest FROM channel WHERE channel = 'people'"  # who is on the list stays so until the end


def make_one(connection: Connection, kept: str, gone: str) -> None:
    """Ids of people. Within the transaction that takes the one off the list."""
    _move(connection, kept, gone, _PLACES)
    for earlier, now in remembered(connection).items():
        if gone in (earlier, now) or kept == earlier:  # who is here as `earlier` was on the list again
            _forget(connection, earlier, now)
        if gone == now and kept != earlier:
            _remember(connection, earlier, kept)
    _remember(connection, gone, kept)


def make_one_again(database: Database) -> int:
    """What gates told of those who went, since; of how many of them. Raises UnavailableError."""
    with database.read() as connection:
        if not _came(connection, remembered(connection)):
            return 0
    with database.write() as connection:
        connection.rows(_LOCK + connection.row_lock)  # before the rows, as merging and erasing do
        came = _came(connection, remembered(connection))
        for gone, kept in came.items():
            _move(connection, kept, gone, _places_of_gates())
    return len(came)


def gather(connection: Connection, person: str) -> list[str]:
    """The same of one person, within a transaction that has the lists' lock: the ids that went."""
    gone = former(connection, person)
    for one in gone:
        _move(connection, person, one, _places_of_gates())
    return gone


def former(connection: Connection, person: str) -> list[str]:
    """Under which ids they went, too."""
    return _gone(connection, (gone for gone, kept in remembered(connection).items() if kept == person))


def forget(connection: Connection, person: str) -> None:
    """Who is erased: that others were they."""
    for gone, kept in remembered(connection).items():
        if kept == person:
            _forget(connection, gone, kept)


def part(connection: Connection, lists: Lists, person: str, newest: dict[str, int]) -> None:
    """Who is erased, and had come back onto the list: that they were another, whom the gates know by it."""
    kept = remembered(connection).get(person)
    if kept is None or (gone := _listed(connection, lists, person)) is None:
        return
    _forget(connection, person, kept)
    other = _listed(connection, lists, kept)
    if other is None or person not in other.former:
        return
    former = tuple(one for one in other.former if one != person)
    went_by = tuple(one for one in other.went_by if former and one not in gone.keys)
    body = encode_item(replace(other, former=former, went_by=went_by))
    scope = lists.scope_within(connection, "people", "person", kept) or ""
    newest["people"] = lists.put_within(connection, "people", ("person", kept, body), scope)


def unname(
    connection: Connection,
    lists: Lists,
    people: Iterable[str],
    keys: Collection[str],
    newest: dict[str, int],
) -> None:
    """Who is erased was taken for these once: whom a gate's own roster has by such a key is none of them."""
    for id in people:
        other = _listed(connection, lists, id)
        if other is None:
            continue
        body = encode_item(replace(other, went_by=tuple(one for one in other.went_by if one not in keys)))
        scope = lists.scope_within(connection, "people", "person", id) or ""
        newest["people"] = lists.put_within(connection, "people", ("person", id, body), scope)


def _listed(connection: Connection, lists: Lists, person: str) -> PersonItem | None:
    body = lists.get_within(connection, "people", "person", person)
    return msgspec.msgpack.decode(body, type=PersonItem) if body else None


def remembered(connection: Connection) -> dict[str, str]:
    """The id of whom went, and of whom stayed."""
    rows = connection.rows("SELECT finding FROM settled WHERE branch = '' AND finding LIKE ?", f"{_WORD} %")
    return {gone: kept for _, gone, kept in (finding.split(" ", 2) for (finding,) in rows)}


def _came(connection: Connection, ones: Mapping[str, str]) -> dict[str, str]:
    """Those of them of whom there is something under the id that went."""
    found = set[str]()
    for ids in _chunks(ones):
        marks = ", ".join("?" * len(ids))
        for table, column in _places_of_gates():
            sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN ({marks})"
            found.update(one for (one,) in connection.rows(sql, *ids))
    return {gone: ones[gone] for gone in _gone(connection, sorted(found))}


def _gone(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Those that are on no list: an import makes the same id for the same cells again."""
    sql = "SELECT 1 FROM item WHERE channel = 'people' AND list = 'person' AND key = ? AND body IS NOT NULL"
    return [one for one in ids if not connection.row(sql, one)]


def _places_of_gates() -> Iterator[tuple[str, str]]:
    return (place for place in _PLACES if place[0] in _BY_GATES)


def _move(connection: Connection, kept: str, gone: str, places: Iterable[tuple[str, str]]) -> None:
    for table, column in places:
        connection.run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", kept, gone)


def _remember(connection: Connection, gone: str, kept: str) -> None:
    connection.run(
        "INSERT INTO settled (branch, finding, at_ms, who) VALUES ('', ?, 0, '')"
        " ON CONFLICT (branch, finding) DO NOTHING",
        f"{_WORD} {gone} {kept}",
    )


def _forget(connection: Connection, gone: str, kept: str) -> None:
    connection.run("DELETE FROM settled WHERE branch = '' AND finding = ?", f"{_WORD} {gone} {kept}")


def _chunks(ones: Mapping[str, str]) -> Iterator[list[str]]:
    ids = sorted(ones)
    return (ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE))
