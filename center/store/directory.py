"""Everybody whom the lists know, in memory: searched, paged and checked; the database keeps them sealed.

It follows the lists by their versions, whoever changed them, also another process.
"""

from __future__ import annotations

import gc
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from itertools import islice
from threading import RLock

from center.scope import Scope
from center.store.database import Connection, Database
from center.store.migrations import meta
from center.store.private_items import PrivateItems
from center.store.sought import Sought
from station.roster.house import read_house, sort_key
from station.roster.problems import CellError
from station.sync.items import FactItem, PersonItem, decode_item

_Order = tuple[tuple[tuple[int, str], ...], str, str]  # dwelling, name, id
_VERY_MANY = 10_000  # at once: when the center has begun, or a district is imported
_FEW = 500  # changes that are put into their places one by one
_Take = Callable[[str, bytes | None, str], None]  # key, body, scope


@dataclass(frozen=True, slots=True)
class Known:
    """One person. `branch`: where they live, or are known."""

    id: str
    branch: str
    person: PersonItem = field(repr=False)
    order: _Order = field(repr=False)

    @property
    def number_key(self) -> str:
        """The shared key of their ID number; empty if it is not known. `people_lists` writes it first."""
        keys = self.person.keys
        return keys[0] if len(keys) > bool(self.person.dwelling) else ""


