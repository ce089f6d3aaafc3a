"""Finding out what is on a port: every family by its own words, and not one byte that could do anything."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import serial

from station.devices.detect import Detected, Step, detect, detect_on, judge, listening, probing
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.thermometers import FAMILIES, Family
from tests.devices.clocks import WorkingClock
from tests.devices.fake_line import PERSON, Babble, Echo, FakePort, Silence, Thermometer

DATA = Path(__file__).parents[2] / os.environ.get("KAKOU_TEST_DATA", "../shared/data")
SECONDS = 13.0  # no search takes longer

# All that may ever be sent to an unknown device, and why it does nothing there.
READ_ONLY = {
    "A5 15 BA": "GY-MCU90614: one reading",
    "FA CA C4": "LU90614: measure and answer",
    "AB": "GD60914: measure the forehead",
    "A5 55 01 FB": "YS-HAIMAN: measure; GY-MCU90640: which emissivity?",
    "EE E1 01 55 FF FC": "RE-XINGMA: measure",
    "3F 54 0D": "Raytek: ?T",
    "01": "Optris: object temperature",
    "01 04 00 12 00 01 91 CF": "Modbus function 04, which only reads",
    "30 30 6D 73 0D": "Impac: 00ms",
}
RELAY_BAUD = 9600  # of every relay in the collection
SWITCHES = {b"\xaa", b"\xbb", b"\xcc"}  # HW-667; BB is not among the vectors

FOUND = [
    pytest.param(family, baud, id=f"{family.slug} {baud}")
    for family in FAMILIES.values()
    if family.query is None or family.probe
    for baud in family.bauds
]
NAMELESS = [family for family in FAMILIES.values() if family.query is not None and not family.probe]


def search(port: FakePort) -> Detected | None:
    return detect_on(cast("serial.Serial", port), monotonic=port.monotonic)


def slug_of(found: Detected | None) -> str | None:
    return found.family.slug if found else None


# --- what is found ----------------------------------------------------------------------------


@pytest.mark.parametrize(("family", "baud"), FOUND)
def test_each_family_is_found_at_each_of_its_speeds(family: Family, baud: int) -> None:
    port = FakePort(Thermometer(family, baud))
    assert search(port) == Detected(FAMILIES[family.same_bytes_as or family.slug], baud)
    assert port.now < SECONDS


class Chance(Silence):
    """Something that answers an Optris' question once with two bytes, for reasons of its own."""

    def __init__(self) -> None:
        self._left = [bytes.fromhex("0555")]

    def answers(self, port: FakePort, question: bytes) -> bytes:
        return self._left.pop() if question == b"\x01" and self._left else b""


def test_one_answer_may_be_chance() -> None:
    assert search(FakePort(Chance())) is None


@pytest.mark.parametrize("family", NAMELESS, ids=[family.slug for family in NAMELESS])
def test_a_family_without_a_harmless_question_is_left_alone(family: Family) -> None:
    assert search(FakePort(Thermometer(family, family.bauds[0]))) is None


class Arduino(Thermometer):
    """Opening its port resets it: two seconds of nothing, a banner, and only then readings."""

    def streams(self, port: FakePort) -> bytes:
        if port.now < 2.0:
            return b""
        if not self._spoke_at:
            self._spoke_at = port.now
            return b"Adafruit MLX90614 test\r\nEmissivity = 0.98\r\n" + b"=" * 48 + b"\r\n"
        return super().streams(port)


def test_an_arduino_is_waited_for() -> None:
    assert slug_of(search(FakePort(Arduino(FAMILIES["ascii-bridge"], 9600)))) == "ascii-bridge"


def test_a_thermometer_that_streams_is_asked_nothing() -> None:
    port = FakePort(Thermometer(FAMILIES["gy-mcu90614"], 115200))
    assert search(port)
    assert port.written == []


def test_a_talker_that_we_do_not_know_is_asked_nothing() -> None:
    port = FakePort(Babble())
    assert search(port) is None
    assert port.written == []
    assert port.now < SECONDS


def test_an_open_end_is_nothing_after_seconds() -> None:
    port = FakePort(Silence())
    assert search(port) is None
    assert port.now < SECONDS


def test_a_line_that_echoes_is_no_thermometer() -> None:
    assert search(FakePort(Echo())) is None


def test_a_port_without_parity_is_searched_all_the_same() -> None:
    port = FakePort(Silence(), knows=lambda parity: parity == "N")
    assert search(port) is None
    assert FAMILIES["impac"].probe not in [data for _, _, data in port.written]


def test_the_speed_that_was_heard_is_the_first_to_try() -> None:
    assert Detected(FAMILIES["gy-mcu90614"], 115200).tuned.bauds == (115200, 9600)


def test_searching_ends_when_the_station_stops() -> None:
    port = FakePort(Silence())
    assert detect_on(cast("serial.Serial", port), monotonic=port.monotonic, stopping=lambda: True) is None
    assert port.now == 0


# --- what proves a family: pure ---------------------------------------------------------------


def listening_at(baud: int) -> Step:
    return next(step for step in listening() if step.baud == baud)


