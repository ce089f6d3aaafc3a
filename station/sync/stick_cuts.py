"""Where the batches of our sticks ended. A center takes a batch only from where it is: the next stick, which
may be written before any answer has come back, must begin one wherever an earlier stick ended.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

import msgspec

from station.journal.durable import write_file
from station.sync.outbox import OutboxChain

log = logging.getLogger(__name__)

FILE = "stick-cuts.json"  # in the data folder; without it one more answer is needed, and nothing is lost
_MOST = 1000  # of an incarnation
_Cuts = dict[int, list[int]]  # by incarnation: numbers of last records, rising


class StickCuts:
    """Read once. Not in the journal: who writes a stick beside a gate at work can only read that."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._cuts = _read(self._path)

    def next(self, incarnation: int, first: int) -> int | None:
        """The number at which a batch that begins at `first` has to end, unless it ends before."""
        cuts = self._cuts.get(incarnation, [])
        place = bisect_right(cuts, first - 1)
        return cuts[place] if place < len(cuts) else None

    def keep(self, ended: Iterable[tuple[int, int]], chains: Iterable[OutboxChain]) -> None:
        """A stick is written whose batches end there (incarnation, number); what is acknowledged may go."""
        new = set(ended)
        cuts: _Cuts = {}
        for chain in chains:
            one = chain.incarnation
            known = {*self._cuts.get(one, []), *(number for whose, number in new if whose == one)}
            if left := sorted(number for number in known if number > chain.acked):
                cuts[one] = left[-_MOST:]
        if cuts != self._cuts:
            self._write(cuts)

    def _write(self, cuts: _Cuts) -> None:
        try:
            write_file(self._path, msgspec.json.encode(cuts))
            self._cuts = cuts
        except OSError as error:  # a full disk: the stick is what counts
            log.warning("where this stick ends is not kept: %s", error)


def _read(path: Path) -> _Cuts:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_Cuts)
    except (OSError, msgspec.DecodeError):
        return {}
    return {one: sorted(set(numbers)) for one, numbers in found.items()}