class Directory:
    """Thread-safe. Every method looks first whether the lists have changed."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private
        self._lock = RLock()
        self._forget(b"")

    def version(self) -> tuple[bytes, int]:
        """Another one whenever a person or a fact has changed."""
        with self._fresh():
            return self._epoch, self._changes

    def get(self, scope: Scope, person_id: str) -> Known | None:
        """This one, if they are of these branches."""
        with self._fresh():
            known = self._people.get(person_id)
        return known if known and scope.holds(known.branch) else None

    def some(self, scope: Scope, ids: Iterable[str]) -> dict[str, Known]:
        """Those of them that are of these branches: what the lists say now is asked once for all."""
        with self._fresh():
            found = (known for known in map(self._people.get, ids) if known)
            return {known.id: known for known in found if scope.holds(known.branch)}

    def everybody(self, scope: Scope) -> list[Known]:
        """In the order of branch, dwelling, name."""
        with self._fresh():
            return [self._people[order[2]] for order in self._ordered(scope, "", None)]

    def page(self, scope: Scope, after: str, most: int, wanted: Set[str] | None = None) -> list[Known]:
        """The next so many after this id; `wanted`: only these."""
        with self._fresh():
            last = self._people.get(after)
            last = last if last and scope.holds(last.branch) else None
            if wanted is not None:
                return self._first_of(scope, wanted, last, most)
            orders = self._ordered(scope, last.branch if last else "", last.order if last else None)
            return [self._people[order[2]] for order in islice(orders, most)]

    def _first_of(self, scope: Scope, wanted: Set[str], last: Known | None, most: int) -> list[Known]:
        some = (known for known in map(self._people.get, wanted) if known and scope.holds(known.branch))
        place = (last.branch, last.order) if last else None
        after = (known for known in some if place is None or (known.branch, known.order) > place)
        return nsmallest(most, after, key=lambda known: (known.branch, known.order))

    def fitting(self, scope: Scope, find: Callable[[Sought, Sought, Sought], Set[str]]) -> frozenset[str]:
        """The ids of these branches among those that are found by names (lower case), dwellings, phones."""
        with self._fresh():
            found = find(self._by_name, self._by_dwelling, self._by_phone)
            some = (known for known in map(self._people.get, found) if known)
            return frozenset(known.id for known in some if scope.holds(known.branch))

    def living_in(self, branch: str, house: str) -> list[Known]:
        """Everybody of a dwelling, by its shared key."""
        with self._fresh():
            return [self._people[one] for one in sorted(self._houses.get((branch, house), ()))]

    def houses(self, scope: Scope) -> dict[tuple[str, str], int]:
        """(branch, shared key of the dwelling) and how many live there."""
        with self._fresh():
            ours = {branch for branch in self._members if scope.holds(branch)}
            return {place: len(ids) for place, ids in self._houses.items() if ids and place[0] in ours}

    def branch_versions(self, scope: Scope) -> dict[str, tuple[bytes, int]]:
        """Of each of these branches: another one when somebody there has changed."""
        with self._fresh():
            return {
                branch: (self._epoch, self._changed[branch])
                for branch in self._members
                if scope.holds(branch)
            }

    def name_of(self, branch: str, house: str) -> str:
        """How a dwelling is written, by its shared key; empty if nobody lives there."""
        with self._lock:
            ids = self._houses.get((branch, house))
            return self._people[next(iter(ids))].person.dwelling if ids else ""

    def counts(self, scope: Scope) -> dict[str, int]:
        """People by branch."""
        with self._fresh():
            return {branch: len(ids) for branch, ids in self._members.items() if ids and scope.holds(branch)}

    def with_number(self, key: str) -> set[str]:
        """The ids of whoever has this ID number, of whatever branch."""
        with self._fresh():
            return set(self._numbers.get(key, ()))

    def with_key(self, key: str) -> set[str]:
        """The same of whoever has this among their shared keys: of a list that gave the number alone, too."""
        with self._fresh():
            return {known.id for known in self._people.values() if key in known.person.keys}

    def with_code(self, key: str) -> set[str]:
        """The same of a code."""
        with self._fresh():
            return set(self._codes.get(key, ()))

    def marked(
        self, ids: Iterable[str], numbers: Iterable[str], codes: Iterable[str], houses: Iterable[str]
    ) -> list[Known]:
        """Whoever has one of these ids, ID numbers, codes or dwellings (shared keys), of whatever branch."""
        with self._fresh():
            found = set(ids)
            found.update(*(self._numbers.get(key, ()) for key in numbers))
            found.update(*(self._codes.get(key, ()) for key in codes))
            found.update(
                *(self._houses.get((branch, key), ()) for key in houses for branch in tuple(self._members))
            )
            return [known for known in map(self._people.get, sorted(found)) if known]

    def facts(self, person_id: str) -> dict[str, FactItem]:
        """What is told of a person, by kind."""
        with self._fresh():
            return dict(self._facts.get(person_id, {}))

    def all_facts(self, people: Iterable[Known]) -> dict[str, dict[str, FactItem]]:
        """The same of these, where there are any."""
        with self._fresh():
            found = ((one.id, self._facts.get(one.id)) for one in people)
            return {person_id: dict(facts) for person_id, facts in found if facts}

    def ids(self) -> frozenset[str]:
        """Of everybody there is."""
        with self._fresh():
            return frozenset(self._people)

    @contextmanager
    def _fresh(self) -> Iterator[None]:
        """What the lists say now, and nobody changes it. Raises UnavailableError."""
        with self._lock:
            self._look()
            yield

    def _look(self) -> None:
        with self._database.read() as connection:
            epoch = meta(connection, "epoch")
            newest = dict(connection.rows("SELECT channel, newest FROM channel"))
            if epoch != self._epoch or any(newest.get(name, 0) < at for name, at in self._at.items()):
                self._forget(epoch)
            for channel, take in (("people", self._take_person), ("quick", self._take_fact)):
                news = newest.get(channel, 0) - self._at[channel]
                if news > _VERY_MANY:
                    with _kept_for_long():
                        self._follow(connection, channel, take)
                elif news > 0:
                    self._follow(connection, channel, take)
                self._at[channel] = newest.get(channel, 0)
        self._sort()

    def _follow(self, connection: Connection, channel: str, take: _Take) -> None:
        list_name = "person" if channel == "people" else "fact"
        sql = (
            "SELECT key, body, scope FROM item"
            " WHERE channel = ? AND version > ? AND list = ? ORDER BY version"
        )
        for key, body, scope in connection.each(sql, channel, self._at[channel], list_name):
            take(key, self._private.given(list_name, key, body), scope)

    def _forget(self, epoch: bytes) -> None:
        self._epoch = epoch
        self._changes = 0
        self._at = {"people": 0, "quick": 0}
        self._people: dict[str, Known] = {}
        self._facts: dict[str, dict[str, FactItem]] = {}
        self._houses: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._by_name, self._by_dwelling, self._by_phone = Sought(), Sought(), Sought()
        self._members: dict[str, set[str]] = defaultdict(set)
        self._orders: dict[str, list[_Order]] = {}
        self._changed: dict[str, int] = defaultdict(int)
        self._gone: dict[str, list[_Order]] = defaultdict(list)  # not yet taken out of the orders
        self._new: dict[str, list[_Order]] = defaultdict(list)

    def _take_person(self, key: str, body: bytes | None, branch: str) -> None:
        self._changes += 1
        if old := self._people.pop(key, None):
            self._take_out(old)
        if body is None:
            return
        person = decode_item("person", body)
        assert isinstance(person, PersonItem)
        known = Known(key, branch, person, (order_of(person.dwelling), person.name, key))
        self._people[key] = known
        if known.number_key:
            self._numbers[known.number_key].add(key)
        for code in person.codes:
            self._codes[code].add(key)
        for sought, value in self._values(person):
            sought.add(value, key)
        if person.house:
            self._houses[branch, person.house].add(key)
        self._members[branch].add(key)
        self._changed[branch] = self._changes
        self._new[branch].append(known.order)

    def _take_out(self, old: Known) -> None:
        self._members[old.branch].discard(old.id)
        self._changed[old.branch] = self._changes
        self._gone[old.branch].append(old.order)
        self._numbers[old.number_key].discard(old.id)
        for code in old.person.codes:
            self._codes[code].discard(old.id)
        for sought, value in self._values(old.person):
            sought.drop(value, old.id)
        self._houses[old.branch, old.person.house].discard(old.id)

    def _values(self, person: PersonItem) -> Iterator[tuple[Sought, str]]:
        yield self._by_name, person.name.lower()
        yield self._by_dwelling, person.dwelling
        yield from ((self._by_phone, phone) for phone in person.phones)

    def _take_fact(self, key: str, body: bytes | None, scope: str) -> None:
        self._changes += 1
        about, _, rest = key.partition(":")
        subject, _, kind = rest.rpartition(":")
        if about != "person":
            return
        if body is None:
            self._facts.get(subject, {}).pop(kind, None)
            return
        fact = decode_item("fact", body)
        assert isinstance(fact, FactItem)
        self._facts.setdefault(subject, {})[kind] = fact

    def _sort(self) -> None:
        for branch in {*self._gone, *self._new}:
            gone, new = self._gone[branch], self._new[branch]
            if len(gone) + len(new) > _FEW or branch not in self._orders:
                self._orders[branch] = sorted(self._people[one].order for one in self._members[branch])
            else:
                _change(self._orders[branch], gone, new)
        self._gone.clear()
        self._new.clear()

    def _ordered(self, scope: Scope, branch: str, after: _Order | None) -> Iterator[_Order]:
        for one in sorted(self._orders):
            if one < branch or not scope.holds(one):
                continue
            orders = self._orders[one]
            yield from orders[bisect_right(orders, after) if one == branch and after else 0 :]


def _change(orders: list[_Order], gone: Iterable[_Order], new: Iterable[_Order]) -> None:
    """Who changed twice went twice and came twice: what counts is the sum."""
    changes = Counter(new)
    changes.subtract(gone)
    for order, count in changes.items():
        if count > 0:
            insort(orders, order)
        elif count < 0:
            del orders[bisect_left(orders, order)]


@contextmanager
def _kept_for_long() -> Iterator[None]:
    """Nothing that is made here is garbage, nor will be: the collector looks through it neither now (half of
    the time that 100,000 people take) nor ever again (0.8 s for them, in which no page is answered)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


@lru_cache(maxsize=100_000)
def order_of(dwelling: str) -> tuple[tuple[int, str], ...]:
    """2 before 10, whatever was written."""
    try:
        return sort_key(read_house(dwelling).parts)
    except CellError:
        return ((1 << 62, dwelling),)
