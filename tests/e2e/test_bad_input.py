"""What should never come and does: noise on the line, torn pictures, monstrous codes, a camera that goes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.qr_pictures import TOKEN, on_desk, qr, save
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.program import Json, Program
from tests.e2e.vendor_line import VendorLine

TORN_FRAME = bytes.fromhex("5A 5A 45 04 0E 46 0A 32 8C")  # a good frame but for its checksum
MONSTERS = {
    "3 kB": "A1b2" * 735,
    "binary": bytes(range(1, 256)).decode("latin-1"),
    "emoji": "健康码😀👨‍👩‍👧‍👦" * 20,
}


@pytest.fixture
def program(folder: Path, camera: NetworkCamera, line: VendorLine) -> Iterator[Program]:
    """A station that works."""
    with gate(folder, camera.address, line) as program:
        program.until(f"camera {camera.address}: working")
        yield program


def gate(folder: Path, camera: str | Path, line: VendorLine) -> Program:
    return Program("run", "--headless", "--data", folder, "--camera", camera, "--thermometer", line.argument)


def passage(program: Program, line: VendorLine) -> Json:
    """The entry of somebody whose code is in the picture and who is measured now."""
    program.until("waiting: needs_temperature")
    line.sees_normal()
    entry = program.entry()
    line.sees_nobody()
    return entry


def test_random_bytes_on_the_serial_line_become_no_temperature(
    program: Program, camera: NetworkCamera, line: VendorLine
) -> None:
    noise = random.Random(7)
    for _ in range(50):
        line.send(noise.randbytes(60))
    line.send(TORN_FRAME)
    program.until("bad frames, last: checksum")

    camera.sees(on_desk(qr(TOKEN)))
    entry = passage(program, line)

    assert entry["temperature"]["raw_c"] == line.maker.normal_c
    assert program.stop() == 0


def test_an_instrument_that_talks_nonsense_is_called_silent_and_believed_again_when_it_does_not(
    program: Program, camera: NetworkCamera, line: VendorLine
) -> None:
    line.talks_nonsense()
    program.until("bytes without a reading at")
    line.sees_nobody()
    program.until(": working 9600 baud")

    camera.sees(on_desk(qr(TOKEN)))
    assert passage(program, line)["temperature"]["raw_c"] == line.maker.normal_c
    assert program.stop() == 0


def test_unreadable_pictures_are_named_and_left_out(folder: Path, tmp_path: Path, line: VendorLine) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    good = save(pictures / "3.png", on_desk(qr(TOKEN)))
    (pictures / "0.png").touch()
    (pictures / "1.jpg").write_bytes(good.read_bytes()[:200])
    (pictures / "2.png").write_text("this is a letter")

    with gate(folder, pictures, line) as program:
        for name in ("0.png", "1.jpg", "2.png"):
            assert "not_a_picture" in program.until(f"left out: {pictures / name}")
        assert passage(program, line)["code"]["kind"] == "link"
        assert program.stop() == 0


def test_monstrous_codes_are_ordinary_entries_and_their_text_is_nowhere(
    program: Program, camera: NetworkCamera, line: VendorLine
) -> None:
    for text in MONSTERS.values():
        camera.sees(on_desk(qr(text, module=4), height=900))
        entry = passage(program, line)
        assert entry["decision"] == "recheck"
        assert entry["code"]["status"] == "not_a_health_code"
        assert text[:8] not in str(entry)

    assert program.stop() == 0
    assert not [name for name, text in MONSTERS.items() if text[:8] in program.log]


def test_a_camera_that_vanishes_is_found_again_and_reads(
    program: Program, camera: NetworkCamera, line: VendorLine
) -> None:
    camera.unplug()
    program.until(f"WARNING station.devices.looker: camera {camera.address}")
    camera.sees(on_desk(qr(TOKEN)))
    camera.replug()

    program.until(f"camera {camera.address}: working")
    assert passage(program, line)["code"]["kind"] == "link"
    assert program.stop() == 0
