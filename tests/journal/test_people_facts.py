"""What is known about people, dwellings and codes: what counts, what was told before, what needs two."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from station.core.model import Fact, FactKind
from station.journal.entries import Journal
from station.journal.facts import Facts, NeedsSecondPersonError, News, Said
from station.journal.people import People, Person
from station.journal.proposals import Outcome, Proposals, SamePersonError, SettledError
from tests.journal.samples import NOON

CODE = "https://kakou.invalid/1"
HOUR = timedelta(hours=1)
ZHANG = Person("p1", "张小强", "3-2-501", "courier", (CODE,), occupation="courier")
WIFE = Person("p2", "李红", "3栋2单元501", "resident")


@pytest.fixture
def people(journal: Journal) -> People:
    people = People(journal)
    people.add([ZHANG, WIFE], as_of=NOON)
    return people


@pytest.fixture
def facts(journal: Journal, people: People) -> Facts:
    return Facts(journal)


@pytest.fixture
def proposals(journal: Journal, people: People) -> Proposals:
    return Proposals(journal)


def news(kind: str, value: str, at: datetime = NOON, subject: str = "p1") -> News:
    return News("person", subject, kind, value, at, "center")


def known(people: People, person_id: str, kind: FactKind) -> list[Fact]:
    found = people.find(person_id)
    assert found
    return [fact for fact in found.facts if fact.kind is kind]


def values(people: People, person_id: str, kind: FactKind) -> list[str]:
    return [fact.value for fact in known(people, person_id, kind)]


def test_the_newest_of_a_kind_counts_in_whatever_order_they_are_told(people: People, facts: Facts) -> None:
    facts.record(news("test", "negative", NOON), now=NOON + HOUR)
    facts.record(news("test", "positive", NOON - HOUR), now=NOON + 2 * HOUR)

    assert values(people, "p1", FactKind.TEST) == ["negative"]


def test_a_new_sample_without_a_result_does_not_hide_the_positive_one_before_it(
    people: People, facts: Facts
) -> None:
    told = [("unknown", -3), ("positive", -2), ("unknown", -1), ("unknown", 0)]
    for value, hours in told:
        facts.record(news("test", value, NOON + hours * HOUR), now=NOON + HOUR)

    assert sorted(values(people, "p1", FactKind.TEST)) == ["positive", "unknown"]
    counting = [one.news.as_of for one in facts.history("person", "p1") if one.counts]
    assert counting == [NOON, NOON - 2 * HOUR]

    facts.record(news("test", "negative", NOON + HOUR), now=NOON + HOUR)
    assert values(people, "p1", FactKind.TEST) == ["negative"]


def test_a_fact_says_until_when_it_holds(people: People, facts: Facts) -> None:
    until = NOON + 6 * HOUR
    facts.record(replace(news("expected", "yes"), valid_until=until), now=NOON)

    assert known(people, "p1", FactKind.EXPECTED) == [
        Fact(FactKind.EXPECTED, "yes", NOON, "center", until),
    ]


def test_an_appointment_of_this_afternoon_can_be_cancelled_this_noon(people: People, facts: Facts) -> None:
    afternoon = replace(news("expected", "yes", NOON + 2 * HOUR), valid_until=NOON + 5 * HOUR)
    facts.record(afternoon, now=NOON - HOUR)
    facts.record(news("expected", "no", NOON), now=NOON)

    assert values(people, "p1", FactKind.EXPECTED) == ["no"]
    assert [one.news.value for one in facts.history("person", "p1") if one.counts] == ["no"]


def test_the_occupation_of_the_roster_is_a_fact(people: People) -> None:
    assert values(people, "p1", FactKind.OCCUPATION) == ["courier"]
    assert values(people, "p2", FactKind.OCCUPATION) == []


def test_a_kind_of_a_newer_center_is_kept_and_left_out(people: People, facts: Facts) -> None:
    facts.record(news("mood", "sunny"), now=NOON)

    found = people.find("p1")
    assert found
    assert all(fact.value != "sunny" for fact in found.facts)
    assert [told.news.kind for told in facts.history("person", "p1")] == ["mood"]


def test_what_is_said_of_a_dwelling_is_known_of_all_who_live_there(
    journal: Journal, people: People, facts: Facts
) -> None:
    house = people.dwelling_key("３幢２单元５０１室")
    isolated = News("dwelling", house, "isolation", "isolation", NOON, "center")
    facts.receive([isolated], now=NOON)

    assert (
        values(people, "p1", FactKind.ISOLATION) == values(people, "p2", FactKind.ISOLATION) == ["isolation"]
    )
    by_code = people.find_by_code(journal.vault.code_key(CODE))
    assert by_code
    assert by_code.household == house


def test_lifting_it_for_one_person_does_not_lift_it_for_the_house(people: People, facts: Facts) -> None:
    house = people.dwelling_key("3-2-501")
    facts.receive([News("dwelling", house, "isolation", "isolation", NOON, "center")], now=NOON)
    facts.receive([news("isolation", "none", NOON + HOUR)], now=NOON)
    assert values(people, "p1", FactKind.ISOLATION) == ["isolation"]

    facts.receive([News("dwelling", house, "isolation", "none", NOON + 2 * HOUR, "center")], now=NOON)
    assert set(values(people, "p1", FactKind.ISOLATION)) == {"none"}


def test_all_that_was_told_is_kept_with_who_said_it_and_when(facts: Facts) -> None:
    facts.record(news("travel", "yes"), now=NOON, said=Said("王阿姨", "从上海来"))
    facts.record(news("travel", "no", NOON + HOUR), now=NOON + HOUR, said=Said("老李"))

    told = facts.history("person", "p1")
    assert [(one.news.value, one.told_at, one.said.by, one.said.note, one.counts) for one in told] == [
        ("no", NOON + HOUR, "老李", "", True),
        ("yes", NOON, "王阿姨", "从上海来", False),
    ]


def test_the_same_news_again_is_not_told_twice(facts: Facts) -> None:
    for _ in range(3):
        facts.record(news("test", "negative"), now=NOON)
    assert len(facts.history("person", "p1")) == 1


def test_a_fact_is_never_changed(journal: Journal, facts: Facts) -> None:
    facts.record(news("test", "negative"), now=NOON)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        journal.connection.execute("UPDATE fact SET value = 'positive'")


# --- two people


@pytest.mark.parametrize("kind", ["isolation", "block"])
def test_nobody_isolates_or_blocks_alone(facts: Facts, kind: str) -> None:
    with pytest.raises(NeedsSecondPersonError):
        facts.record(news(kind, "close_contact"), now=NOON)
    assert facts.history("person", "p1") == []


def test_a_proposed_isolation_is_known_as_such_and_not_in_force(people: People, proposals: Proposals) -> None:
    proposals.propose(news("isolation", "close_contact"), "王阿姨", now=NOON)

    assert values(people, "p1", FactKind.ISOLATION) == []
    assert values(people, "p1", FactKind.ISOLATION_PENDING) == ["close_contact"]


def test_a_second_person_brings_it_into_force(people: People, proposals: Proposals, facts: Facts) -> None:
    number = proposals.propose(news("isolation", "close_contact"), "王阿姨", now=NOON, note="流调")
    proposals.confirm(number, "老李", now=NOON + HOUR)

    assert values(people, "p1", FactKind.ISOLATION) == ["close_contact"]
    assert values(people, "p1", FactKind.ISOLATION_PENDING) == []
    assert proposals.waiting() == []
    (told,) = facts.history("person", "p1")
    assert (told.said.by, told.said.second, told.said.note) == ("王阿姨", "老李", "流调")


@pytest.mark.parametrize("again", ["王阿姨", " 王阿姨 ", "王阿姨\u3000"])
def test_nobody_confirms_their_own_proposal(people: People, proposals: Proposals, again: str) -> None:
    number = proposals.propose(news("block", "lost_card"), "王阿姨", now=NOON)
    with pytest.raises(SamePersonError):
        proposals.confirm(number, again, now=NOON)

    assert values(people, "p1", FactKind.BLOCK) == []
    assert [proposal.id for proposal in proposals.waiting()] == [number]


@pytest.mark.parametrize("nobody", ["", "  "])
def test_somebody_must_answer_for_it(proposals: Proposals, nobody: str) -> None:
    with pytest.raises(ValueError, match="somebody"):
        proposals.propose(news("block", "lost_card"), nobody, now=NOON)
    number = proposals.propose(news("block", "lost_card"), "王阿姨", now=NOON)
    with pytest.raises(ValueError, match="somebody"):
        proposals.confirm(number, nobody, now=NOON)


def test_an_appointment_that_was_cancelled_by_mistake_is_made_again_for_the_same_hour(
    people: People, facts: Facts
) -> None:
    made, cancelled = news("expected", "yes", NOON + 5 * HOUR), news("expected", "no", NOON)
    for minute, told in enumerate((made, cancelled, made)):
        facts.record(told, now=NOON + minute * HOUR / 60)

    assert values(people, "p1", FactKind.EXPECTED) == ["yes"]
    assert [one.news.value for one in facts.history("person", "p1") if one.counts] == ["yes"]


def test_a_result_that_was_put_right_and_back_again_is_what_was_said_last(
    people: People, facts: Facts
) -> None:
    for value in ("positive", "negative", "positive", "positive"):
        facts.record(news("test", value), now=NOON)

    assert values(people, "p1", FactKind.TEST) == ["positive"]
    assert len(facts.history("person", "p1")) == 3  # what is known is left out


def test_the_card_tells_of_the_same_appointment_as_the_gate_though_the_clock_was_set_back(
    people: People, facts: Facts
) -> None:
    facts.record(news("expected", "yes", NOON + 5 * HOUR), now=NOON + 24 * HOUR)
    facts.record(news("expected", "no", NOON), now=NOON)

    assert values(people, "p1", FactKind.EXPECTED) == ["no"]
    assert [one.news.value for one in facts.history("person", "p1") if one.counts] == ["no"]


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("colour", "green", "red"), ("test", "negative", "positive"), ("travel", "no", "yes")],
)
def test_good_news_of_a_clock_that_was_ahead_hide_no_bad_news_that_come_after(
    people: People, facts: Facts, kind: str, good: str, bad: str
) -> None:
    facts.record(news(kind, good, NOON + DAY), now=NOON + DAY)
    assert values(people, "p1", FactKind(kind)) == [good]

    facts.record(news(kind, bad, NOON), now=NOON)
    assert values(people, "p1", FactKind(kind)) == [bad]
    assert [one.news.value for one in facts.history("person", "p1") if one.counts] == [bad]
    facts.record(news(kind, good, NOON + HOUR), now=NOON + HOUR)
    assert values(people, "p1", FactKind(kind)) == [good]


def test_who_was_lifted_by_a_clock_that_was_ahead_is_isolated_again_when_two_say_so(
    people: People, proposals: Proposals
) -> None:
    for value, at in (("none", NOON + DAY), ("isolation", NOON)):
        number = proposals.propose(news("isolation", value, at), "王阿姨", now=at)
        proposals.confirm(number, "老李", now=at)

    assert values(people, "p1", FactKind.ISOLATION) == ["isolation"]


def test_a_red_that_comes_while_the_clock_stands_at_1970_is_known(people: People, facts: Facts) -> None:
    facts.record(news("colour", "green", NOON), now=NOON)
    facts.record(news("colour", "red", NOON - HOUR), now=datetime(1970, 1, 1, tzinfo=UTC))

    assert values(people, "p1", FactKind.COLOUR) == ["red"]


def test_a_clock_some_minutes_ahead_changes_nothing(people: People, facts: Facts) -> None:
    facts.record(news("colour", "green", NOON + HOUR / 12), now=NOON)
    facts.record(news("colour", "red", NOON - HOUR), now=NOON)

    assert values(people, "p1", FactKind.COLOUR) == ["green"]


def test_what_was_rejected_never_counts_and_stays_in_the_history(
    people: People, proposals: Proposals
) -> None:
    number = proposals.propose(news("isolation", "isolation"), "王阿姨", now=NOON)
    proposals.reject(number, "老李", now=NOON + HOUR, note="认错人了")

    found = people.find("p1")
    assert found
    assert not [fact for fact in found.facts if fact.kind in (FactKind.ISOLATION, FactKind.ISOLATION_PENDING)]
    (kept,) = proposals.about("person", "p1")
    assert (kept.outcome, kept.settled_at) == (Outcome.REJECTED, NOON + HOUR)
    assert kept.settled == Said("老李", "认错人了")


def test_what_is_settled_stays_settled(journal: Journal, proposals: Proposals) -> None:
    number = proposals.propose(news("isolation", "isolation"), "王阿姨", now=NOON)
    proposals.confirm(number, "老李", now=NOON)

    for settle in (proposals.confirm, proposals.reject):
        with pytest.raises(SettledError):
            settle(number, "小陈", now=NOON)
    with pytest.raises(sqlite3.IntegrityError, match="settled already"):
        journal.connection.execute("UPDATE proposal SET outcome = 'rejected'")


def test_lifting_needs_two_people_as_well(people: People, proposals: Proposals) -> None:
    isolated = proposals.propose(news("isolation", "isolation"), "王阿姨", now=NOON)
    proposals.confirm(isolated, "老李", now=NOON)
    lifted = proposals.propose(news("isolation", "none", NOON + HOUR), "王阿姨", now=NOON)
    assert values(people, "p1", FactKind.ISOLATION) == ["isolation"]

    proposals.confirm(lifted, "老李", now=NOON + HOUR)
    assert values(people, "p1", FactKind.ISOLATION) == ["none"]


def test_who_said_something_is_neither_in_the_files_nor_in_a_repr(
    journal: Journal, facts: Facts, proposals: Proposals
) -> None:
    facts.record(news("travel", "yes"), now=NOON, said=Said("王阿姨", "从上海来"))
    proposals.propose(news("block", "lost_card"), "王阿姨", now=NOON, note="从上海来")
    journal.checkpoint()
    (path,) = journal.connection.execute("PRAGMA database_list").fetchall()[0][2:]
    with open(path, "rb") as file:
        written = file.read()

    shown = repr(facts.history("person", "p1")) + repr(proposals.waiting())
    assert not [text for text in ("王阿姨", "从上海来") if text.encode() in written or text in shown]
