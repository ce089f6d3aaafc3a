"""How a person of the lists is shown: masked, unless a reason was given (and is on record)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from center.console.health_words import LOOKS
from center.console.page import ComplaintError
from center.console.visit import Visit
from center.store.isolations import Someone
from station.journal.masking import mask_name, mask_phone


@dataclass(frozen=True, slots=True)
class Shown:
    """Empty texts where nothing is known."""

    name: str = field(repr=False)
    phones: tuple[str, ...] = field(repr=False)
    dwelling: str = field(repr=False)
    guardians: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)  # names with phones


NOBODY = Shown("", (), "")


def shown(found: Someone | None, others: Mapping[str, Someone] | None = None, *, bare: bool = False) -> Shown:
    """`others`: where guardians are looked up."""
    if found is None:
        return NOBODY
    known = others or {}
    guardians = [known[one] for one in found.item.guardians if one in known]
    return Shown(
        _name(found, bare),
        _phones(found, bare),
        found.item.dwelling if bare else mask_dwelling(found.item.dwelling),
        tuple((_name(one, bare), _phones(one, bare)) for one in guardians),
    )


def people_of(visit: Visit, ids: Iterable[str]) -> dict[str, Someone]:
    """These people and who stands for them."""
    wanted = sorted({one for one in ids if one})
    found = visit.store.isolations.people(wanted)
    more = sorted({one for person in found.values() for one in person.item.guardians} - set(found))
    return found | visit.store.isolations.people(more)


def mask_dwelling(dwelling: str) -> str:
    """3-2-501 → 3-***: the house is told, the flat is not."""
    first, dash, _ = dwelling.partition("-")
    return f"{first}-***" if dash else ("***" if dwelling else "")


def why(visit: Visit) -> str:
    """The reason that was chosen for looking at names. Raises ComplaintError."""
    reason = visit.field("why", 20)
    if reason not in LOOKS:
        raise ComplaintError("请先选为什么要看姓名")
    return reason


def _name(found: Someone, bare: bool) -> str:
    return found.item.name if bare else mask_name(found.item.name)


def _phones(found: Someone, bare: bool) -> tuple[str, ...]:
    return found.item.phones if bare else tuple(mask_phone(one) for one in found.item.phones)
