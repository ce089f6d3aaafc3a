"""kill -9 of whole stations at random instants: every printed entry is there, the next start just works."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from station.core.entry import to_json
from station.devices.emulators.temperature_script import parse, profile
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.frame import Image
from station.journal.check import check
from station.journal.errors import NoJournalError
from station.journal.reader import Reader
from tests.devices.qr_pictures import on_desk, qr, save_video
from tests.e2e.program import Json, Program

STATIONS = 4  # side by side, each with a folder of its own
LIVES = (0, 1, 1, 2)  # entries before a station is killed, each time dealt anew
LONGEST_PAUSE_S = 0.4  # after them
CODES = [f"https://kakou.invalid/{number:032x}" for number in range(8)]
CROWD = "0.45 22.0\n0.45 38.2"  # one fever after another


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of people who push each other aside: each is recorded when the next one's code is read."""
    size = {"width": 320, "height": 240}
    pictures: list[Image] = []
    for code in CODES:
        pictures += [on_desk(qr(code, module=3), **size)] * 3 + [on_desk(**size)] * 9
    return save_video(tmp_path_factory.mktemp("crowd") / "crowd.avi", pictures, fps=20)


@pytest.fixture
def thermometers() -> Iterator[list[PtyThermometer]]:
    with ExitStack() as plugged_in:
        seen = profile(parse(CROWD))
        yield [
            plugged_in.enter_context(PtyThermometer("gy-mcu90614", seen, interval_s=0.05))
            for _ in range(STATIONS)
        ]


@pytest.mark.parametrize(
    "rounds", [pytest.param(2, id="8 kills"), pytest.param(50, id="200 kills", marks=pytest.mark.slow)]
)
def test_kill_9_of_a_station_at_work_loses_no_printed_entry(
    rounds: int, tmp_path: Path, crowd: Path, thermometers: list[PtyThermometer]
) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    folders = [tmp_path / str(number) for number in range(STATIONS)]
    printed: list[list[Json]] = [[] for _ in folders]

    for _ in range(rounds):
        with ExitStack() as running:
            programs = [
                running.enter_context(start(folder, crowd, thermometer))
                for folder, thermometer in zip(folders, thermometers, strict=True)
            ]
            lives = chance.sample(LIVES, STATIONS)
            for program, said, entries in zip(programs, printed, lives, strict=True):
                said += kill_somewhere(program, entries, chance)
        for folder, said in zip(folders, printed, strict=True):
            assert_everything_is_there(folder, said, f"seed {seed}, {folder}")

    assert sum(map(len, printed)) >= rounds * sum(LIVES)  # they did get somewhere


def start(folder: Path, crowd: Path, thermometer: PtyThermometer) -> Program:
    instrument = f"{thermometer.path},gy-mcu90614"
    return Program("run", "--headless", "--data", folder, "--camera", crowd, "--thermometer", instrument)


def kill_somewhere(program: Program, entries: int, chance: random.Random) -> list[Json]:
    """What a station printed until it was killed: while it starts, at an entry, or between two."""
    said = [program.entry() for _ in range(entries)]
    time.sleep(chance.uniform(0, LONGEST_PAUSE_S))  # the random instant is the test; nothing is waited for
    return said + program.kill()


def assert_everything_is_there(folder: Path, said: list[Json], where: str) -> None:
    """Nothing is done before it: the journal is read as the kill left it."""
    try:
        assert check(folder).ok, where
    except NoJournalError:  # killed before it had begun a journal
        assert not said, where
        return
    with Reader.open(folder) as reader:
        there = {stored.number: to_json(stored) for stored in reader.last(100_000)}
    assert sorted(there) == list(range(1, len(there) + 1)), where
    for entry in said:
        assert there[entry["number"]] == entry, where
