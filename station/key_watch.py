"""What the lane does when its data keys are opened or locked away, and while they are sealed anew.

Opened: what was written meanwhile finds its place, and the lane begins anew with its lists. As long as they
are open, the PC's memory holds them for a gate that crashes (`journal.ram`); whoever closes the gate takes
them away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from station.core.facts import Fact, FactKind
from station.journal import ram
from station.journal.entries import Journal
from station.journal.errors import JournalError, RowChangedError, VaultError
from station.journal.movements import Movements
from station.journal.people import Known, People
from station.journal.rotating import Rotation
from station.journal.settling import settle
from station.knowledge import Find, by_hand, is_by_hand
from station.rechecking import joined

log = logging.getLogger(__name__)

_RENEW_S = 60.0  # a fifteenth of what the memory is good for
_SOURCE = "station"


class KeyWatch:
    """One gate's; the lane's thread.

    `changing` hears that the keys were opened or locked away, before what was written meanwhile finds its
    place; `changed` after it.
    """

    def __init__(
        self, folder: Path, journal: Journal, changing: Callable[[], None], changed: Callable[[], None]
    ) -> None:
        self._folder, self._journal = folder, journal
        self._changing, self._changed = changing, changed
        self._locked, self._renewed = journal.vault.locked, float("-inf")
        self._rotation: Rotation | None = None
        if not self._locked:
            self._settle()

    def tick(self, monotonic: float, *, idle: bool) -> None:
        """Time passed, in s. `idle`: nobody stands at the lane."""
        vault = self._journal.vault
        if vault.locked != self._locked:
            self._locked = vault.locked
            self._renewed = float("-inf")
            self._opened_or_locked()
        if vault.wrapped and not vault.locked and monotonic - self._renewed >= _RENEW_S:
            self._renewed = monotonic
            ram.remember(self._folder, vault.ring)
        if idle and not vault.locked:
            self._seal_anew()

    def close(self) -> None:
        """The gate is closed by somebody: nothing stays behind. A crash does not come here."""
        if self._journal.vault.wrapped:
            self._forget()

    def _opened_or_locked(self) -> None:
        self._changing()
        if self._locked:
            self._forget()
            log.info("the data keys are locked away")
        else:
            self._settle()
            log.info("the data keys are open")
        self._rotation = None
        self._changed()

    def _settle(self) -> None:
        try:
            settle(self._journal, self._merged)
        except (JournalError, VaultError, msgspec.DecodeError) as error:
            log.error("what was recorded before the sign-in stays as it is: %s", error)

    def _merged(self, name: str, before: bytes | None, noted: Sequence[bytes]) -> bytes | None:
        people = People(self._journal)

        def owner(key: str) -> str:
            known = None if is_by_hand(key) else people.find_by_code(key)
            return by_hand(known.person_id) if known and known.person_id else key

        return joined(name, before, noted, owner, Movements(self._journal.connection).position)

    def _forget(self) -> None:
        try:
            ram.forget(self._folder)
        except OSError as error:
            log.error("the data keys cannot be taken out of memory: %s", error)

    def _seal_anew(self) -> None:
        """Some rows at a time. A fault is logged: it goes on with the next start."""
        try:
            stale = self._rotation and self._rotation.generation != self._journal.vault.ring.generation
            if self._rotation is None or stale:
                self._rotation = Rotation(self._journal)
            self._rotation.step()
        except (JournalError, VaultError) as error:
            log.error("not everything could be sealed with the newest key: %s", error)
            self._rotation = Rotation(self._journal, done=True)


def unless_locked(journal: Journal, find: Find, now: Callable[[], datetime]) -> Find:
    """A look-up that says so while nobody can be looked up, or whose record was changed or cannot be read; it
    never guesses."""

    def found(key: str) -> Known | None:
        if journal.vault.locked:
            return _unknown("locked", now())
        try:
            return find(key)
        except RowChangedError as error:
            log.error("somebody's record is not as it was written: %s", error)
            return _unknown("changed", now())
        except (JournalError, VaultError) as error:
            log.error("roster not readable: %s", error)
            return _unknown("unreadable", now())

    return found


def _unknown(why: str, now: datetime) -> Known:
    """Nobody, and why: a pass that proves a residence must not hide what the lists may say."""
    return Known(None, None, (Fact(FactKind.LOOKUP, why, now, _SOURCE),))
