"""Who stands at the gate, when the station has a roster and the center has one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.codekeys import CodeKeys
from station.core.entry import to_ms
from station.core.facts import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal.batches import Relation
from station.journal.center_lists import CenterLists
from station.journal.center_subjects import all_subjects, living_in
from station.journal.enrolment import forget_enrolment
from station.journal.entries import Journal
from station.journal.facts import Facts, News
from station.journal.lookbacks import Passages
from station.journal.movements import Mover
from station.journal.people import Known, People, Person
from station.journal.proposals import Proposals
from station.knowing import Knowing
from station.looking_back import concerned
from tests.journal.given import Channel, enrol, fact, key, person
from tests.journal.samples import NOON, open_journal, passage

ID = "110101195001010014"
ANOTHER_ID = "110101198001010013"
LATER = NOON + timedelta(hours=1)


class Gate:
    """One lane with its roster, and a center."""

    def __init__(self, journal: Journal) -> None:
        self.journal, self.people = journal, People(journal)
        self.keys = CodeKeys(journal)
        self.knowing = Knowing(self.people, self.keys, journal)
        lists = CenterLists(journal)
        self.quick, self.roster = Channel(lists, journal), Channel(lists, journal, "people")

    def enrol(self) -> None:
        enrol(self.journal)
        self.keys.refresh()
        self.tidy()

    def tidy(self) -> None:
        while self.quick.lists.tidy():
            pass

    def shown(self, code: str) -> Known | None:
        return self.knowing.find_by_code(self.keys.of(code))

    def add(self, person_id: str, name: str = "王芳", dwelling: str = "3栋2单元501", **more: object) -> None:
        made = Person(person_id, name, dwelling, "resident", **more)  # type: ignore[arg-type]
        self.people.add([made], as_of=NOON)
        self.tidy()


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with open_journal(tmp_path / "station") as journal:
        gate = Gate(journal)
        gate.enrol()
        yield gate


def said(known: Known | None, kind: FactKind) -> list[str]:
    return [one.value for one in known.facts if one.kind is kind] if known else []


def test_without_a_center_everything_is_as_before(tmp_path: Path) -> None:
    with open_journal(tmp_path / "station") as journal:
        gate = Gate(journal)
        mother = Person("ours", "王芳", "3-2-501", "resident", codes=("A",))
        son = Person("son", "王小明", "3-2-501", "resident")
        gate.people.add([mother, son], as_of=NOON)
        gate.people.relate([Relation("son", "guardian", "ours")], now=NOON)
        assert gate.shown("A") == gate.people.find_by_code(journal.vault.code_key("A"))
        assert gate.knowing.find("ours") == gate.people.find("ours")
        assert gate.knowing.for_whom_speaks("ours") == [Relation("son", "guardian", "ours")]
        assert gate.keys.of("A") == journal.vault.code_key("A")
        assert gate.keys.shared(gate.keys.of("A")) is None


def test_somebody_whom_only_the_center_knows(gate: Gate) -> None:
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("A",)))

    for known in (gate.shown("A"), gate.knowing.find("p1")):
        assert known
        assert (known.person_id, known.line) == ("p1", PersonLine("王*", "3-2-501"))
        assert known.facts == (Fact(FactKind.IDENTITY, "resident", NOON, "center"),)
        assert known.household == gate.people.dwelling_key("3-2-501")
    assert gate.shown("B") is None
    assert gate.knowing.find("p2") is None


def test_a_courier_whom_only_the_center_knows_is_one(gate: Gate) -> None:
    """Who must show a test because of their work is asked for it at every gate."""
    gate.roster.give(person("p1", codes=("A",), occupation="courier"))

    for known in (gate.shown("A"), gate.knowing.find("p1")):
        assert said(known, FactKind.OCCUPATION) == ["courier"]


def test_news_of_a_bare_code_do_not_hide_that_the_center_knows_whose_it_is(gate: Gate) -> None:
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("A",)))
    gate.quick.give(fact("dwelling", key("dwelling", "3-2-501"), "isolation", "home"))
    news = News("code", gate.keys.of("A"), "test", "negative", NOON, "operator")
    Facts(gate.journal).receive([news], now=NOON)

    known = gate.shown("A")
    assert known
    assert (known.person_id, known.line) == ("p1", PersonLine("王*", "3-2-501"))
    assert said(known, FactKind.IDENTITY) == ["resident"]
    assert (said(known, FactKind.TEST), said(known, FactKind.ISOLATION)) == (["negative"], ["home"])


def test_whose_code_it_is_here_does_not_change_because_the_center_gave_it_to_another(gate: Gate) -> None:
    """What is said of either stops whoever shows it."""
    gate.add("ours", codes=("A",))
    gate.add("neighbour", "李强", "5-1-101", id_number=ID)
    gate.roster.give(person("p1", "李强", "5-1-101", codes=("A",), id_number=ID))
    gate.quick.give(fact("person", "p1", "isolation", "home"))

    known = gate.shown("A")
    assert known
    assert (known.person_id, said(known, FactKind.ISOLATION)) == ("ours", ["home"])


@pytest.mark.parametrize(
    "about", [("code", key("code", "A")), ("person", "p1"), ("dwelling", key("dwelling", "3-2-501"))]
)
def test_what_the_center_says_stops_whom_only_it_knows(gate: Gate, about: tuple[str, str]) -> None:
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("A",)))
    gate.quick.give(fact(*about, "isolation", "home"))

    assert said(gate.shown("A"), FactKind.ISOLATION) == ["home"]


def test_a_red_code_of_nobody(gate: Gate) -> None:
    gate.quick.give(fact("code", key("code", "A"), "colour", "red"))

    known = gate.shown("A")
    assert known
    assert (known.person_id, said(known, FactKind.COLOUR)) == (None, ["red"])
    assert gate.shown("B") is None


@pytest.mark.parametrize("number", [ID, ""])
@pytest.mark.parametrize(
    "about", [("person", "p1"), ("dwelling", key("dwelling", "3-2-501")), ("code", key("code", "A"))]
)
def test_what_the_center_says_stops_our_own_person(gate: Gate, about: tuple[str, str], number: str) -> None:
    """Told by ID number or by name and dwelling; with the code that only we know, or picked by name."""
    gate.add("ours", codes=("A", "B"), id_number=number)
    gate.roster.give(person("p1", "王芳", "3-2-501", id_number=number))
    gate.quick.give(fact(*about, "isolation", "home"))

    shown = gate.shown("A")
    assert shown
    assert shown.person_id == "ours"
    assert said(shown, FactKind.ISOLATION) == ["home"]
    if about[0] != "code":
        assert said(gate.shown("B"), FactKind.ISOLATION) == ["home"]
        assert said(gate.knowing.find("ours"), FactKind.ISOLATION) == ["home"]


@pytest.mark.parametrize("about", ["person", "dwelling"])
def test_what_we_say_stops_the_centers_person(gate: Gate, about: str) -> None:
    """The code and the name in the list are the center's; the isolation was agreed here."""
    gate.add("ours", id_number=ID)
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",), id_number=ID))
    subject = "ours" if about == "person" else gate.people.dwelling_key("3-2-501")
    news = News(about, subject, "isolation", "home", NOON, "operator")  # type: ignore[arg-type]
    Facts(gate.journal).receive([news], now=NOON)

    for known in (gate.shown("C"), gate.knowing.find("p1")):
        assert known
        assert known.person_id == "ours"
        assert said(known, FactKind.ISOLATION) == ["home"]


