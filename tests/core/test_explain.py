"""Any past verdict is explained again: by its record alone, to the same reasons."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.core.decision import decide
from station.core.entry import Entry, StoredEntry, amendment, decision_of, decode, encode, from_passage
from station.core.explain import ExplainError, Unexplained, decide_again, explain, passage_of
from station.core.facts import Fact
from station.core.model import Passage
from station.core.policy import Policy
from station.core.reasons import Severity
from tests.core.crowd import NOW, facts, moments, passages, policies
from tests.core.rulebook import BOOK, POLICIES, RULES, situations

OPEN = RULES["平时"]
OPEN_TEXT = (POLICIES / "open.toml").read_text("utf-8")


def recorded(passage: Passage, known: tuple[Fact, ...], policy: Policy, now: object = NOW) -> Entry:
    """As the journal gives it back."""
    at = now if isinstance(now, type(NOW)) else NOW
    decision = decide(passage, known, policy, at)
    entry = from_passage(
        passage, known, decision, id=bytes(16), at=at, mono=1.0, boot="b", lane="1",
        direction=passage.direction, policy=policy.label, emulated=False, policy_digest=policy.digest,
    )  # fmt: skip
    return decode(encode(entry))


@settings(max_examples=300)
@given(passages, st.lists(facts, max_size=10), policies, moments | st.just(NOW))
def test_what_the_record_keeps_decides_again_to_the_same_reasons(
    passage: Passage, known: list[Fact], policy: Policy, now: object
) -> None:
    entry = recorded(passage, tuple(known), policy, now)
    assert decide_again(entry, policy) == decision_of(entry)


def test_every_situation_of_the_rule_book_is_explained_by_the_text_of_its_policy() -> None:
    for one in situations(BOOK.read_text("utf-8")):
        entry = recorded(one.passage, tuple(one.facts), one.policy, one.now)
        text = (POLICIES / f"{one.policy.name}.toml").read_text("utf-8")
        assert explain(entry, text) == decision_of(entry), one.name


SOMEBODY = next(iter(situations(BOOK.read_text("utf-8"))))
ENTRY = recorded(SOMEBODY.passage, tuple(SOMEBODY.facts), OPEN)


def why(entry: Entry, text: str = OPEN_TEXT) -> Unexplained:
    with pytest.raises(ExplainError) as raised:
        explain(entry, text)
    return raised.value.why


def test_another_policy_explains_nothing() -> None:
    assert why(ENTRY, (POLICIES / "sealed.toml").read_text("utf-8")) is Unexplained.OTHER_POLICY


def test_a_policy_that_was_changed_without_a_new_version_is_noticed() -> None:
    assert why(ENTRY, OPEN_TEXT.replace('vouched = "pass"', 'vouched = "stop"')) is Unexplained.OTHER_POLICY


def test_an_operators_word_is_not_a_rules() -> None:
    by_hand = amendment(
        StoredEntry(1, bytes(32), ENTRY), Severity.STOP, id=b"a" * 16, at=NOW, mono=2.0, boot="b"
    )
    assert why(by_hand) is Unexplained.OPERATOR


@pytest.mark.parametrize("field", ["closing", "direction"])
def test_words_of_a_newer_program_are_said_to_be_that(field: str) -> None:
    assert why(msgspec.structs.replace(ENTRY, **{field: "tomorrow"})) is Unexplained.NEWER


def test_the_rebuilt_passage_knows_nobodys_name_or_code() -> None:
    claim = passage_of(ENTRY).claim
    assert claim
    assert claim.key == ""
    assert claim.credential
    assert claim.credential.subject is None
