"""Base45 against RFC 9285 and against an encoder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.codes import base45
from station.codes.result import CodeError
from tests.codes.issuing import base45 as encode


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("BB8", b"AB"),
        ("%69 VD92EX0", b"Hello!!"),
        ("UJCLQE7W581", b"base-45"),
        ("QED8WEX0", b"ietf!"),
        ("", b""),
    ],
)
def test_examples_of_rfc_9285(text: str, content: bytes) -> None:
    assert base45.decode(text) == content


@pytest.mark.parametrize("text", ["A", "BB8A", "bb8", "BB=", "号", "GGW", ":::", "%%"])
def test_no_base45_is_damaged(text: str) -> None:
    """Cut, lower case, foreign characters, and groups beyond two bytes (RFC 9285 section 6)."""
    with pytest.raises(CodeError):
        base45.decode(text)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_what_was_encoded_is_decoded(content: bytes) -> None:
    assert base45.decode(encode(content)) == content
