"""Lists for the stations: items with versions, pages of them, and who is woken when one changes.

Versions of a channel are given under the lock of its row, held until the commit: whoever sees version n sees
all before it (a sequence of the database would let a later one be seen first, and a reader skip the other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from center.store.database import Connection, Database
from center.store.migrations import begin_epoch
from center.store.private_items import PrivateItems
from center.store.watching import Watcher
from station.sync.bundle import Item
from station.sync.items import CHANNELS, MOST_ITEMS

MOST_PAGE_BYTES = 8 * 1024 * 1024  # of the bodies of one page
_LOOKED_UP_AT_ONCE = 1000
_PUT = (
    "INSERT INTO item (channel, list, key, version, body, scope, moved, alone)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
    " ON CONFLICT (channel, list, key) DO UPDATE SET version = excluded.version, body = excluded.body,"
    " moved = CASE WHEN item.scope <> excluded.scope THEN 1 ELSE item.moved END, scope = excluded.scope,"
    " alone = excluded.alone"
)
_ALONE = "@"


_Place = tuple[str, str]  # list and key
_Wanted = dict[_Place, bytes | None]
_Known = dict[_Place, tuple[bytes | None, str]]  # body as it lies there, and scope
ScopedItem = tuple[str, str, bytes | None, str]  # list, key, body, for whom
Holds = Callable[[ScopedItem, bytes | None, str], bool]


def only_for(station: bytes) -> str:
    """The scope of what one station alone is told."""
    return _ALONE + station.hex()


def alone_in(scope: str) -> str:
    """The station (hex) that `only_for` made this scope of."""
    return scope.removeprefix(_ALONE)


@dataclass(frozen=True, slots=True)
class ListPage:
    """What `bundle.Page` says of a channel after a cursor."""

    items: tuple[Item, ...]
    until: int
    more: bool
    refetch: bool
    newest: int
    not_for: frozenset[str] = frozenset()  # stations (hex) that get something of their own between these


class Lists:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private
        self._watcher = Watcher(self._all_newest)

    def put(self, channel: str, items: Iterable[tuple[str, str, bytes | None]], scope: str = "") -> int:
        """Set (list, key, body; None: gone); what stays the same gets no version. The newest version.

        Raises KeyError for a channel or list that there is not.
        """
        wanted = {(name, key): body for name, key, body in items}
        if not {name for name, _ in wanted} <= set(CHANNELS[channel]):
            raise KeyError(channel)
        with self._database.write() as connection:
            version = _lock(connection, channel)
            newest = self._put(connection, channel, version, wanted, scope)
        self._watcher.tell(channel, newest)
        return newest

    def put_where(
        self,
        channel: str,
        items: Iterable[ScopedItem],
        holds: Holds,
        *,
        together: bool = False,
        also: Callable[[Connection], None] | None = None,
    ) -> list[ScopedItem]:
        """The same of those for which `holds(item, body, scope)` is so of what is there now.

        Nobody changes it in between. Without a body it is gone, or never was. `together`: all, or none;
        `also` is done with them. Those that were not put. Raises KeyError for a channel that there is not.
        """
        wanted = {(item[0], item[1]): item for item in items}
        by_scope: dict[str, _Wanted] = {}
        refused: list[ScopedItem] = []
        with self._database.write() as connection:
            version = _lock(connection, channel)
            known = _known(connection, channel, wanted)
            for place, item in wanted.items():
                body, scope = known.get(place, (None, ""))
                if holds(item, self._private.given(*place, body), scope):
                    by_scope.setdefault(item[3], {})[place] = item[2]
                else:
                    refused.append(item)
            if refused and together:
                return list(wanted.values())
            for scope, some in by_scope.items():
                version = self._put(connection, channel, version, some, scope)
            if also:
                also(connection)
        self._watcher.tell(channel, version)
        return refused

    def put_within(
        self, connection: Connection, channel: str, item: tuple[str, str, bytes | None], scope: str
    ) -> int:
        """The same for one item in a transaction of the caller's, who calls `tell` after its commit."""
        name, key, body = item
        version = _lock(connection, channel)
        return self._put(connection, channel, version, {(name, key): body}, scope)

    def scope_within(self, connection: Connection, channel: str, list: str, key: str) -> str | None:
        """For whom an item is, or was before it went; nobody changes it until the end of the transaction."""
        _lock(connection, channel)
        sql = "SELECT scope FROM item WHERE channel = ? AND list = ? AND key = ?"
        row = connection.row(sql, channel, list, key)
        return str(row[0]) if row else None

    def tell(self, channel: str, newest: int) -> None:
        """Wake whoever listens: this is committed."""
        self._watcher.tell(channel, newest)

    def replace(self, channel: str, list: str, items: Iterable[tuple[str, bytes]], scope: str = "") -> int:
        """Set the whole list of this scope: what is not among the items is gone."""
        wanted: dict[tuple[str, str], bytes | None] = {(list, key): body for key, body in items}
        if list not in CHANNELS[channel]:
            raise KeyError(list)
        with self._database.write() as connection:
            version = _lock(connection, channel)
            for (key,) in connection.rows(
                "SELECT key FROM item WHERE channel = ? AND list = ? AND scope = ? AND body IS NOT NULL",
                channel,
                list,
                scope,
            ):
                wanted.setdefault((list, key), None)
            newest = self._put(connection, channel, version, wanted, scope)
        self._watcher.tell(channel, newest)
        return newest

    def page(
        self,
        channel: str,
        epoch: bytes,
        since: int,
        limit: int,
        branch: str = "",
        station: bytes | None = None,
        upto: int | None = None,
    ) -> ListPage:
        """What stations of this branch are told after `since`; with `station`, what that one is told.

        `upto`: no newer versions; there are more if there are such. Raises KeyError for an unknown channel.
        """
        limit = max(1, min(limit, MOST_ITEMS[channel]))
        with self._database.read() as connection:
            newest, epoch_here, some_alone = _state(connection, channel, since)
            if epoch != epoch_here or since > newest:
                return ListPage((), 0, True, True, newest)
            last = newest if upto is None else min(newest, upto)
            rows = _after(connection, channel, since, last, limit + 1, _scopes(branch, station))
            shared = some_alone and station is None
            not_for = _alone(connection, channel, since, newest) if shared else frozenset()
        items, more = self._fitting(rows, limit)
        until = items[-1].version if more else last
        return ListPage(tuple(items), until, more or last < newest, False, newest, not_for)

    def left(self, channel: str, epoch: bytes, since: int, until: int, branch: str = "") -> int:
        """How many items a page between these versions would have now; -1: there is no such page.

        What changes gets a newer version, and nothing ever gets one of these: if none is missing of a page
        that was made before, none is otherwise. Raises KeyError for an unknown channel.
        """
        with self._database.read() as connection:
            newest, epoch_here, _ = _state(connection, channel, since)
            if epoch != epoch_here or until > newest:
                return -1
            return _count(connection, channel, since, until, _scopes(branch, None))

    def reach(self, channel: str, branch: str, known: str = "") -> str:
        """The longest part of a branch that something is for, at least `known`: all below are told the same.

        That is so of a page which was made before this is asked, and of none that is made later.
        """
        # The first: "any one of them" PostgreSQL may look for from one end of the table to the other.
        sql = "SELECT min(version) FROM item WHERE channel = ? AND scope = ?"
        with self._database.look() as connection:
            for part in reversed(_above(branch)):
                if len(part) <= len(known):
                    break
                if (row := connection.row(sql, channel, part)) and row[0] is not None:
                    return part
        return known

    def scopes(self, channel: str) -> list[str]:
        """All branches that something of this channel is for (or was, as long as its tombstone is there)."""
        sql = "SELECT min(scope) FROM item WHERE channel = ? AND scope > ?"
        with self._database.read() as connection:
            row = connection.row("SELECT min(scope) FROM item WHERE channel = ?", channel)
            found = list[str]()
            while row and row[0] is not None:
                found.append(str(row[0]))
                row = connection.row(sql, channel, found[-1])
        return found

    def newest(self, channel: str) -> int:
        with self._database.read() as connection:
            return _newest(connection, channel)

    def get(self, channel: str, list: str, key: str) -> bytes | None:
        with self._database.read() as connection:
            return self.get_within(connection, channel, list, key)

    def get_within(self, connection: Connection, channel: str, list: str, key: str) -> bytes | None:
        row = connection.row(
            "SELECT body FROM item WHERE channel = ? AND list = ? AND key = ?", channel, list, key
        )
        return self._private.given(list, key, row[0]) if row else None

    def scope_of(self, channel: str, list: str, key: str) -> str | None:
        """For which branch an item is; None: there is none, or it is gone."""
        sql = "SELECT scope FROM item WHERE channel = ? AND list = ? AND key = ? AND body IS NOT NULL"
        with self._database.read() as connection:
            row = connection.row(sql, channel, list, key)
        return str(row[0]) if row else None

    def each(self, channel: str, list: str) -> Iterator[Item]:
        """All that there is of a list, by key."""
        with self._database.read() as connection:
            for key, version, body in connection.each(
                "SELECT key, version, body FROM item WHERE channel = ? AND list = ? AND body IS NOT NULL"
                " ORDER BY key",
                channel,
                list,
            ):
                yield Item(list, key, version, self._private.given(list, key, body))

    def each_with_scope(self, channel: str, list: str) -> Iterator[tuple[Item, str]]:
        """All that there is of a list, by key, with the branch (or the one station) that it is for."""
        with self._database.read() as connection:
            for key, version, body, scope in connection.each(
                "SELECT key, version, body, scope FROM item"
                " WHERE channel = ? AND list = ? AND body IS NOT NULL ORDER BY key",
                channel,
                list,
            ):
                yield Item(list, key, version, self._private.given(list, key, body)), scope

    def forget_tombstones(self) -> None:
        """Drop what is gone, with a new epoch: every station fetches its lists anew, and so loses nothing."""
        with self._database.write() as connection:
            connection.run("DELETE FROM item WHERE body IS NULL")
            connection.run("UPDATE item SET moved = 0 WHERE moved = 1")
            begin_epoch(connection)

    def subscribe(self, heard: Callable[[str], None]) -> Callable[[], None]:
        """`heard(channel)` after every commit to a channel, by whatever process. Returns how to end it."""
        return self._watcher.subscribe(heard)

    def close(self) -> None:
        self._watcher.close()

    def _put(self, connection: Connection, channel: str, version: int, wanted: _Wanted, scope: str) -> int:
        """Those of the wanted that are not so already; a tombstone of what never was is nothing."""
        known = _known(connection, channel, wanted)
        changed = [place for place in wanted if self._differs(place, wanted[place], scope, known)]
        alone = int(scope.startswith(_ALONE))
        rows = [
            (channel, name, key, number, self._private.kept(name, key, wanted[name, key]), scope, alone)
            for number, (name, key) in enumerate(changed, version + 1)
        ]
        if rows:
            connection.run_many(_PUT, rows)
            connection.run("UPDATE channel SET newest = ? WHERE channel = ?", version + len(rows), channel)
        return version + len(rows)

    def _differs(self, place: _Place, body: bytes | None, scope: str, known: _Known) -> bool:
        kept, kept_scope = known.get(place, (None, scope))
        as_wanted = kept_scope == scope and self._private.is_as_wanted(place[0], kept)
        return not as_wanted or self._private.given(*place, kept) != body

    def _fitting(self, rows: Sequence[tuple[Any, ...]], limit: int) -> tuple[list[Item], bool]:
        """As many as a page bears, at least one; whether more follow."""
        items: list[Item] = []
        size = 0
        for name, key, version, kept in rows[:limit]:
            size += len(kept or b"")
            if items and size > MOST_PAGE_BYTES:
                return items, True
            items.append(Item(name, key, version, self._private.given(name, key, kept)))
        return items, len(rows) > limit

    def _all_newest(self) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(connection.rows("SELECT channel, newest FROM channel"))


