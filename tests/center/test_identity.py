"""Who the center is: keys made once, a CA without an end, a certificate that renews itself; and limits."""

from __future__ import annotations

import contextlib
import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from center.clocks import ALARM_MS, TRIP_MS, clock_now, is_alarming, told_clock
from center.folder import create_file, write_file
from center.keys import FILE, KeysError, decode_keys, encode_keys, load_keys, make_keys, open_keys
from center.ledger import Clock
from center.limits import FullError, Places, Rate
from center.tls import FILE as CERTIFICATE
from center.tls import (
    LIFE,
    RENEW_BEFORE,
    certificate_end,
    make_certificate,
    ready_certificate,
    server_context,
)
from station.sync.bundle import Purpose, is_signed
from tests.center.office import some_keys

NOON = datetime(2022, 4, 15, 5, 20, tzinfo=UTC)
NAMES = {"gate.example", "10.0.0.2", "fd00::2"}


def test_keys_are_made_once(tmp_path: Path) -> None:
    first, second = open_keys(tmp_path / "center"), open_keys(tmp_path / "center")

    assert first.public_key == second.public_key
    assert (first.district, first.ca_mark) == (second.district, second.ca_mark)
    assert is_signed(second.public_key, Purpose.ACK, b"ack", first.sign(Purpose.ACK, b"ack"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_keys_and_certificate_are_for_their_owner_only(tmp_path: Path) -> None:
    keys = open_keys(tmp_path / "center")
    ready_certificate(tmp_path / "center", keys.authority, NAMES, NOON)

    for name in (FILE, CERTIFICATE):
        assert (tmp_path / "center" / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "center").stat().st_mode & 0o777 == 0o700


def test_two_that_make_keys_at_once_have_the_same(tmp_path: Path) -> None:
    create_file(tmp_path / "key", b"first")
    create_file(tmp_path / "key", b"second")

    assert (tmp_path / "key").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_a_crash_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f"file.{os.getpid()}.new").write_bytes(b"half")
    write_file(tmp_path / "file", b"whole")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"whole"]


def test_nothing_secret_is_in_a_repr() -> None:
    keys = some_keys()

    assert keys.district.hex() not in repr(keys)
    assert repr(keys) == "CenterKeys()"


@given(st.binary() | st.integers(0, 900).map(lambda cut: encode_keys(some_keys())[:cut]))
def test_a_damaged_file_of_keys_is_never_half_used(content: bytes) -> None:
    with pytest.raises(KeysError):
        decode_keys(content)


def test_keys_of_two_centers_are_not_mixed() -> None:
    one, other = encode_keys(some_keys()), encode_keys(make_keys())
    cut = one.index(b'"authority":')

    with pytest.raises(KeysError):
        decode_keys(one[:cut] + other[other.index(b'"authority":') :])


def test_no_keys_are_no_keys(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_keys(tmp_path)


def test_the_ca_has_no_end_and_no_beginning_that_a_gates_clock_could_miss() -> None:
    certificate = some_keys().authority.certificate

    assert certificate.not_valid_before_utc.year == 1970
    assert certificate.not_valid_after_utc.year == 9999


def test_the_certificate_is_for_all_names_and_renewed_in_time(tmp_path: Path) -> None:
    authority = some_keys().authority

    assert ready_certificate(tmp_path, authority, NAMES, NOON)
    assert not ready_certificate(tmp_path, authority, NAMES, NOON + LIFE - RENEW_BEFORE - timedelta(days=1))
    assert ready_certificate(tmp_path, authority, NAMES, NOON + LIFE - RENEW_BEFORE + timedelta(days=1))
    assert certificate_end(tmp_path) == NOON + LIFE - RENEW_BEFORE + timedelta(days=1) + LIFE
    names = x509.load_pem_x509_certificate((tmp_path / CERTIFICATE).read_bytes())
    alternatives = names.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in alternatives} == NAMES


