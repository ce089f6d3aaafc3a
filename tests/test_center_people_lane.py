"""People of the center's list at the lane and in the admin page: families, and who somebody is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from station.cli import main
from station.codekeys import CodeKeys
from station.core.explain import explain
from station.core.model import Direction, ReasonCode, Severity, Vouch
from station.core.outcome import PersonLine, Recorded
from station.core.override import OverrideReason
from station.entries_desk import StationEntriesDesk
from station.journal.batches import Relation
from station.journal.center_lists import CenterLists
from station.journal.center_names import CenterNames
from station.journal.center_pages import prepare_page
from station.journal.facts import Facts, News
from station.journal.lookbacks import Lookbacks
from station.journal.people import Person
from station.journal.presence import Presence
from station.knowing import Knowing
from station.lookback_desk import StationLookbackDesk
from station.lookback_watch import LookbackWatch
from station.picking import Picking
from station.presence_desk import StationPresenceDesk
from station.recording import Lane
from station.tracing import trace
from station.ui.admin.entries_desk import Wanted
from station.ui.admin.tracing_desk import AskedTrace
from station.ui.admin.tracing_desk import Relation as Near
from station.ui.roster import Kin
from tests.journal.given import Channel, enrol, gone, person
from tests.lane import OPEN, OPEN_TEXT, Gate

CHINA = timezone(timedelta(hours=8))
FAMILY = (
    person("c-mother", "王英", "1-2-201", codes=("token-wang",)),
    person("c-child", "王小明", "1-2-201", birth="2016-05-01", guardians=("c-mother",)),
    person("c-elder", "王德", "1-1-102", birth="1940-05-01", guardians=("c-mother",)),
)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """Wang and her family are on the center's list alone; the gate's own roster has others."""
    made = Gate(tmp_path / "station")
    enrol(made.journal)
    keys = CodeKeys(made.journal)
    keys.refresh()
    made.roster, made.code_key = Knowing(made.people, keys, made.journal), keys.of
    made.open()
    given(made).give(*FAMILY)
    yield made
    made.journal.close()


def given(gate: Gate) -> Channel:
    """The center's list of people; one for each test, for it counts its versions."""
    return Channel(CenterLists(gate.journal), gate.journal, "people")


def tidy(gate: Gate) -> None:
    lists = CenterLists(gate.journal)
    while lists.tidy():
        pass


def offered(gate: Gate) -> list[tuple[str, Kin]]:
    picking = Picking(
        gate.folder, gate.journal, lambda: gate.checkpoint.party, speaks_for=gate.checkpoint.speaks_for
    )
    picking.wait()
    found = picking.companions()
    return [(one.person_id, kin) for one, kin in found.people] if found else []


def mother_passes(gate: Gate) -> None:
    gate.show("token-wang")
    gate.measure(36.5)


def bring(gate: Gate, person_id: str, by: str = "c-mother") -> None:
    gate.checkpoint.no_code(Vouch.KNOWN, person_id, by)
    gate.leave()
    gate.measure(36.8)


def test_after_a_mother_of_the_center_s_list_her_family_is_offered(gate: Gate) -> None:
    assert offered(gate) == []
    mother_passes(gate)

    assert sorted(offered(gate)) == [("c-child", Kin.CHILD), ("c-elder", Kin.ELDER)]


def test_a_child_of_the_center_s_list_passes_on_its_mother_s_word(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "c-child")

    mother, child = (one.stored.entry for one in gate.of(Recorded))
    assert (mother.person_id, child.person_id, child.vouch) == ("c-mother", "c-child", "known")
    (fact,) = [one for one in child.facts if one.kind == "brought"]
    assert (fact.value, fact.source) == ("guardian", "person:c-mother")
    assert explain(child, OPEN_TEXT).severity is child.decision
    assert offered(gate) == [("c-elder", Kin.ELDER)]


def test_nobody_stands_for_the_child_of_others(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "p1")
    bring(gate, "c-mother", by="c-child")

    assert not [
        fact for one in gate.of(Recorded) for fact in one.stored.entry.facts if fact.kind == "brought"
    ]


def test_who_is_in_both_rosters_stands_for_whom_either_says(gate: Gate) -> None:
    now = gate.clock.now()
    gate.people.add([Person("mother", "王英", "1-2-201", "resident")], as_of=now)
    gate.people.add([Person("baby", "王小宝", "1-2-201", "resident")], as_of=now)
    gate.people.add([Person("elder", "王德", "1-1-102", "resident")], as_of=now)
    gate.people.relate([Relation("baby", "guardian", "mother")], now=now)
    tidy(gate)

    found = {one.person_id: one.kind for one in gate.checkpoint.speaks_for("mother")}

    assert found == {"baby": "guardian", "c-child": "guardian", "elder": "guardian"}


