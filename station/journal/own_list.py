"""How old the roster is that was put into this gate here, not by a center."""

from __future__ import annotations

import sqlite3

from station.core.contact import OwnList
from station.core.moments import from_ms
from station.journal.errors import storage_errors

_NEWEST = """
SELECT kind = 'import', at_ms FROM batch
 WHERE undone_by IS NULL AND kind IN ('import', 'edit') AND EXISTS (SELECT 1 FROM person)
 ORDER BY kind = 'import' DESC, id DESC LIMIT 1"""


def own_list(connection: sqlite3.Connection) -> OwnList:
    """The newest list that was imported and stands, or else what was entered by hand. Raises JournalError."""
    with storage_errors():
        row = connection.execute(_NEWEST).fetchone()
    return OwnList(from_ms(row[1]), imported=bool(row[0])) if row else OwnList()
