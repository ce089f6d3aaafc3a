"""A visitor shows a SMART Health Card that was cut into several codes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.codes import shc
from station.codes.parts import PATIENCE_S, Gathering, Part, join, judged_whole, part_of
from station.codes.reading import read_code
from station.codes.regional import RegionalShapes
from station.codes.result import Missing
from station.core.model import CodeKind, CodeStatus, Credential
from tests.codes import issuing
from tests.codes.issuing import NOW, shc_list, shc_payload, trusting

KEY = issuing.new_key()
CARD = issuing.shc(KEY, json.dumps(shc_payload()).encode(), kid="k1")


def cut(card: str, total: int) -> list[str]:
    """The codes of a card in `total` parts of about the same length."""
    digits = card.removeprefix("shc:/")
    size = -(-len(digits) // (2 * total)) * 2
    return [f"shc:/{n + 1}/{total}/{digits[n * size : (n + 1) * size]}" for n in range(total)]


def parts(*texts: str) -> list[Part]:
    return [part for text in texts if (part := part_of(text))]


def gather(shown: list[Part]) -> Gathering:
    gathering = Gathering()
    for part in shown:
        gathering = gathering.add(part, at=0.0)
    return gathering


@given(st.integers(2, 9).flatmap(lambda total: st.permutations(cut(CARD, total))), st.data())
def test_a_card_is_whole_after_its_last_part_in_any_order(texts: list[str], data: st.DataObject) -> None:
    """And also when a part is read several times, as a camera does."""
    again = data.draw(st.lists(st.sampled_from(texts[:-1]), max_size=5))
    before = gather(parts(*texts[:-1], *again))
    assert before.text is None
    assert before.missing == (parts(texts[-1])[0].number,)
    assert before.add(parts(texts[-1])[0], at=0.0).text == CARD


def test_a_card_of_parts_is_verified_like_any_other() -> None:
    text = gather(parts(*cut(CARD, 3))).text
    assert text
    assert shc.read(text, trusting(shc_list(KEY, "k1")), NOW).status is CodeStatus.VALID


def test_before_the_first_part_nothing_is_missing_and_nothing_whole() -> None:
    assert (Gathering().missing, Gathering().text) == ((), None)


def test_the_next_visitor_begins_a_new_card() -> None:
    """Two people with cards of two codes: the first one leaves after one of them."""
    first, second = parts(*cut(CARD, 2))
    stranger = replace(first, digits="5676")
    assert gather([first, stranger]).parts == (stranger,)
    assert gather([first, second, stranger]).missing == (2,)
    assert gather([replace(first, total=3), second]).parts == (second,)


def test_a_page_that_was_turned_too_late_begins_a_new_card() -> None:
    first, second = parts(*cut(CARD, 2))
    assert gather([first]).add(second, at=PATIENCE_S).text == CARD
    assert gather([first]).add(second, at=PATIENCE_S + 0.1).parts == (second,)


def judge(text: str) -> Credential:
    shapes = RegionalShapes("0", ())
    return read_code(text, trust=trusting(shc_list(KEY, "k1")), shapes=shapes, now=NOW)


@given(st.integers(2, 5), st.data())
def test_parts_of_two_cards_are_never_a_valid_one_nor_called_forged(total: int, data: st.DataObject) -> None:
    other = issuing.shc(KEY, json.dumps(shc_payload(nbf=1)).encode(), kid="k1")
    both = list(zip(cut(CARD, total), cut(other, total), strict=True))
    chosen = [data.draw(st.sampled_from(pair)) for pair in both]
    text = gather(parts(*chosen)).text
    assert text is not None
    credential = judged_whole(judge(text))
    if text in (CARD, other):
        assert credential.status is CodeStatus.VALID
    else:
        assert (credential.kind, credential.status) == (CodeKind.SHC, CodeStatus.CANNOT_CHECK)
        assert credential.reason == Missing.ONE_CARD
        assert credential.subject is None


def test_a_part_among_its_siblings_stands_for_the_whole_card() -> None:
    one, two = cut(CARD, 2)
    assert join([two, "other", one, one]) == [CARD, "other", CARD, CARD]
    assert join([one, "other"]) == [one, "other"]


def test_two_cards_after_each_other_are_two() -> None:
    other = issuing.shc(KEY, json.dumps(shc_payload(nbf=1)).encode(), kid="k1")
    assert join(cut(CARD, 2) + cut(other, 2)) == [CARD, CARD, other, other]


@pytest.mark.parametrize("text", ["", CARD, "shc:/1/1/5676", "shc:/3/2/5676", "shc:/1/2/567", "shc:/1/2/"])
def test_what_is_no_part(text: str) -> None:
    assert part_of(text) is None


@given(st.lists(st.text("shc:/0123456789", max_size=12) | st.sampled_from(cut(CARD, 3)), max_size=8))
def test_no_texts_are_an_error(texts: list[str]) -> None:
    assert len(join(texts)) == len(texts)


def test_what_a_part_says_is_in_no_log_line() -> None:
    assert "5676" not in repr(part_of("shc:/1/2/5676"))
