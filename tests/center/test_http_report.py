"""Reports over HTTP: of the station that signed them alone, and never refused for what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.sync import bundle
from station.sync.bundle import Purpose, Signed
from station.sync.reports import CaseReport, Report, Reports, Taken, encode_body
from tests.center.gate import NOON_MS, Gate, signed_page
from tests.center.office import Center, open_center

CASE = b"c" * 16
WHISTLE = Report(CASE, "case", 1, NOON_MS, encode_body(CaseReport("whistle", NOON_MS)))


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with open_center(tmp_path) as opened:
        yield opened


@pytest.fixture
def gate(center: Center) -> Gate:
    return center.know(Gate(), "district/town/west")


def report(center: Center, gate: Gate, *reports: Report, station: bytes | None = None) -> Taken:
    body = bundle.pack(Reports(1, station or gate.station, reports))
    response = gate.post(center.client, "/v1/report", body)
    assert response.status_code == 200, response.text
    signed = bundle.unpack(response.content, Signed)
    key = center.keys.public_key
    assert bundle.is_signed(key, Purpose.REPORTS, signed.payload, signed.signature)
    return bundle.unpack(signed.payload, Taken)


def refused(center: Center, gate: Gate, body: bytes) -> tuple[int, str]:
    response = gate.post(center.client, "/v1/report", body)
    return response.status_code, response.json()["problem"]


def test_a_whistle_is_taken_and_the_answer_is_in_the_gate_s_next_page(center: Center, gate: Gate) -> None:
    assert report(center, gate, WHISTLE).taken == ((CASE, 1),)
    (case,) = center.store.cases.open("district/town")
    center.store.cases.go(case.key, "李警官", NOON_MS)

    other = center.know(Gate(2), "district/town/west")
    target = "/v1/pull?channel=quick&since=0"
    mine, theirs = (
        signed_page(one.get(center.client, target), center.keys.public_key) for one in (gate, other)
    )
    assert [item.key for item in mine.items] == [CASE.hex()]
    assert theirs.items == ()
    assert theirs.until == mine.until


def test_what_is_not_understood_is_taken_as_it_is(center: Center, gate: Gate) -> None:
    strange = Report(b"s" * 16, "weather", 7, NOON_MS, b"\xc1")

    assert report(center, gate, strange).taken == ((b"s" * 16, 7),)


def test_reports_of_another_station_are_refused(center: Center, gate: Gate) -> None:
    body = bundle.pack(Reports(1, b"x" * 16, (WHISTLE,)))

    assert refused(center, gate, body) == (401, "bad_signature")
    assert center.store.cases.open() == []


def test_damaged_bytes_are_asked_for_again(center: Center, gate: Gate) -> None:
    assert refused(center, gate, b"no zlib") == (422, "damaged")
    assert refused(center, gate, bundle.pack(Reports(1, gate.station, ()))) == (422, "damaged")
    too_many = tuple(Report(bytes([n]) * 16, "duty", 1, 0) for n in range(51))
    assert refused(center, gate, bundle.pack(Reports(1, gate.station, too_many))) == (422, "damaged")


def test_a_gate_whose_enrolment_was_revoked_may_still_call_for_help(center: Center, gate: Gate) -> None:
    center.store.stations.revoke(gate.station, NOON_MS)

    assert report(center, gate, WHISTLE).taken == ((CASE, 1),)


def test_an_unknown_station_calls_nobody(center: Center, gate: Gate) -> None:
    stranger = Gate(9)
    body = bundle.pack(Reports(1, stranger.station, (WHISTLE,)))

    assert refused(center, stranger, body) == (401, "unknown_station")
