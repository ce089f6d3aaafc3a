"""The voice at the gate: which recording is played, how loud, and what happens where nothing can sound."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.core.announce import Announcement, Announcer, Tone, Voice
from station.core.loudness import Volume
from station.core.outcome import LeftUncleared, Phase, Waiting
from station.ui.voice import Recordings, Silence, Speaker
from tests.ui import scenes

ASSETS = Path(__file__).parent.parent.parent / "assets/voice"
SHOW_CODE = Announcement(None, "show_code")


class HeardFiles:
    """A player that remembers what it was to play."""

    is_heard = True

    def __init__(self) -> None:
        self.played: list[tuple[list[str], float]] = []

    def play(self, files: list[Path], volume: float) -> None:
        self.played.append(([str(file.relative_to(ASSETS)) for file in files], volume))


def speaker(player: HeardFiles | Silence, own: Path, at: time = time(12)) -> Speaker:
    return Speaker(
        Announcer(),
        Recordings(ASSETS, own, "zh"),
        player,
        volume=Volume(0.5),
        monotonic=lambda: 100.0,
        local_time=lambda: at,
    )


def test_residents_and_staff_hear_different_voices(tmp_path: Path) -> None:
    recordings = Recordings(ASSETS, tmp_path, "zh")

    assert recordings.of(SHOW_CODE) == [ASSETS / "zh_xiaobei/show_code.wav"]
    staff = Announcement(Tone.RECHECK, "device_cam", Voice.STAFF)
    assert recordings.of(staff) == [ASSETS / "tones/recheck.wav", ASSETS / "zh_yunjian/device_cam.wav"]


def test_a_recording_of_the_gate_itself_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "show_code.wav"
    own.write_bytes((ASSETS / "zh_xiaobei/show_code.wav").read_bytes())

    assert Recordings(ASSETS, tmp_path, "zh").of(SHOW_CODE) == [own]


def test_words_without_an_english_recording_leave_their_tone(tmp_path: Path) -> None:
    said = Announcement(Tone.RECHECK, "dup")

    assert Recordings(ASSETS, tmp_path, "en").of(said) == [ASSETS / "tones/recheck.wav"]


@pytest.mark.parametrize(("at", "volume"), [(time(12), 0.5), (time(23), 0.2)])
def test_the_night_is_softer(qtbot: QtBot, tmp_path: Path, at: time, volume: float) -> None:
    player = HeardFiles()
    speaking = speaker(player, tmp_path, at)
    speaking.hear(Waiting(Phase.NEEDS_CODE))

    [(files, heard)] = player.played
    assert files == ["zh_xiaobei/show_code.wav"]
    assert heard == pytest.approx(volume)


def test_sentences_are_counted(qtbot: QtBot, tmp_path: Path) -> None:
    speaking = speaker(HeardFiles(), tmp_path)
    spared: list[bool] = []
    speaking.spared.connect(lambda: spared.append(True))
    speaking.hear(Waiting(Phase.NEEDS_CODE))
    speaking.hear(LeftUncleared(scenes.one_who_waits(121.0)))  # a tone only
    speaking.hear(Waiting(Phase.ONE_BY_ONE))

    assert len(spared) == 2


def test_what_nobody_can_hear_spares_nobody_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    speaking = speaker(Silence(), tmp_path)
    speaking.spared.connect(pytest.fail)
    speaking.hear(Waiting(Phase.NEEDS_CODE))


def test_without_a_sound_device_the_gate_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    speaking = speaker(Silence(), tmp_path)
    speaking.hear(Waiting(Phase.NEEDS_CODE))

    assert not speaking.is_heard
