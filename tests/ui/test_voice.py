"""The voice at the gate: which recording is played, how loud, and what happens where nothing can sound."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.core.announce import Announcement, Announcer, Tone, Voice
from station.core.outcome import NotStored, Phase, StorageProblem, Waiting
from station.ui.voice import Recordings, Silence, Speaker

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
        volume=0.5,
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
    said = Announcement(Tone.RECHECK, "screenshot")

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
    counts: list[int] = []
    speaking.spared.connect(counts.append)
    speaking.hear(Waiting(Phase.NEEDS_CODE))
    speaking.hear(NotStored(StorageProblem.FAULT))  # a tone only
    speaking.hear(Waiting(Phase.ONE_BY_ONE))

    assert counts == [1, 2]


def test_without_a_sound_device_the_gate_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    speaking = speaker(Silence(), tmp_path)
    speaking.hear(Waiting(Phase.NEEDS_CODE))

    assert not speaking.is_heard