def test_a_report_that_waits_for_a_second_person_counts_for_both(gate: Gate) -> None:
    gate.add("ours", id_number=ID)
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",), id_number=ID))
    news = News("person", "ours", "isolation", "home", NOON, "operator")
    Proposals(gate.journal).propose(news, "3", now=NOON)

    assert said(gate.shown("C"), FactKind.ISOLATION_PENDING) == ["home"]


def test_the_newest_word_counts_whoever_said_it(gate: Gate) -> None:
    gate.add("ours", id_number=ID, codes=("A",))
    gate.roster.give(person("p1", "王芳", "3-2-501", id_number=ID))
    gate.quick.give(fact("person", "p1", "isolation", "home"))
    lifted = News("person", "ours", "isolation", "none", LATER, "operator")
    Facts(gate.journal).receive([lifted], now=LATER)
    assert said(gate.shown("A"), FactKind.ISOLATION) == ["none"]

    gate.quick.give(fact("person", "p1", "isolation", "home", to_ms(LATER) + 1))
    assert said(gate.shown("A"), FactKind.ISOLATION) == ["home"]


def test_lifting_it_of_the_person_does_not_open_their_dwelling(gate: Gate) -> None:
    gate.add("ours", codes=("A",))
    gate.quick.give(fact("dwelling", key("dwelling", "3-2-501"), "isolation", "home"))
    lifted = News("person", "ours", "isolation", "none", LATER, "operator")
    Facts(gate.journal).receive([lifted], now=LATER)

    assert said(gate.shown("A"), FactKind.ISOLATION) == ["home"]


