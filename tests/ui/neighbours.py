"""A roster for tests of the screen: two buildings, a large one, a courier, two people written alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.core.outcome import PersonLine
from station.ui.roster import Companions, Kin


@dataclass(frozen=True)
class Building:
    name: str
    people: int


@dataclass(frozen=True)
class Neighbour:
    person_id: str
    line: PersonLine
    phone_tail: str = ""


def _neighbour(person_id: str, name: str, dwelling: str, tail: str = "") -> Neighbour:
    return Neighbour(person_id, PersonLine(name, dwelling), tail)


SMALL = (
    _neighbour("father", "张*", "1-1-101", "5678"),
    _neighbour("son", "张*", "1-1-101", "4321"),
    _neighbour("wang", "王*英", "1-2-201"),
)
LARGE = tuple(
    _neighbour(f"l{unit}{floor}{room}", "李*红", f"2-{unit}-{floor}0{room}")
    for unit in (1, 2, 3)
    for floor in range(1, 7)
    for room in (1, 2)
)
COURIER = _neighbour("courier", "赵*", "", "9999")


@dataclass
class Neighbours:
    """`ui.roster.Roster`; what was searched for is remembered."""

    ready: bool = True
    searched: list[str] = field(default_factory=list)
    many: int = 0  # further buildings
    with_them: Companions | None = None  # whom the last person may have brought

    def is_ready(self) -> bool:
        return self.ready

    def buildings(self) -> list[Building]:
        few = [Building("1", len(SMALL)), Building("2", len(LARGE)), Building("平房", 3)]
        return [*few, *(Building(str(3 + number), 90) for number in range(self.many)), Building("", 1)]

    def of_building(self, name: str) -> list[Neighbour]:
        return list({"1": SMALL, "2": LARGE, "": (COURIER,)}.get(name, ()))

    def usual(self, building: str) -> list[Neighbour]:
        return [LARGE[7]] if building == "2" else []

    def search(self, typed: str) -> list[Neighbour]:
        """By dwelling only."""
        self.searched.append(typed)
        everybody = (*SMALL, *LARGE, COURIER)
        return [one for one in everybody if one.line.dwelling.startswith(typed)]

    def companions(self) -> Companions | None:
        return self.with_them


def wang_and_hers(*, held_up: bool = False) -> Companions:
    """A mother with a child and a grandmother."""
    child, grandmother = _neighbour("child", "王*明", "1-2-201"), _neighbour("granny", "李*珍", "1-2-201")
    people = ((child, Kin.CHILD), (grandmother, Kin.ELDER))
    return Companions("wang", PersonLine("王*英", "1-2-201"), held_up, people)
