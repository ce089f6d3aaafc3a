"""The checklists of this gate: those that it brings along, with the points that the center has given instead.

A list of the center's that cannot be used changes nothing and is said once, in the log: whoever is on duty
never stands before an empty list.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from station.core.checklist import Checklist, ChecklistError, Point, with_points
from station.journal.checklists import GivenList, fingerprint, given_lists
from station.journal.entries import Journal
from station.sync.items import ChecklistItem

log = logging.getLogger(__name__)

Complain = Callable[[GivenList, str], None]


class DutyLists:
    """Of the journal's thread. Methods raise JournalError, VaultError."""

    def __init__(self, journal: Callable[[], Journal | None], usual: Sequence[Checklist]) -> None:
        self._journal, self._usual = journal, tuple(usual)
        self._said = set[tuple[str, int]]()
        self._seen: tuple[int, ...] | None = None

    def now(self) -> tuple[Checklist, ...]:
        """As they are now; without a journal, those of the program."""
        journal = self._journal()
        if journal is None:
            return self._usual
        return in_force(self._usual, given_lists(journal.connection, journal.vault), self._complain)

    def changed(self) -> bool:
        """Whether the center's are others than when this was asked last; not at the first time."""
        journal = self._journal()
        if journal is None:
            return False
        before, self._seen = self._seen, fingerprint(journal.connection)
        return before is not None and before != self._seen

    def _complain(self, given: GivenList, why: str) -> None:
        if (given.key, given.version) not in self._said:
            self._said.add((given.key, given.version))
            log.warning("a checklist of the center is not used, the usual one stays: %s: %s", given.key, why)


def in_force(
    usual: Iterable[Checklist], given: Iterable[GivenList], complain: Complain
) -> tuple[Checklist, ...]:
    """In the order of the usual ones; of several that are usable the one of the deepest branch counts."""
    found = {one.id: one for one in usual}
    for one in sorted(given, key=_order):
        if one.item is None:
            complain(one, one.problem)
        elif one.item.kind not in found:
            complain(one, f"no list {one.item.kind!r} here")
        else:
            try:
                found[one.item.kind] = with_points(found[one.item.kind], _points(one.item))
            except ChecklistError as error:
                complain(one, str(error))
    return tuple(found.values())


def _order(given: GivenList) -> tuple[int, int]:
    """The branch that is nearest to the gate comes last; of two of a depth, the newer one."""
    if given.item is None:
        return -1, 0
    return len([part for part in given.item.branch.split("/") if part]), given.item.at_ms


def _points(item: ChecklistItem) -> list[Point]:
    return [Point(one.id, one.zh, one.en) for one in item.points]