def test_father_and_son_of_one_name_in_one_dwelling_are_two(gate: Gate) -> None:
    gate.add("ours", id_number=ID, codes=("A",))
    gate.roster.give(person("son", "王芳", "3-2-501", codes=("C",), id_number=ANOTHER_ID))
    gate.quick.give(fact("person", "son", "isolation", "home"))

    assert said(gate.shown("A"), FactKind.ISOLATION) == []
    known = gate.shown("C")
    assert known
    assert known.person_id == "son"


def test_a_change_of_the_roster_is_followed(gate: Gate) -> None:
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",)))
    gate.add("ours", "王芳", "5-1-101")
    known = gate.shown("C")
    assert known
    assert known.person_id == "p1"

    gate.add("ours", "王芳", "3-2-501")
    moved = gate.shown("C")
    assert moved
    assert moved.person_id == "ours"
    gate.people.remove(["ours"], now=NOON)
    left = gate.shown("C")
    assert left
    assert left.person_id == "p1"


def test_a_code_that_was_shown_is_known_under_both_keys_after_a_restart(tmp_path: Path) -> None:
    with open_journal(tmp_path / "station") as journal:
        gate = Gate(journal)
        gate.enrol()
        local = gate.keys.of("A")
        journal.append(passage(), local.encode(), mover=Mover(local))
    with open_journal(tmp_path / "station") as journal:
        gate = Gate(journal)
        assert gate.keys.shared(local) == key("code", "A")
        gate.quick.give(fact("code", key("code", "A"), "colour", "red"))
        assert said(gate.knowing.find_by_code(local), FactKind.COLOUR) == ["red"]


def test_another_district_key_makes_everything_be_worked_out_anew(gate: Gate) -> None:
    gate.add("ours", codes=("A",))
    local = gate.keys.of("A")
    gate.journal.append(passage(), local.encode())
    enrol(gate.journal, district_key=b"x" * 32)
    gate.keys.refresh()

    assert gate.keys.shared(local) is None
    assert _count(gate, "local_shared_key") == 0
    gate.tidy()
    assert _count(gate, "local_shared_key") == 2


def test_leaving_the_center_leaves_our_own_people(gate: Gate) -> None:
    gate.add("ours", codes=("A",))
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",)))
    gate.quick.give(fact("person", "p1", "isolation", "home"))
    forget_enrolment(gate.journal)
    gate.keys.refresh()

    assert gate.shown("C") is None
    known = gate.shown("A")
    assert known
    assert (known.person_id, said(known, FactKind.ISOLATION)) == ("ours", [])


def _count(gate: Gate, table: str) -> int:
    (count,) = gate.journal.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


def test_shared_keys_of_a_big_roster_come_in_small_steps(gate: Gate) -> None:
    everybody = [Person(f"p{number}", f"住户{number}", f"1-1-{number}", "resident") for number in range(250)]
    gate.people.add(everybody, as_of=NOON)
    steps = 0
    while gate.quick.lists.tidy():
        steps += 1

    assert steps >= 3
    assert _count(gate, "local_shared_key") == 500


# --- whom a look-back is about --------------------------------------------------------------------


