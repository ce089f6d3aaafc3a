"""What the page for people without a code offers to be tapped: buildings, parts of a large one, or people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from station.ui.roster import Building, Candidate, Companions, Kin

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Offer:
    """Two lines to read, and what a tap means: a person, or a place to look in."""

    large: str = field(repr=False)
    small: str = field(repr=False)
    person_id: str | None = None
    place: str = ""
    brought_by: str | None = None  # the id of who stands for this person, here and now


def of_buildings(buildings: Sequence[Building]) -> list[Offer]:
    return [_place(one.name, one.people) for one in buildings]


def of_units(people: Sequence[Candidate], *, usual: Sequence[Candidate]) -> list[Offer]:
    """Of a large building: those who usually have no code, and then its parts, which have no person twice."""
    counts = Counter(unit_of(one) for one in people)
    return of_people(usual) + [_place(unit, count) for unit, count in counts.items()]


def of_people(people: Sequence[Candidate]) -> list[Offer]:
    """Masked; whoever is written like somebody else is told apart by the end of their phone number."""
    written = Counter((one.line.name, one.line.dwelling) for one in people)
    return [_person(one, alike=written[one.line.name, one.line.dwelling] > 1) for one in people]


def of_companions(companions: Companions) -> list[Offer]:
    """Those whom somebody at the lane may have brought."""
    texts = {
        Kin.CHILD: translate("words", "孩子"),
        Kin.ELDER: translate("words", "老人"),
        Kin.FAMILY: translate("words", "家人"),
    }
    by = companions.person_id
    return [
        Offer(
            one.line.name,
            " · ".join(filter(None, (texts[kin], one.line.dwelling))),
            one.person_id,
            brought_by=by,
        )
        for one, kin in companions.people
    ]


def unit_of(person: Candidate) -> str:
    """3-2 of 3-2-501: the dwelling without its room."""
    return person.line.dwelling.rpartition("-")[0]


def building_name(name: str) -> str:
    """How a building or a part of one is called."""
    if not name:
        return translate("words", "没登记住处")
    if name.isdigit():
        return translate("words", "{number} 号楼").format(number=name)
    numbered = "-" in name and name.replace("-", "").isdigit()
    return translate("words", "{unit} 单元").format(unit=name) if numbered else name


def _place(name: str, people: int) -> Offer:
    count = translate("words", "{count} 人").format(count=people)
    return Offer(building_name(name), count, place=name)


def _person(one: Candidate, *, alike: bool) -> Offer:
    tail = translate("words", "尾号 {tail}").format(tail=one.phone_tail) if one.phone_tail else ""
    told = (one.line.dwelling, tail if alike or not one.line.dwelling else "")
    return Offer(one.line.name, " · ".join(part for part in told if part), person_id=one.person_id)