def _lock(connection: Connection, channel: str) -> int:
    """The newest version of a channel; nobody else gives versions until the end."""
    return _newest(connection, channel, connection.row_lock)


def _newest(connection: Connection, channel: str, lock: str = "") -> int:
    row = connection.row("SELECT newest FROM channel WHERE channel = ?" + lock, channel)
    if row is None:
        raise KeyError(channel)
    return int(row[0])


def _state(connection: Connection, channel: str, since: int) -> tuple[int, bytes, bool]:
    """Newest version, epoch, and whether something after `since` is for one station alone; by one statement.

    Raises KeyError.
    """
    row = connection.row(_STATE, channel, since, channel)
    if row is None:
        raise KeyError(channel)
    newest, epoch, alone = row
    return int(newest), bytes(epoch or b""), bool(alone)


def _known(connection: Connection, channel: str, places: Iterable[_Place]) -> _Known:
    known: _Known = {}
    for name, group in groupby(sorted(places), itemgetter(0)):
        while keys := [key for _, key in islice(group, _LOOKED_UP_AT_ONCE)]:
            marks = ", ".join("?" * len(keys))
            sql = f"SELECT key, body, scope FROM item WHERE channel = ? AND list = ? AND key IN ({marks})"
            for key, body, scope in connection.rows(sql, channel, name, *keys):
                known[name, key] = (body, scope)
    return known


