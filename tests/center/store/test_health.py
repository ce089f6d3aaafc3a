"""Colours that change, isolations that begin and end, check-ins, doors: the same on both databases."""

from __future__ import annotations

import pytest

from center.scope import EVERYWHERE, Scope
from center.store import SqlStore
from center.store.colours import Said
from center.store.console_audit import Note
from center.store.doors import DoorEvent
from center.store.health import Event, Need
from center.store.isolations import minute_for
from station.core.entry import ReasonPart, decode
from station.sync.items import FactItem, PersonItem, encode_item
from tests.center.gate import NOON_MS, record
from tests.center.store.gate import Gate

HERE, THERE = Scope(("district/one",)), Scope(("district/two",))
NOTE = Note(NOON_MS, "duty1", "x")
DAY_MS = 86_400_000


def know(store: SqlStore, id: str, branch: str = "district/one", **more: object) -> None:
    person = PersonItem("resident", "张小强", "3-2-501", **more)  # type: ignore[arg-type]
    store.lists.put("people", [("person", id, encode_item(person))], branch)


def say(store: SqlStore, id: str, kind: str, value: str, at_ms: int = NOON_MS, about: str = "person") -> None:
    fact = FactItem(about, id, kind, value, at_ms)
    store.lists.put("quick", [("fact", f"{about}:{id}:{kind}", encode_item(fact))])


def changes(store: SqlStore, scope: Scope = EVERYWHERE) -> list[tuple[str, str, str]]:
    found = store.colours.between(scope, 0, NOON_MS * 2)
    return [(one.person, one.before, one.after) for one in found]


def test_a_colour_that_turns_is_a_change_and_a_first_green_is_none(store: SqlStore) -> None:
    know(store, "p1")
    for value in ("green", "green", "red", "red", "yellow"):
        say(store, "p1", "colour", value)
        store.following.step(NOON_MS)
        store.following.step(NOON_MS)
    assert sorted(changes(store)) == [
        ("p1", "green", "red"),
        ("p1", "red", "yellow"),
    ]


def test_a_change_belongs_to_where_the_person_is(store: SqlStore) -> None:
    know(store, "p1")
    say(store, "p1", "colour", "red")
    store.following.step(NOON_MS)
    assert changes(store, HERE) == [("p1", "", "red")]
    assert changes(store, THERE) == []
    know(store, "p1", "district/two")
    assert changes(store, HERE) == []
    assert store.colours.counts(THERE, 0, NOON_MS + 1) == [("district/two", 1, 0)]


def test_whoever_was_told_first_by_stays(store: SqlStore) -> None:
    know(store, "p1")
    say(store, "p1", "colour", "red")
    store.following.step(NOON_MS)
    (change,) = store.colours.between(HERE, 0, NOON_MS + 1)
    store.colours.tell(change, "duty1", NOON_MS + 5, NOTE)
    store.colours.tell(change, "duty2", NOON_MS + 9, NOTE)
    told = store.colours.get(HERE, change.id)
    assert told is not None
    assert (told.told_by, told.told_ms) == ("duty1", NOON_MS + 5)
    assert store.colours.get(THERE, change.id) is None
    store.colours.tell(change, "duty1", NOON_MS, NOTE, told=False)
    again = store.colours.get(HERE, change.id)
    assert again is not None
    assert again.told_ms is None


def test_what_a_provider_says_of_a_code_is_told_of_its_owner(store: SqlStore) -> None:
    know(store, "p1", codes=("c" * 64,))
    for colour in ("green", "red"):
        store.colours.hear(Said("code", "c" * 64, colour, NOON_MS, "省码", ""), NOON_MS)
    assert changes(store, HERE) == []  # nobody has looked yet whose it is
    store.following.step(NOON_MS)
    assert changes(store, HERE) == [("p1", "green", "red")]


def test_pages_of_changes_leave_nobody_out(store: SqlStore) -> None:
    for number in range(25):
        know(store, f"p{number}")
        say(store, f"p{number}", "colour", "red")
    store.following.step(NOON_MS)
    seen: list[str] = []
    after: tuple[int, bytes] | None = None
    while page := store.colours.between(HERE, 0, NOON_MS + 1, after=after, most=10):
        seen += [one.person for one in page]
        after = (page[-1].noticed_ms, page[-1].id)
    assert sorted(seen) == sorted(f"p{number}" for number in range(25))


def test_an_isolation_begins_and_is_lifted(store: SqlStore) -> None:
    know(store, "p1")
    say(store, "p1", "isolation", "isolation", NOON_MS)
    store.following.step(NOON_MS)
    one = store.isolations.get(HERE, "p1", NOON_MS + 1)
    assert one is not None
    assert (one.branch, one.value, one.since_ms, one.checkin_ms) == (
        "district/one",
        "isolation",
        NOON_MS,
        None,
    )
    assert store.isolations.get(THERE, "p1", NOON_MS + 1) is None
    assert store.isolations.count(HERE, NOON_MS + 1) == 1
    say(store, "p1", "test", "negative", NOON_MS + 3)
    say(store, "p1", "isolation", "none", NOON_MS + 9)
    store.following.step(NOON_MS + 10)
    assert store.isolations.get(HERE, "p1", NOON_MS + 11) is None
    assert store.isolations.branch_of(HERE, "p1") == "district/one"  # the card stays
    assert store.isolations.was_isolated("p1", NOON_MS + 5)
    assert not store.isolations.was_isolated("p1", NOON_MS + 10)
    assert [line.kind for line in store.health.card("p1")] == ["lifted", "test", "begun"]


