"""What the center alone has of two who turned out to be one lies with whom stays on the list.

In the ledger entries keep the id that the gate wrote; the typed rows, by which somebody is traced and erased,
are of whom stays.
"""

from __future__ import annotations

from center.store.database import Connection

_PLACES = (
    ("health_event", "person"),
    ("center_pass", "person"),
    ("door_sensor", "person"),
    ("link", "about"),
    ("case_file", "person_id"),
    ("gate_alarm", "person"),
    ("lookback", "person_id"),
    ("colour_change", "person"),
    ("erasure", "person"),
    ("entry", "person_id"),
)


def make_one(connection: Connection, kept: str, gone: str) -> None:
    """Ids of people. Within the transaction that takes the one off the list."""
    for table, column in _PLACES:
        connection.run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", kept, gone)
