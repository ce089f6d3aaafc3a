"""The record: its bytes are canonical, its JSON is stable, personal data is not in it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from uuid import RFC_4122, UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.entry import (
    Entry,
    ReasonPart,
    StoredEntry,
    amendment,
    decode,
    encode,
    from_ms,
    make_id,
    to_json,
    to_ms,
)
from station.core.model import Severity

MINIMAL = Entry(
    id=bytes(16),
    at_ms=1_795_000_000_000,
    mono_ms=5,
    boot="b",
    lane="1",
    direction="in",
    severity=0,
    reasons=(ReasonPart("person_known", 0),),
    closing="paired",
    policy="open/1",
)


def test_bytes_are_an_array_with_the_schema_first_and_come_back_equal() -> None:
    record = encode(MINIMAL)
    assert msgspec.msgpack.decode(record)[0] == 1
    assert decode(record) == MINIMAL
    assert encode(decode(record)) == record


def test_record_of_a_newer_program_with_more_fields_is_still_read() -> None:
    longer = [*msgspec.msgpack.decode(encode(MINIMAL)), "a field of the future"]
    assert decode(msgspec.msgpack.encode(longer)) == MINIMAL


@given(st.binary(max_size=200))
def test_bytes_that_are_no_entry_raise_only_a_decode_error(data: bytes) -> None:
    with contextlib.suppress(msgspec.DecodeError):
        assert encode(decode(data))


def test_json_leaves_out_what_is_unknown() -> None:
    fields = to_json(StoredEntry(7, bytes(32), MINIMAL))
    assert fields["number"] == 7
    assert fields["decision"] == "pass"
    assert fields["reasons"] == [{"code": "person_known", "severity": "pass"}]
    assert not {"temperature", "code", "person_id", "amends"} & fields.keys()
    assert None not in fields.values()


def test_amendment_of_an_amendment_points_at_the_first_entry() -> None:
    stored = StoredEntry(7, bytes(32), MINIMAL)
    when = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    once = amendment(stored, Severity.RECHECK, id=b"1" * 16, at=when, mono=1.0, boot="b")
    twice = amendment(
        StoredEntry(8, bytes(32), once), Severity.STOP, id=b"2" * 16, at=when, mono=2.0, boot="b"
    )
    assert once.amends == twice.amends == MINIMAL.id


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are naive
def test_milliseconds_keep_the_moment(moment: datetime) -> None:
    exact = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert from_ms(to_ms(moment)) == exact


@pytest.mark.parametrize("severity", list(Severity))
def test_severity_is_spelled_as_in_json(severity: Severity) -> None:
    assert severity.word in ("pass", "recheck", "stop")


@given(st.integers(0, 7_258_118_400_000), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_that_begins_with_its_time(at_ms: int, chance: bytes) -> None:
    made = make_id(from_ms(at_ms), chance)

    assert len(made) == 16
    assert (UUID(bytes=made).version, UUID(bytes=made).variant) == (7, RFC_4122)
    assert make_id(from_ms(at_ms + 1), bytes(10)) > made