def _after(
    connection: Connection, channel: str, since: int, newest: int, most: int, scopes: Sequence[str]
) -> list[tuple[Any, ...]]:
    """(list, key, version, body as it lies there), by version: of these scopes, and what moved from them."""
    arms = [f"{_SELECT} AND scope = ? {_IN_ORDER}" for _ in scopes]
    marks = ", ".join("?" * len(scopes))
    arms.append(f"{_SELECT_GONE} AND moved = 1 AND scope NOT IN ({marks}) {_IN_ORDER}")
    span = (channel, since, newest)
    values = [value for scope in scopes for value in (*span, scope, most)]
    values += [*span, *scopes, most]
    whole = " UNION ALL ".join(f"SELECT * FROM ({arm}) AS arm{place}" for place, arm in enumerate(arms))
    return connection.rows(f"SELECT * FROM ({whole}) AS arms ORDER BY version LIMIT ?", *values, most)


def _count(connection: Connection, channel: str, since: int, until: int, scopes: Sequence[str]) -> int:
    """How many rows `_after` gives of a span; by its indexes."""
    span, marks = (channel, since, until), ", ".join("?" * len(scopes))
    row = connection.row(
        f"SELECT (SELECT count(*) {_RANGE} AND scope IN ({marks}))"
        f" + (SELECT count(*) {_RANGE} AND moved = 1 AND scope NOT IN ({marks}))",
        *(*span, *scopes),
        *(*span, *scopes),
    )
    assert row is not None
    return int(row[0])


_STATE = (
    "SELECT newest, (SELECT value FROM meta WHERE name = 'epoch'),"
    " EXISTS (SELECT 1 FROM item WHERE channel = ? AND version > ? AND alone = 1)"
    " FROM channel WHERE channel = ?"
)
_RANGE = "FROM item WHERE channel = ? AND version > ? AND version <= ?"
_SELECT = f"SELECT list, key, version, body {_RANGE}"
_SELECT_GONE = f"SELECT list, key, version, CAST(NULL AS bytea) AS body {_RANGE}"
_IN_ORDER = "ORDER BY version LIMIT ?"


def _scopes(branch: str, station: bytes | None) -> list[str]:
    alone = [] if station is None else [only_for(station)]
    return ["", *_above(branch), *alone]


def _alone(connection: Connection, channel: str, since: int, newest: int) -> frozenset[str]:
    """The stations that have something of their own between these versions."""
    rows = connection.rows(f"SELECT DISTINCT scope {_RANGE} AND alone = 1", channel, since, newest)
    return frozenset(scope.removeprefix(_ALONE) for (scope,) in rows)


def _above(branch: str) -> list[str]:
    """The branch and all that it is part of, the largest first."""
    parts = branch.split("/") if branch else []
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