def test_a_guardian_whom_the_center_took_away_stands_for_nobody(gate: Gate) -> None:
    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-child", "王小明", "1-2-201", birth="2016-05-01"), gone("person", "c-elder"))

    assert list(gate.checkpoint.speaks_for("c-mother")) == []
    tidy(gate)
    assert list(gate.checkpoint.speaks_for("c-mother")) == []


@pytest.mark.parametrize("by_center", [True, False], ids=["two are one", "taken into the roster"])
def test_who_was_too_warm_still_waits_though_they_are_known_otherwise_since(
    gate: Gate, by_center: bool
) -> None:
    """Else one normal reading lets in whoever had a fever five minutes ago."""
    mother_passes(gate)
    gate.clock.move(600)
    gate.leave()
    gate.show("token-wang")
    gate.measure(38.5)
    gate.leave()
    gate.clock.move(31)
    if by_center:
        people = given(gate)
        people.version = len(FAMILY)
        one = person("c-kept", "王英", "1-2-201", codes=("token-wang",), former=("c-mother",))
        people.give(one, gone("person", "c-mother"))
    else:
        gate.people.add([Person("mother", "王英", "1-2-201", "resident")], as_of=gate.clock.now())
        tidy(gate)

    mother_passes(gate)

    last = gate.of(Recorded)[-1]
    assert last.stored.entry.person_id == ("c-kept" if by_center else "mother")
    assert last.decision.severity is Severity.RECHECK
    assert ReasonCode.RECHECK_TOO_EARLY in {reason.code for reason in last.decision.reasons}


@pytest.mark.parametrize("then", ["taken off the list", "two again", "given to another", "out of our own"])
def test_who_was_too_warm_still_waits_though_their_code_is_anothers_since_or_nobodys(
    gate: Gate, then: str
) -> None:
    """Whoever shows it is who had the fever, whatever a list says of them by now."""
    people = given(gate)
    people.version = len(FAMILY)
    if then == "two again":
        one = person("c-kept", "王英", "1-2-201", codes=("token-wang",), former=("c-mother",))
        people.give(one, gone("person", "c-mother"))
    if then == "out of our own":
        gate.people.add([Person("mother", "王英", "1-2-201", "resident")], as_of=gate.clock.now())
        tidy(gate)
    gate.show("token-wang")
    gate.measure(38.5)
    gate.leave()
    gate.clock.move(31)
    if then == "out of our own":
        gate.people.remove(["mother"], now=gate.clock.now())
        tidy(gate)
    elif then == "taken off the list":
        people.give(gone("person", "c-mother"))
    elif then == "two again":
        people.give(person("c-mother", "王英", "1-2-202", codes=("token-wang",)))
    else:
        people.give(gone("person", "c-mother"), person("c-new", "李红", "9-1-101", codes=("token-wang",)))

    mother_passes(gate)

    last = gate.of(Recorded)[-1]
    assert last.decision.severity is Severity.RECHECK
    assert ReasonCode.RECHECK_TOO_EARLY in {reason.code for reason in last.decision.reasons}


# --- the admin page -------------------------------------------------------------------------------


def test_who_is_inside_has_a_name_and_lives_here(gate: Gate) -> None:
    mother_passes(gate)
    bring(gate, "c-child")
    gate.clock.move(13 * 3600)
    desk = StationPresenceDesk(
        lambda: gate.journal, lambda: Lane("1", Direction.IN), lambda: gate.policy, gate.clock, CHINA,
        stay_hours=lambda: 12.0,
    )  # fmt: skip

    inside = desk.now()

    assert inside.others == ()
    assert {(one.subject, one.masked, one.dwelling, one.phone_tail) for one in inside.residents} == {
        ("c-mother", "王*", "1-2-201", "1234"), ("c-child", "王*明", "1-2-201", "1234"),
    }  # fmt: skip
    assert inside.counts == {"resident": 2}


def test_entries_say_who_passed(gate: Gate) -> None:
    mother_passes(gate)
    desk = StationEntriesDesk(lambda: gate.journal, CHINA, None, gate.clock)

    (line,) = desk.lines([1])

    assert (line.masked, line.dwelling, line.code) == ("王*", "1-2-201", "")