def subjects(gate: Gate, subject: str) -> list[str]:
    return all_subjects(gate.journal.connection, gate.journal.vault, subject)


def test_all_under_which_somebody_is_known_leads_to_the_same_passages(gate: Gate) -> None:
    gate.add("ours", id_number=ID)
    local = gate.keys.of("C")
    gate.journal.append(passage(), local.encode())
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",), id_number=ID))

    everything = {"ours", "p1", local}
    for asked in ("p1", "ours", local, key("code", "C")):
        assert everything <= set(subjects(gate, asked)) <= everything | {asked}
    assert subjects(gate, "nobody") == ["nobody"]


def test_everybody_of_a_dwelling_once(gate: Gate) -> None:
    gate.add("ours")
    gate.roster.give(person("p1", "王芳", "3-2-501"), person("p2", "李红", "3-2-501"))

    by_shared_key = living_in(gate.journal.connection, gate.journal.vault, key("dwelling", "3-2-501"))
    assert by_shared_key == ["ours", "p2"]


@pytest.mark.parametrize(
    "about",
    [("person", "p1"), ("code", key("code", "C")), ("dwelling", key("dwelling", "3-2-501"))],
    ids=["person", "code", "dwelling"],
)
def test_bad_news_of_the_center_finds_the_passages_of_our_own_person(
    gate: Gate, about: tuple[str, str]
) -> None:
    gate.add("ours", id_number=ID)
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",), id_number=ID))
    entry = gate.journal.append(passage(), gate.keys.of("C").encode(), mover=Mover("ours")).entry
    gate.quick.give(fact(*about, "isolation", "home"))

    passages = Passages(gate.journal.connection, gate.journal.vault)
    (news,) = passages.news_after(0)
    assert concerned(passages, news) == ["ours"]
    assert passages.around("ours", NOON, timedelta(minutes=1)).theirs == {entry.id}


def test_a_positive_of_yesterdays_sample_is_looked_back_on_though_todays_is_taken_already(gate: Gate) -> None:
    gate.add("ours")
    facts = Facts(gate.journal)
    for value, at in (("unknown", NOON), ("positive", NOON - timedelta(days=1))):
        facts.record(News("person", "ours", "test", value, at, "operator"), now=NOON)

    passages = Passages(gate.journal.connection, gate.journal.vault)
    assert [news.value for news in passages.news_after(0)] == ["positive"]
    facts.record(News("person", "ours", "test", "negative", NOON, "operator"), now=NOON)
    assert not passages.news_after(0)


def test_bad_news_about_a_code_that_was_nobodys_when_it_was_shown(gate: Gate) -> None:
    local = gate.keys.of("C")
    entry = gate.journal.append(passage(), local.encode(), mover=Mover(local)).entry
    gate.roster.give(person("p1", "王芳", "3-2-501", codes=("C",)))
    gate.quick.give(fact("person", "p1", "test", "positive"))

    passages = Passages(gate.journal.connection, gate.journal.vault)
    (news,) = passages.news_after(0)
    (who,) = concerned(passages, news)
    assert passages.around(who, NOON, timedelta(minutes=1)).theirs == {entry.id}


def test_a_right_to_the_gate_as_the_center_calls_it_holds_here_though_the_pc_has_another_name(
    gate: Gate,
) -> None:
    """The wizard writes the compound before the gate. A right to other gates is none to this one."""
    enrol(gate.journal, name="东门")
    gate.keys.refresh()
    knowing = Knowing(gate.people, gate.keys, gate.journal, "幸福里小区东门")
    for person_id, right in (("here", "南门,东门"), ("there", "西门"), ("everywhere", "all")):
        gate.roster.give(person(person_id, person_id, codes=(person_id,)))
        gate.quick.give(fact("person", person_id, "right", right))
    found = {one: said(knowing.find_by_code(gate.keys.of(one)), FactKind.RIGHT) for one in ("here", "there")}
    assert found == {"here": ["南门,东门,幸福里小区东门"], "there": ["西门"]}
    assert said(knowing.find_by_code(gate.keys.of("everywhere")), FactKind.RIGHT) == ["all"]