def test_another_address_another_ca_or_a_damaged_file_make_a_new_certificate(tmp_path: Path) -> None:
    ready_certificate(tmp_path, some_keys().authority, NAMES, NOON)

    assert ready_certificate(tmp_path, some_keys().authority, NAMES | {"10.0.0.3"}, NOON)
    assert ready_certificate(tmp_path, make_keys().authority, NAMES, NOON)
    (tmp_path / CERTIFICATE).write_bytes(b"torn")
    assert ready_certificate(tmp_path, some_keys().authority, NAMES, NOON)


def handshake(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> None:
    """TLS in memory. Raises ssl.SSLError as the client would."""
    pipes = [(ssl.MemoryBIO(), ssl.MemoryBIO()) for _ in range(2)]
    (to_server, from_server), (to_client, from_client) = pipes
    there = server.wrap_bio(to_server, from_server, server_side=True)
    here = client.wrap_bio(to_client, from_client, server_hostname=name)
    done: set[ssl.SSLObject] = set()
    while len(done) < 2:
        for side in (here, there):
            try:
                side.do_handshake()
                done.add(side)
            except ssl.SSLWantReadError:
                pass
            to_server.write(from_client.read())
            to_client.write(from_server.read())


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_client_that_pins_the_ca_gets_in_by_every_name(tmp_path: Path, name: str) -> None:
    authority = some_keys().authority
    (tmp_path / CERTIFICATE).write_bytes(make_certificate(authority, NAMES, datetime.now(UTC)))
    client = ssl.create_default_context(cadata=authority.pem.decode())

    handshake(server_context(tmp_path), client, name)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server_context(tmp_path), client, "other.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(
            server_context(tmp_path),
            ssl.create_default_context(cadata=make_keys().authority.pem.decode()),
            name,
        )


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_never_more_than_the_rate_allows(pauses: list[float]) -> None:
    rate, now, taken = Rate(1.0, 5), 0.0, 0
    for pause in pauses:
        now += pause
        taken += rate.wait("gate", now) == 0

        assert taken <= 5 + now + 1e-6


def test_waiting_as_long_as_one_is_told_is_enough() -> None:
    rate = Rate(0.5, 2)
    assert [rate.wait("gate", 0.0), rate.wait("gate", 0.0)] == [0, 0]
    wait = rate.wait("gate", 0.0)

    assert wait == 2.0
    assert rate.wait("other", 0.0) == 0
    assert rate.wait("gate", wait) == 0


def test_a_place_is_free_again_whatever_happened_in_it() -> None:
    places = Places(1)
    for _ in range(2):
        with contextlib.suppress(ValueError), places.place():
            with pytest.raises(FullError):
                places.place().__enter__()
            raise ValueError("broken")


@pytest.mark.parametrize(
    ("state", "clock"),
    [
        ((("clock_offset_ms", "-5"), ("clock_uncertainty_ms", "7")), Clock(-5, 7)),
        ((("clock_offset_ms", "x"), ("clock_uncertainty_ms", "7")), None),
        ((("clock_offset_ms", "9" * 40), ("clock_uncertainty_ms", "7")), None),
        ((), None),
    ],
)
def test_what_a_gate_tells_of_its_clock(state: tuple[tuple[str, str], ...], clock: Clock | None) -> None:
    assert told_clock(state) == clock


@given(st.integers(-(2**50), 2**50), st.integers(0, 1000), st.integers(0, TRIP_MS))
def test_what_was_told_counts_until_a_request_contradicts_it(
    offset: int, uncertainty: int, trip: int
) -> None:
    told = Clock(offset, uncertainty)

    assert clock_now(offset + trip, 0, told) == told
    later = clock_now(offset + uncertainty + TRIP_MS + 1, 0, told)  # somebody set the clock meanwhile
    assert later == Clock(offset + uncertainty + TRIP_MS + 1, TRIP_MS)


def test_two_minutes_are_an_alarm_but_a_slow_network_is_none() -> None:
    assert is_alarming(Clock(ALARM_MS + 50, 40))
    assert is_alarming(Clock(-(ALARM_MS + TRIP_MS + 1), TRIP_MS))
    assert not is_alarming(Clock(ALARM_MS + 50, TRIP_MS))
    assert is_alarming(Clock(10**12, 2**53))
