"""What a window keeps of a journal that is closed while it stays open, until the same one is open again.

The stick that holds it may be pulled out and plugged in again, and another gate's plugged in instead. That
one is neither opened nor written to; and no empty journal begins where the stick is missing.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from station.core.problems import StorageProblem
from station.journal.errors import JournalError, VaultError
from station.running.last_place import LastPlace

if TYPE_CHECKING:  # nearly all of the program: the window has its first picture before
    from station.app import Station
    from station.checkpoint import Checkpoint
    from station.journal.keyring import Keyring

log = logging.getLogger(__name__)


class Reopening:
    """Of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._public_key = b""  # of the gate that was opened here; empty: none was yet
        self._before: Checkpoint | None = None
        self._was_locked = False  # then codes had keys of that run only
        self._ring: Keyring | None = None

    @property
    def was_open(self) -> bool:
        return bool(self._public_key)

    def refuse_another(self) -> None:
        """Raises JournalError if this is not the journal that was open, or its disk is not there; nothing is
        written to find out. Raises VaultError."""
        if not self.was_open:
            if LastPlace(self._data).missing():
                raise JournalError(StorageProblem.MISSING, f"the disk of {self._data} is not mounted")
            return
        from station.journal.vault import public_key_of

        found = public_key_of(self._data)
        if found is None:
            raise JournalError(StorageProblem.MISSING, f"{self._data} is not there")
        if found != self._public_key:
            raise JournalError(StorageProblem.OTHER_GATE, f"another gate's journal lies in {self._data}")

    def closing(self, station: Station) -> None:
        """Before it is closed."""
        vault, self._before = station.journal.vault, station.checkpoint
        self._was_locked = vault.locked
        self._ring = vault.ring if vault.wrapped and not vault.locked else None

    def opened(self, station: Station, *, somebody_is_at_work: bool) -> None:
        """The fevers that were refused go on waiting for room, and whoever signed in need not do it again."""
        vault, before, ring = station.journal.vault, self._before, self._ring
        self._public_key, self._before, self._ring = vault.public_key, None, None
        if before:
            station.checkpoint.take_refused(before, same_keys=not self._was_locked)
        if ring and vault.locked and somebody_is_at_work:
            try:
                vault.unlock(ring)
            except VaultError as error:
                log.warning("somebody has to sign in: %s", error)