def test_one_frame_of_a_stream_may_be_chance_and_two_are_not() -> None:
    frame = FAMILIES["gy-mcu90614"].encode(PERSON)
    assert judge(listening_at(9600), frame) is None
    assert judge(listening_at(9600), frame * 2) is FAMILIES["gy-mcu90614"]


def test_a_line_full_of_broken_frames_proves_nothing() -> None:
    frame = FAMILIES["gy-mcu90614"].encode(PERSON)
    broken = frame[:-1] + bytes([frame[-1] ^ 1])
    assert judge(listening_at(9600), broken * 3 + frame * 2) is None


def test_an_answer_told_by_its_size_must_be_alone() -> None:
    step = next(step for step in probing() if step.send == b"\x01")
    assert judge(step, bytes.fromhex("0555")) is FAMILIES["optris"]
    assert judge(step, bytes.fromhex("3552")) is FAMILIES["optris-hs"]
    assert judge(step, bytes.fromhex("055500")) is None
    assert judge(step, bytes.fromhex("FFFF")) is None


def test_a_temperature_that_cannot_be_at_a_gate_proves_nothing() -> None:
    torture = bytes.fromhex("5A5A45045A5A4504FA")  # 231.30 °C
    assert judge(listening_at(9600), torture * 4) is None


# --- what is sent -----------------------------------------------------------------------------


def commands(of_relays_only: bool = False) -> set[bytes]:
    """All documented commands to devices but those that only read. Skips without the collection."""
    path = DATA / "serial_vectors.json"
    if not path.exists():
        pytest.skip("KAKOU_TEST_DATA holds no serial_vectors.json")
    return SWITCHES | {
        bytes.fromhex(vector["hex"])
        for vector in json.loads(path.read_text(encoding="utf-8"))
        if vector["direction"] == "host->device" and vector["hex"] not in READ_ONLY
        if "relay" in vector["device"] or not of_relays_only
    }


def everything_sent() -> list[tuple[int, str, bytes]]:
    """What a search sends when nothing stops it: every question it has, at every speed."""
    port = FakePort(Silence())
    assert search(port) is None
    return port.written


def test_all_that_can_be_sent_only_reads() -> None:
    allowed = {bytes.fromhex(text) for text in READ_ONLY}
    assert {step.send for step in probing()} == allowed
    assert {data for _, _, data in everything_sent()} == allowed
    assert not any(step.send for step in listening())


def test_no_command_hides_in_a_question_or_between_two() -> None:
    sent = [data for _, _, data in everything_sent()]
    for first in sent:
        for second in sent:
            assert not [command.hex(" ") for command in commands() if command in first + second]


def levels(data: bytes, parity: str) -> Iterator[int]:
    """The line bit by bit: start, eight bits from the lowest, parity, stop."""
    for byte in data:
        bits = [byte >> place & 1 for place in range(8)]
        yield from (0, *bits, *([sum(bits) % 2] if parity == "E" else []), 1)


def heard_at(baud: int, sent_baud: int, data: bytes, parity: str) -> bytes:
    """What a receiver at `baud` makes of it, 8N1: it samples the middle of each bit after a falling edge."""
    line = [1, *levels(data, parity)]
    heard, at = [], 0.0  # in bits of the sender
    per_bit = sent_baud / baud

    def level(time: float) -> int:
        return line[int(time)] if time < len(line) else 1

    while at < len(line):
        if level(at) or level(at + per_bit / 2):
            at = int(at) + 1.0
            continue
        heard.append(sum(level(at + (place + 1.5) * per_bit) << place for place in range(8)))
        at = max(at + 9.5 * per_bit, at + 1)
    return bytes(heard)


def test_the_model_of_a_receiver_hears_what_is_said_at_its_speed() -> None:
    assert heard_at(9600, 9600, b"\x00\xa5\xff\x01", "N") == b"\x00\xa5\xff\x01"
    assert heard_at(9600, 115200, b"\x00" * 11, "N") != b"\x00" * 11


def test_no_relay_hears_a_command_not_even_at_the_wrong_speed() -> None:
    relays = commands(of_relays_only=True)
    for baud, parity, data in everything_sent():
        heard = heard_at(RELAY_BAUD, baud, data, parity)
        assert not [command.hex(" ") for command in relays if command in heard], (baud, data.hex(" "))


# --- on real pseudo-terminals -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "baud", "speed_up"),
    [("gy-mcu90614", 115200, 5), ("lu90614", 9600, 1)],  # its answer has 0.3 s: less, and it may be late
)
def test_an_emulated_thermometer_is_found(slug: str, baud: int, speed_up: float) -> None:
    with PtyThermometer(slug, lambda at: PERSON, baud, interval_s=0.02) as device:
        assert detect(device.path, monotonic=WorkingClock(speed_up)) == Detected(FAMILIES[slug], baud)


def test_a_port_that_is_not_there_is_an_error() -> None:
    with pytest.raises(serial.SerialException):
        detect("/dev/kakou-no-such-port")


def test_a_pseudo_terminal_with_nothing_behind_it_is_nothing() -> None:
    master, slave = os.openpty()
    try:
        assert detect(os.ttyname(slave), monotonic=lambda: time.monotonic() * 50) is None
    finally:
        os.close(master)
        os.close(slave)