def test_a_dwelling_in_isolation_isolates_all_who_live_there(store: SqlStore) -> None:
    for id in ("p1", "p2"):
        know(store, id, house="h" * 64)
    know(store, "p3", house="i" * 64)
    say(store, "h" * 64, "isolation", "close_contact", about="dwelling")
    store.following.step(NOON_MS)
    assert [one.person for one in store.isolations.some(HERE, NOON_MS + 1)] == ["p1", "p2"]
    say(store, "h" * 64, "isolation", "none", NOON_MS + 1, about="dwelling")
    store.following.step(NOON_MS)
    assert store.isolations.some(HERE, NOON_MS + 2) == []


def test_who_has_not_checked_in_is_missing(store: SqlStore) -> None:
    for id in ("p1", "p2"):
        know(store, id)
        say(store, id, "isolation", "isolation", NOON_MS)
    store.following.step(NOON_MS)
    need = Need("request", "medicine", "要药", "降压药", "张*强")
    for _ in range(2):
        event = Event(temperature_c=36.5, needs=("medicine",))
        store.health.check_in("p1", "district/one", event, [need], NOON_MS + DAY_MS, NOTE)
    missing = store.isolations.some(HERE, NOON_MS + DAY_MS, since_ms=NOON_MS + 1)
    assert [one.person for one in missing] == ["p2"]
    (case,) = store.cases.open(HERE)  # the second asks for the same: a line of the first
    assert (case.what, case.person_id, case.said.text) == ("medicine", "p1", "降压药")
    assert len(store.cases.lines(case)) == 1
    assert store.health.card("p1")[0].event.temperature_c == 36.5


def test_the_hour_is_that_of_the_nearest_branch(store: SqlStore) -> None:
    store.isolations.set_minute("district", 540, NOTE)
    minutes = store.isolations.minutes()
    assert [minute_for(minutes, one) for one in ("district/one", "district", "", "x")] == [540, 540, 600, 600]


def test_a_door_tells_once(store: SqlStore) -> None:
    know(store, "p1")
    sensor = store.doors.add("p1", "district/one", "501 入户门", NOON_MS, NOTE)
    need = Need("door", "door_open", "门开了", "", "张*强")
    event = DoorEvent("e1", True, NOON_MS + 1)
    hear = store.doors.hear
    assert hear(sensor, "n1", event, need, NOON_MS + 2) == "taken"
    assert hear(sensor, "n1", event, need, NOON_MS + 2) == "replayed"
    assert hear(sensor, "n2", event, need, NOON_MS + 3) == "again"
    assert hear(sensor, "n3", DoorEvent("e2", False, NOON_MS + 4), None, NOON_MS + 4) == "taken"
    assert len(store.cases.open(HERE)) == 1
    assert [line.kind for line in store.health.card("p1")] == ["door_closed", "door_open"]
    assert store.doors.get(THERE, sensor.id) is None
    found = store.doors.get(HERE, sensor.id)
    assert found is not None
    assert (found.secret, found.name) == (sensor.secret, "501 入户门")
    assert store.doors.forget_nonces(NOON_MS + 4) == 2


@pytest.mark.parametrize(
    ("reason", "alarms"), [("isolated_leaving", 1), ("contact_entering", 1), ("isolation_over", 0), ("", 0)]
)
def test_an_entry_of_somebody_isolated_is_an_alarm(store: SqlStore, reason: str, alarms: int) -> None:
    gate = Gate()
    store.stations.add_enrol_code(
        b"c" * 10, name="东门", gate="东门", branch="district/one", expires_ms=2**50
    )
    store.stations.enrol(
        b"c" * 10, station=gate.station, public_key=bytes(32), seal_key=bytes(32), now_ms=NOON_MS
    )
    reasons = (ReasonPart(reason, 2),) if reason else ()
    gate.push(store, [record(1, reasons=reasons, person_id="p1", severity=2)])
    found = store.alarms.unseen(HERE)
    assert [(one.person, one.gate, one.reasons) for one in found] == [("p1", "东门", (reason,))] * alarms
    assert store.alarms.unseen(THERE) == []
    for one in found:
        store.alarms.see(one, "duty1", "送回家了", NOON_MS, NOTE)
    assert store.alarms.unseen(HERE) == []
    store.reproject()
    assert store.alarms.unseen(HERE) == []  # what was seen to stays so


def test_whoever_had_gone_out_when_the_gate_learnt_of_the_isolation_is_one_alarm(store: SqlStore) -> None:
    """The lists came a second after the passage; the volunteer told two more things (F6), one by one."""
    gate = Gate()
    store.stations.add_enrol_code(
        b"c" * 10, name="东门", gate="东门", branch="district/one", expires_ms=2**50
    )
    store.stations.enrol(
        b"c" * 10, station=gate.station, public_key=bytes(32), seal_key=bytes(32), now_ms=NOON_MS
    )
    passed, reasons = record(1, person_id="p1"), (ReasonPart("isolated_leaving", 2),)
    first = decode(passed).id
    again = [record(n, amends=first, reasons=reasons, person_id="p1", severity=2) for n in (2, 3)]
    gate.push(store, [passed, again[0]])
    gate.push(store, again[1:])

    (found,) = store.alarms.unseen(HERE)
    assert (found.id, found.person, found.severity) == (first, "p1", 2)
    store.alarms.see(found, "duty1", "送回家了", NOON_MS, NOTE)
    store.reproject()
    assert store.alarms.unseen(HERE) == []
