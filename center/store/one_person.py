"""What the center alone has of two who turned out to be one lies with whom stays on the list.

Entries keep the id that the gate wrote.
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
)


def make_one(connection: Connection, kept: str, gone: str) -> None:
    """Ids of people. Within the transaction that takes the one off the list."""
    for table, column in _PLACES:
        connection.run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", kept, gone)
