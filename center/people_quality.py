"""零差错: what cannot be right about the people of the lists. Pure.

Duplicates, impossible values, contradictions. Each finding names the people it is about, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from center.store.directory import Known
from station.roster.phone import read_phones
from station.roster.problems import CellError
from station.sync.items import FactItem

MOST_SHARING = 6  # a phone that more people give is a hotel's, or a mistake
OLDEST = 120  # years
Facts = Mapping[str, Mapping[str, FactItem]]
_ISOLATED = ("isolation", "close_contact", "sub_close_contact")


class Doubtful(StrEnum):
    """What is doubtful."""

    SAME_NUMBER = "same_number"  # several people have one ID number
    SAME_RESIDENT = "same_resident"  # several people of one name in one dwelling
    SHARED_PHONE = "shared_phone"
    BIRTH = "birth"  # to come, or more than 120 years ago, or no date
    PHONE = "phone"
    RED_NO_WATCH = "red_no_watch"
    POSITIVE_NO_WATCH = "positive_no_watch"
    GREEN_ISOLATED = "green_isolated"  # green, and under isolation: one of both is old
    RELEASED_AND_WATCHED = "released_and_watched"  # released, while a proposal or block says otherwise
    WATCH_OVER = "watch_over"  # the time is over and nobody has lifted it
    DEAD_GUARDIAN = "dead_guardian"
    CHILD_ALONE = "child_alone"  # under 14, no guardian, no phone
    SAME_CODE = "same_code"


GRAVE = frozenset(
    {
        Doubtful.SAME_NUMBER,
        Doubtful.SAME_CODE,
        Doubtful.RED_NO_WATCH,
        Doubtful.POSITIVE_NO_WATCH,
        Doubtful.RELEASED_AND_WATCHED,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`people`: those it is about; `branch`: of the first of them."""

    what: Doubtful
    branch: str
    people: tuple[str, ...]
    said: str = ""  # told apart by: facts and values it was found in, hashed; a new one is a new finding

    @property
    def key(self) -> str:
        text = "\0".join((self.what.value, self.said, *self.people))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def find_all(
    people: Iterable[Known], facts: Facts, everybody: frozenset[str], today: date, now_ms: int
) -> list[Finding]:
    """`everybody`: all ids there are, also of other branches. The grave ones first."""
    all_ = list(people)
    found = [*_duplicates(all_)]
    for known in all_:
        found += _of_one(known, facts.get(known.id, {}), everybody, today, now_ms)
    return sorted(found, key=lambda one: (one.what not in GRAVE, one.what.value, one.branch, one.people))


def _duplicates(people: Sequence[Known]) -> Iterator[Finding]:
    for what, values_of in _SHARED.items():
        for some in _sharing(people, values_of):
            most = MOST_SHARING if what is Doubtful.SHARED_PHONE else 1
            if len(some) > most and not _told_apart(what, some):
                some.sort(
                    key=lambda one: one.id
                )  # so that a finding has one key, whoever was looked at first
                yield Finding(what, some[0].branch, tuple(one.id for one in some))


def _sharing(people: Iterable[Known], values_of: Callable[[Known], Iterable[str]]) -> Iterable[list[Known]]:
    """Those who have a value in common. A list is made for these alone: one for each of 100,000 people would
    make the garbage collector look through all memory again and again."""
    first: dict[str, Known] = {}
    several: dict[str, list[Known]] = {}
    for known in people:
        for value in values_of(known):
            other = first.setdefault(value, known)
            if other is not known or value in several:
                several.setdefault(value, [other]).append(known)
    return several.values()


def _homes(known: Known) -> tuple[str, ...]:
    person = known.person
    home = f"{known.branch}\0{person.name}\0{person.house or person.dwelling}"
    return (home,) if person.dwelling else ()


_SHARED: dict[Doubtful, Callable[[Known], Iterable[str]]] = {
    Doubtful.SAME_NUMBER: lambda known: (known.number_key,) if known.number_key else (),
    Doubtful.SAME_RESIDENT: _homes,
    Doubtful.SHARED_PHONE: lambda known: known.person.phones,
    Doubtful.SAME_CODE: lambda known: known.person.codes,
}


def _told_apart(what: Doubtful, some: list[Known]) -> bool:
    """A father and a son of one name: each has an ID number of his own."""
    numbers = [one.number_key for one in some]
    return what is Doubtful.SAME_RESIDENT and all(numbers) and len(set(numbers)) == len(some)


def _of_one(
    known: Known, facts: Mapping[str, FactItem], everybody: frozenset[str], today: date, now_ms: int
) -> Iterator[Finding]:
    for what, said in (*_values(known, everybody, today), *_contradictions(facts, now_ms)):
        yield Finding(what, known.branch, (known.id,), said)


def _values(known: Known, everybody: frozenset[str], today: date) -> Iterator[tuple[Doubtful, str]]:
    person = known.person
    born = _born(person.birth)
    if person.birth and (born is None or born > today or today.year - born.year > OLDEST):
        yield Doubtful.BIRTH, person.birth
    if any(_is_wrong(phone) for phone in person.phones):
        yield Doubtful.PHONE, ""
    if any(guardian not in everybody for guardian in person.guardians):
        yield Doubtful.DEAD_GUARDIAN, ""
    child = born is not None and born <= today and today.year - born.year < 14
    if child and not person.guardians and not person.phones:
        yield Doubtful.CHILD_ALONE, ""


def _contradictions(facts: Mapping[str, FactItem], now_ms: int) -> Iterator[tuple[Doubtful, str]]:
    colour, test = facts.get("colour"), facts.get("test")
    watch, pending = facts.get("isolation"), facts.get("isolation_pending")
    watched = watch is not None and watch.value in _ISOLATED
    waiting = pending is not None and pending.value in _ISOLATED
    over = watched and watch is not None and watch.until_ms is not None and watch.until_ms < now_ms
    blocked = "block" in facts and facts["block"].value != "none"
    if colour and colour.value == "red" and not watched and not waiting:
        yield Doubtful.RED_NO_WATCH, str(colour.as_of_ms)
    if test and test.value == "positive" and not watched and not waiting:
        yield Doubtful.POSITIVE_NO_WATCH, str(test.as_of_ms)
    if (
        watch
        and watched
        and not over
        and colour
        and colour.value == "green"
        and colour.as_of_ms > watch.as_of_ms
    ):
        yield Doubtful.GREEN_ISOLATED, str(colour.as_of_ms)
    if over and watch is not None:
        yield Doubtful.WATCH_OVER, str(watch.until_ms)
    if (
        watch
        and watch.value == "none"
        and (blocked or (waiting and pending and pending.as_of_ms < watch.as_of_ms))
    ):
        yield Doubtful.RELEASED_AND_WATCHED, str(watch.as_of_ms)


@lru_cache(maxsize=50_000)
def _born(birth: str) -> date | None:
    try:
        return date.fromisoformat(birth) if birth else None
    except ValueError:
        return None


@lru_cache(maxsize=200_000)
def _is_wrong(phone: str) -> bool:
    try:
        return read_phones(phone) != (phone,)
    except CellError:
        return True
