"""Somebody of a branch who is isolated, with a colour that changed, a door sensor and a passage at a gate."""

from __future__ import annotations

from center.projection import COLUMNS
from center.store import SqlStore, alarms, colours
from center.store.colours import Said
from center.store.console_audit import Note
from center.store.health import Event
from station.core.model import ReasonCode
from station.sync.items import FactItem, PersonItem, encode_item
from tests.center.gate import Gate


def add_ill(store: SqlStore, branch: str, gate: Gate, now_ms: int) -> dict[str, str]:
    """Their ids, by the parts of paths. Nobody of the lists, and nothing that is left to do."""
    person = gate.number.to_bytes(16, "little").hex()
    note = Note(now_ms, "admin", "装了门磁", branch)
    with store.database.write() as connection:
        connection.run(
            "INSERT INTO isolation (person, subject, branch, value, since_ms) VALUES (?, ?, ?, ?, ?)",
            *(person, person, branch, "isolation", now_ms - 1),
        )
        colours.change(connection, Said("person", person, "red", now_ms, "center", branch), person, now_ms)
        alarms.note(connection, [row(gate, person, now_ms)])
    store.health.add(person, "note", Event("Called"), who="duty", at_ms=now_ms)
    sensor = store.doors.add(person, branch, "door", now_ms, note)
    passage = store.alarms.of(person)[0]
    store.alarms.see(passage, "admin", "ok", now_ms, note)
    return {
        "isolated": person,
        "change": store.colours.of(person)[0].id.hex(),
        "sensor": sensor.id.hex(),
        "alarm": f"{passage.station.hex()}-{passage.id.hex()}",
    }


def row(gate: Gate, person: str, at_ms: int, number: int = 0) -> tuple[object, ...]:
    """As an entry of theirs would be typed. `number` tells those of a gate apart."""
    values = dict.fromkeys(COLUMNS) | {
        "station": gate.station,
        "id": (gate.number + (number << 32)).to_bytes(16, "big"),
        "corrected_ms": at_ms,
        "received_ms": at_ms,
        "gate": "",
        "lane": "1",
        "direction": "out",
        "severity": 2,
        "reasons": ReasonCode.ISOLATED_LEAVING.value,
        "person_id": person,
    }
    return tuple(values.values())


def know(store: SqlStore, id: str, branch: str, name: str = "张小强", **more: object) -> None:
    """In the list of people."""
    person = PersonItem("resident", name, "3-2-501", phones=("13800001111",), **more)  # type: ignore[arg-type]
    store.lists.put("people", [("person", id, encode_item(person))], branch)


def say(store: SqlStore, id: str, kind: str, value: str, at_ms: int, until_ms: int | None = None) -> None:
    """A fact for all gates, and the center looks at what is new."""
    fact = FactItem("person", id, kind, value, at_ms, until_ms)
    store.lists.put("quick", [("fact", f"person:{id}:{kind}", encode_item(fact))])
    store.following.step(at_ms)
