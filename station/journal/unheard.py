"""What was put down here for a shift of the center, as long as the center cannot have answered it yet.

From then on its own list counts: a name that it refused or took off again would else stand here for ever,
and nobody would be looked for.
"""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from station.core.moments import to_ms
from station.journal.center_cursor import read_cursor
from station.journal.migrations import version
from station.journal.reports import SINCE_SCHEMA, unsent
from station.journal.vault import Vault
from station.sync.reports import Kind, Signup

_CHANNEL = "quick"  # of the list of shifts
_ANSWERED_AFTER = timedelta(minutes=2)  # when the list was heard is kept by the minute


class Unheard:
    """As it is now; with any connection. Raises JournalError, VaultError."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        heard = read_cursor(connection, _CHANNEL).heard
        self._heard_ms = None if heard is None else to_ms(heard - _ANSWERED_AFTER)
        there = version(connection) >= SINCE_SCHEMA
        waiting = unsent(connection, vault, Kind.SIGNUP, Signup) if there else ()
        self._waiting = {(one.shift, one.name, one.leaves) for one in waiting}

    def stands(self, shift: str, name: str, at_ms: int, *, leaves: bool) -> bool:
        """Whether what somebody did here then is not in the center's list yet."""
        if self._heard_ms is None or at_ms >= self._heard_ms:
            return True
        return (shift, name, leaves) in self._waiting
