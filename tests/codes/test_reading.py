"""A code as it comes from copied texts, printed files and scanners that add blanks."""

from __future__ import annotations

import pytest

from station.assets import ASSETS
from station.codes.reading import read_code
from station.codes.regional import parse_shapes
from station.codes.trust import TrustStore
from station.core.model import CodeKind, CodeStatus
from tests.codes import issuing
from tests.codes.issuing import NOW

KEY = issuing.new_key()
DER = issuing.certificate(KEY)
TRUST = TrustStore((issuing.hcert_list(DER), issuing.gate_list(KEY)))
SHAPES = parse_shapes((ASSETS / "codes" / "regional.toml").read_text(encoding="utf-8"))
SIGNED = {
    "certificate": issuing.hcert(KEY, DER, issuing.hcert_claims()),
    "gate pass": issuing.gate_pass(KEY, issuing.gate_claims()),
}
SHANGHAI = "https://s.sh.gov.cn/" + "a1" * 16 + "1656000000000"

around = pytest.mark.parametrize(
    ("before", "behind"), [("", "\r\n"), ("", " "), ("\ufeff", ""), (" ", "\t"), ("", "\n\n")]
)


def status(text: str) -> CodeStatus:
    return read_code(text, trust=TRUST, shapes=SHAPES, now=NOW).status


@around
@pytest.mark.parametrize("text", SIGNED.values(), ids=SIGNED)
def test_what_was_added_around_a_signed_code_does_not_damage_it(text: str, before: str, behind: str) -> None:
    assert status(before + text + behind) is CodeStatus.VALID


@pytest.mark.parametrize("text", SIGNED.values(), ids=SIGNED)
def test_a_signed_code_that_was_copied_in_lines_is_valid(text: str) -> None:
    lines = [text[start : start + 76] for start in range(0, len(text), 76)]
    assert status("\r\n".join(lines)) is CodeStatus.VALID


@around
def test_what_was_added_around_a_health_code_does_not_make_it_another(before: str, behind: str) -> None:
    credential = read_code(before + SHANGHAI + behind, trust=TRUST, shapes=SHAPES, now=NOW)
    assert (credential.kind, credential.region) == (CodeKind.REGIONAL, "shanghai")


def test_what_is_really_damaged_stays_so() -> None:
    text = SIGNED["gate pass"]
    assert status(text[:99]) is CodeStatus.DAMAGED
    assert status(text[:99] + "\n") is CodeStatus.DAMAGED
    assert status(f"{text} {text}") is CodeStatus.DAMAGED
