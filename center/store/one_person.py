"""What the center alone has of two who turned out to be one lies with whom stays on the list.

Entries keep the id that the gate wrote.
"""

from __future__ import annotations

from center.store.database import Database

_PLACES = (
    ("health_event", "person"),
    ("center_pass", "person"),
    ("door_sensor", "person"),
    ("link", "about"),
    ("case_file", "person_id"),
    ("gate_alarm", "person"),
    ("lookback", "person_id"),
    ("colour_change", "person"),
)


def make_one(database: Database, kept: str, gone: str) -> None:
    """Ids of people. Twice does no more than once. Raises UnavailableError."""
    with database.write() as connection:
        for table, column in _PLACES:
            connection.run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", kept, gone)