def test_a_code_that_was_shown_before_the_list_came_is_named_by_it(gate: Gate) -> None:
    gate.show("token-late")
    gate.measure(36.5)
    subject = gate.of(Recorded)[-1].stored.entry.person_id
    assert subject is None
    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))

    found = Presence(gate.journal.connection, gate.journal.vault).person_of(gate.code_key("token-late"))

    assert found
    assert (found.id, found.name) == ("c-late", "赵六")


def test_whoever_came_in_before_the_list_came_and_went_out_after_it_is_not_inside(gate: Gate) -> None:
    gate.show("token-late")
    gate.measure(36.5)
    gate.leave()
    desk = StationEntriesDesk(lambda: gate.journal, CHINA, None, gate.clock)
    desk.amend(1, Severity.PASS, OverrideReason.GOING_HOME)
    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))
    tidy(gate)
    presence = Presence(gate.journal.connection, gate.journal.vault)
    assert [one.theirs and one.theirs.id for one in presence.seen(Direction.IN)] == ["c-late"]
    gate.clock.move(3600)
    gate.checkpoint.turn(Direction.OUT)
    gate.show("token-late")
    gate.measure(36.5)

    assert gate.of(Recorded)[-1].stored.entry.person_id == "c-late"
    assert presence.seen(Direction.IN) == []
    assert [one.theirs and one.theirs.id for one in presence.seen(Direction.OUT)] == ["c-late"]
    assert presence.of([gate.code_key("token-late")])[gate.code_key("token-late")].where.direction == "out"


def test_a_red_that_comes_before_the_person_it_is_about_is_looked_back_for_as_soon_as_they_are_here(
    gate: Gate,
) -> None:
    """Quick news and people come on ways of their own: a new gate, a day without network, a new resident."""
    gate.show("token-late")
    gate.measure(36.5)
    gate.leave()
    told = list[int]()
    here = (gate.folder, gate.journal, lambda: OPEN, gate.clock.now)
    watch = LookbackWatch(*here, lambda said: told.append(said.people))

    def ticks(seconds: int) -> None:
        for _ in range(seconds):
            gate.clock.move(1)
            watch.tick(gate.clock.mono)
            watch.wait()

    now = gate.clock.now()
    red = News("person", "c-late", "colour", "red", now, "center")
    nobody = News("person", "c-nobody", "colour", "red", now, "center")
    Facts(gate.journal).receive([red, nobody], now=now)
    ticks(10)
    assert told == []

    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))
    tidy(gate)
    ticks(10)
    assert told == [1]

    ticks(60)
    newest = gate.journal.connection.execute("SELECT max(position) FROM fact").fetchone()
    assert (Lookbacks(gate.journal).seen,) == newest, "whoever never comes is not waited for"


def test_a_red_whose_person_comes_when_the_network_is_back_is_looked_back_for_then(gate: Gate) -> None:
    """And nobody else's waits for that."""
    for token in ("token-late", "token-wang"):
        gate.show(token)
        gate.measure(36.5)
        gate.leave()
    told = list[int]()
    here = (gate.folder, gate.journal, lambda: OPEN, gate.clock.now)

    def ticks(seconds: int, watch: LookbackWatch) -> None:
        for _ in range(seconds):
            gate.clock.move(1)
            watch.tick(gate.clock.mono)
            watch.wait()

    def red(person_id: str, source: str) -> None:
        news = News("person", person_id, "colour", "red", gate.clock.now(), source)
        Facts(gate.journal).receive([news], now=gate.clock.now())

    watch = LookbackWatch(*here, lambda said: told.append(said.people))
    red("c-late", "center")
    red("c-mother", "operator")
    ticks(10, watch)
    assert told == [1], "hers does not wait"

    ticks(600, watch)
    again = LookbackWatch(*here, lambda said: told.append(said.people))  # the gate was started anew
    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))
    tidy(gate)
    ticks(70, again)

    assert told == [1, 1, 2]
    assert Lookbacks(gate.journal).awaited == ()


