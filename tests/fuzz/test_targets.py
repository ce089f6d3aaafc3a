"""The fuzzing targets themselves, without atheris: each accepts its seeds, and sees a parser that fails."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes.result import CodeError, damaged
from station.core.model import CodeStatus
from tests.fuzz import seeds
from tests.fuzz.targets import TARGETS, Target, judge


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_can_be_run_on_its_seeds(name: str) -> None:
    assert TARGETS[name].seeds
    for seed in TARGETS[name].seeds:
        TARGETS[name](seed)


def test_codes_to_begin_from_are_valid() -> None:
    """Fuzzing that begins from refused codes never gets past the signature."""
    assert [judge(text).status for text in seeds.CODES] == [CodeStatus.VALID] * 3


@pytest.mark.parametrize("name", ["base45", "inflate", "cbor", "cose", "shapes", "rules", "certlogic"])
def test_seeds_of_a_parser_are_what_it_reads(name: str) -> None:
    target = TARGETS[name]
    assert [target.run(seed) for seed in target.seeds]  # not through __call__, which lets its own error pass


@given(st.sampled_from(sorted(TARGETS)), st.binary(max_size=200))
@settings(deadline=None, max_examples=200)
def test_no_bytes_are_a_finding(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_a_parser_that_raises_something_else_is_a_finding() -> None:
    def parse(data: bytes) -> None:
        if data == b"x":
            raise damaged("as it may")
        raise KeyError(data)

    target = Target(parse, (), (CodeError,))
    target(b"x")
    with pytest.raises(KeyError):
        target(b"y")
