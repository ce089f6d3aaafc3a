"""What a lane still knows of those who passed: whose other codes it forgets, and what it judges anew."""

from __future__ import annotations

import msgspec

from station.core.entry import StoredEntry, amendment
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Decision,
    Fact,
    FactKind,
    Passage,
    Reason,
    ReasonCode,
    Severity,
    Trust,
)
from station.core.outcome import Recorded
from station.lately import MOST, Lately
from tests.core.crowd import NOW
from tests.core.test_explain import ENTRY

PASSED = Decision((Reason(Severity.PASS, ReasonCode.TEMPERATURE_NORMAL),))
STOPPED = Decision((Reason(Severity.STOP, ReasonCode.CORRECTED_BY_OPERATOR),))
GREEN = Fact(FactKind.COLOUR, "green", NOW, "center")
VERIFIED = Credential(CodeKind.GATE_PASS, Trust.VERIFIED, CodeStatus.VALID)
RECOGNISED = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)


def recorded(number: int) -> Recorded:
    return Recorded(
        StoredEntry(number, bytes(32), msgspec.structs.replace(ENTRY, id=number.to_bytes(16))), PASSED
    )


def passage(key: str, credential: Credential | None = None) -> Passage:
    return Passage(Claim(key, 0.0, credential), None, Closing.PAIRED)


def passed(lately: Lately, key: str, number: int, subject: str = "") -> None:
    lately.remember(recorded(number), passage(key), (GREEN,), subject=subject or key)


def test_the_other_codes_of_the_same_person_are_named_and_nobody_elses() -> None:
    lately = Lately(None)
    passed(lately, "phone", 1, "li")
    passed(lately, "paper", 2, "li")
    passed(lately, "wang", 3)
    assert lately.other_keys("phone", "li") == ["paper"]
    assert lately.other_keys("wang", "wang") == []


def test_of_those_who_passed_long_ago_nothing_is_kept() -> None:
    lately = Lately(None)
    for number in range(MOST + 1):
        lately.remember(recorded(number), passage(f"key {number}", VERIFIED), (GREEN,), subject="crowd")
    assert lately.again("key 0") is None
    assert lately.again("key 1")
    assert len(lately.other_keys("", "crowd")) == MOST
    assert [len(list(kept)) for kept in (lately.facts(), lately.signed())] == [MOST, MOST]


def test_who_passed_again_just_now_is_not_the_first_to_be_forgotten() -> None:
    lately = Lately(None)
    for number in range(MOST):
        passed(lately, f"key {number}", number)
    passed(lately, "key 0", MOST)
    passed(lately, "one more", MOST + 1)
    assert lately.again("key 0")
    assert lately.again("key 1") is None


def test_what_the_lists_knew_of_somebody_is_told_by_their_code() -> None:
    lately = Lately(None)
    passed(lately, "li", 1)
    assert list(lately.facts()) == [("li", (GREEN,))]


def test_only_what_a_signature_vouched_for_is_judged_anew() -> None:
    lately = Lately(None)
    lately.remember(recorded(1), passage("pass", VERIFIED))
    lately.remember(recorded(2), passage("token", RECOGNISED))
    lately.remember(recorded(3), passage("picked by name"))
    assert list(lately.signed()) == [("pass", VERIFIED)]


def test_a_fever_that_nobody_claims_is_the_last_passage_and_shown_again_to_nobody() -> None:
    lately = Lately(None)
    passed(lately, "li", 1)
    lately.remember(recorded(2), Passage(None, None, Closing.NO_CLAIM))
    assert lately.last == recorded(2)
    assert lately.other_keys("", "") == []
    assert lately.again("li")


def test_a_correction_of_a_former_entry_leaves_the_last_one_as_it_is() -> None:
    lately = Lately(None)
    passed(lately, "li", 1)
    passed(lately, "wang", 2)
    first = recorded(1).stored
    lately.amended(amendment(first, Severity.STOP, id=bytes(16), at=NOW, mono=1.0, boot="b"))
    assert lately.last == recorded(2)
    li, wang = lately.again("li"), lately.again("wang")
    assert li is not None
    assert wang is not None
    assert (li.decision.severity, wang.decision.severity) == (Severity.STOP, Severity.PASS)


def test_a_correction_of_the_last_one_is_what_is_shown_again() -> None:
    lately = Lately(None)
    lately.corrected(STOPPED)  # of nobody yet
    passed(lately, "li", 1)
    lately.corrected(STOPPED)
    again = lately.again("li")
    assert again is not None
    assert again.decision == STOPPED
    assert lately.last is not None
    assert lately.last.decision == STOPPED