def test_whoever_opens_the_list_while_it_is_judged_leaves_what_waits_to_the_gate(gate: Gate) -> None:
    gate.show("token-late")
    gate.measure(36.5)
    gate.leave()
    told = list[int]()
    here = (gate.folder, gate.journal, lambda: OPEN, gate.clock.now)
    watch = LookbackWatch(*here, lambda said: told.append(said.people))
    now = gate.clock.now()
    red = News("person", "c-late", "colour", "red", now, "center")
    nobody = News("person", "c-nobody", "colour", "yellow", now - timedelta(days=1), "center")
    Facts(gate.journal).receive([nobody, red], now=now)
    watch.tick(gate.clock.mono)
    watch.wait()
    StationLookbackDesk(lambda: gate.journal, lambda: OPEN, gate.clock.now, CHINA).refresh()
    people = given(gate)
    people.version = len(FAMILY)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))
    tidy(gate)

    for _ in range(130):
        gate.clock.move(1)
        watch.tick(gate.clock.mono)
        watch.wait()

    assert told == [1]


def test_entries_of_somebody_are_all_that_a_trace_of_them_finds(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of both rosters: they passed with the code that the center alone knows, and were entered here since."""
    mother_passes(gate)
    now = gate.clock.now()
    gate.people.add([Person("mother", "王英", "1-2-201", "resident")], as_of=now)
    tidy(gate)
    asked = AskedTrace(person_id="mother", days=1, minutes=0.5)
    found = trace(gate.journal.connection, gate.journal.vault, asked, now, CHINA)
    assert [one.number for one in found.lines if one.relation is Near.SELF] == [1]

    command = ["lookback", "--person", "mother", "--since", "2020-01-01", "--fact", "colour=red"]
    assert main([*command, "--json", "--data", str(gate.folder)]) == 0
    assert [json.loads(line)["number"] for line in capsys.readouterr().out.splitlines()] == [1]
    desk = StationEntriesDesk(lambda: gate.journal, CHINA, None, gate.clock)
    assert [one.number for one in desk.find(Wanted(person_id="mother")).page(0, 9)] == [1]


def test_a_trace_names_the_center_s_people(gate: Gate) -> None:
    gate.show("token-zhang")
    gate.measure(36.5)
    gate.leave()
    gate.clock.move(60)
    mother_passes(gate)

    asked = AskedTrace(person_id="p1", days=1, minutes=30.0)
    found = trace(gate.journal.connection, gate.journal.vault, asked, gate.clock.now(), CHINA)

    assert ("c-mother", "王*", "王英") in {(one.subject, one.masked, one.name) for one in found.lines}


def test_a_look_back_finds_a_house_of_the_center_s_list(gate: Gate) -> None:
    mother_passes(gate)
    number = gate.of(Recorded)[-1].stored.number
    desk = StationLookbackDesk(lambda: gate.journal, lambda: gate.policy, gate.clock.now, CHINA)

    (asked,) = desk.who(str(number))

    assert (asked.key, asked.masked, asked.dwelling) == ("c-mother", "王*", "1-2-201")


def test_who_left_the_center_s_list_has_no_name_any_more(gate: Gate) -> None:
    names = CenterNames(gate.journal.connection, gate.journal.vault)
    assert names.person("c-mother")
    people = given(gate)
    people.version = len(FAMILY)
    people.give(gone("person", "c-mother"))

    assert names.person("c-mother") is None
    assert names.person("nobody") is None


def test_they_are_masked_on_the_gate_s_screen(gate: Gate) -> None:
    mother_passes(gate)
    known = gate.roster.find("c-child")

    assert known
    assert known.line == PersonLine("王*明", "1-2-201")
    assert gate.of(Recorded)[-1].stored.entry.decision < Severity.STOP


def test_a_red_is_kept_for_its_person_though_the_gates_clock_was_set_back_just_before(gate: Gate) -> None:
    """A PC whose clock stands in local time is eight hours ahead until the network corrects it."""
    gate.show("token-late")
    gate.measure(36.5)
    gate.leave()
    people, told = given(gate), list[int]()
    people.version = len(FAMILY)
    heard = prepare_page(gate.journal.vault, people.page())
    CenterLists(gate.journal).apply(heard, gate.clock.now() + timedelta(hours=8))
    here = (gate.folder, gate.journal, lambda: OPEN, gate.clock.now)
    watch = LookbackWatch(*here, lambda said: told.append(said.people))

    def ticks(seconds: int) -> None:
        for _ in range(seconds):
            gate.clock.move(1)
            watch.tick(gate.clock.mono)
            watch.wait()

    red = News("person", "c-late", "colour", "red", gate.clock.now(), "center")
    Facts(gate.journal).receive([red], now=gate.clock.now())
    ticks(5)
    people.give(person("c-late", "赵六", "2-1-101", codes=("token-late",)))
    tidy(gate)
    ticks(10)

    assert told == [1]
