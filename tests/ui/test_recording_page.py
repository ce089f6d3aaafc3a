"""Own recordings: a sentence in dialect is spoken at the gate, and is what the gate says from then on."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from station.core.announce import SPOKEN, Announcement
from station.judge import ASSETS
from station.own_voice import OwnVoice
from station.ui.microphone import Heard
from station.ui.own_recording import RecordingError, RecordingProblem, level, prepared
from station.ui.recording_page import RecordingPage
from station.ui.theme import load_theme
from station.ui.voice import Recordings

RATE = 24_000


def spoken(seconds: float = 1.5, loud: float = 0.3) -> bytes:
    """Somebody speaks, with silence around."""
    silence = array("h", [0] * RATE)
    waves = (round(32767 * loud * math.sin(at / 20)) for at in range(round(seconds * RATE)))
    return (silence + array("h", waves) + silence).tobytes()


@dataclass
class Mouth:
    """A microphone that hears what a test says."""

    name: str = "test"
    rate: int = RATE
    there: bool = True
    hears: Heard | None = None

    def listen(self, heard: Heard) -> bool:
        self.hears = heard if self.there else None
        return self.there

    def stop(self) -> None:
        self.hears = None

    def say(self, samples: bytes) -> None:
        assert self.hears
        for begin in range(0, len(samples), 4096):
            self.hears(samples[begin : begin + 4096])


@dataclass
class Loudspeaker:
    is_heard: bool = True
    played: list[Path] = field(default_factory=list)

    def play(self, files: list[Path], volume: float) -> None:
        self.played += files


@dataclass
class Studio:
    page: RecordingPage
    mouth: Mouth
    loudspeaker: Loudspeaker
    folder: Path

    def own(self) -> list[str]:
        return sorted(file.name for file in self.folder.glob("*")) if self.folder.exists() else []


OpenStudio = Callable[..., Studio]


@pytest.fixture
def open_studio(application: QApplication, tmp_path: Path) -> OpenStudio:
    def make(mouth: Mouth | None = None, size: tuple[int, int] = (1366, 768), language: str = "zh") -> Studio:
        mouth, loudspeaker, over = mouth or Mouth(), Loudspeaker(), QWidget()
        over.resize(*size)
        over.show()
        page = RecordingPage(
            over, OwnVoice(tmp_path / "voice", language), load_theme("day"), spared=132,
            make_player=lambda parent: loudspeaker, make_microphone=lambda parent: mouth,
        )  # fmt: skip
        page.open()
        return Studio(page, mouth, loudspeaker, tmp_path / "voice")

    return make


def test_a_sentence_that_was_spoken_is_kept_heard_and_used(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.page.record_key.click()
    studio.mouth.say(spoken())
    studio.page.record_key.click()

    assert studio.own() == ["pass.wav"]
    assert studio.loudspeaker.played == [studio.folder / "pass.wav"]
    assert "自己录的" in studio.page.mark.text()
    used = Recordings(ASSETS / "voice", studio.folder, "zh").of(Announcement(None, "pass"))
    assert used == [studio.folder / "pass.wav"]


def test_the_silence_around_is_cut_and_a_low_voice_is_lifted(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.page.record()
    studio.mouth.say(spoken(1.0, loud=0.05))
    studio.page.record()

    with wave.open(str(studio.folder / "pass.wav"), "rb") as kept:
        samples = kept.readframes(kept.getnframes())
        assert kept.getnframes() / kept.getframerate() == pytest.approx(1.2, abs=0.05)
    assert level(samples) > 0.15


def test_it_can_be_given_back(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.page.record()
    studio.mouth.say(spoken())
    studio.page.record()
    studio.page.forget_key.click()

    assert studio.own() == []
    assert not studio.page.forget_key.isEnabled()


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (bytes(4 * RATE), RecordingProblem.NOTHING),
        (b"", RecordingProblem.NOTHING),
        (spoken(0.2), RecordingProblem.SHORT),
        (spoken(1.5, loud=1.0), RecordingProblem.CLIPPED),
    ],
)
def test_what_cannot_be_used_is_said_and_the_old_one_stays(
    open_studio: OpenStudio, samples: bytes, problem: RecordingProblem
) -> None:
    studio = open_studio()
    studio.page.record()
    studio.mouth.say(samples)
    studio.page.record()

    assert studio.own() == []
    assert studio.page.trouble.text()
    with pytest.raises(RecordingError) as refused:
        prepared(samples, RATE)
    assert refused.value.problem is problem


def test_the_level_moves_before_anything_is_recorded(open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.mouth.say(array("h", [16000] * 100).tobytes())

    assert studio.page.level.value() == 49
    assert studio.own() == []


def test_without_a_microphone_it_says_so_and_nothing_breaks(open_studio: OpenStudio) -> None:
    studio = open_studio(Mouth(there=False))
    QTest.keyClick(studio.page, Qt.Key.Key_R)

    assert "没有找到麦克风" in studio.page.trouble.text()
    assert not studio.page.record_key.isEnabled()
    studio.page.play_key.click()
    assert studio.loudspeaker.played == [ASSETS / "voice/zh_xiaobei/pass.wav"]


def test_keys_go_through_the_sentences_and_out(open_studio: OpenStudio) -> None:
    studio = open_studio()
    left: list[bool] = []
    studio.page.left.connect(lambda: left.append(True))
    QTest.keyClick(studio.page, Qt.Key.Key_Right)
    second = studio.page.title.text()
    QTest.keyClick(studio.page, Qt.Key.Key_Left)
    QTest.keyClick(studio.page, Qt.Key.Key_Left)
    last = studio.page.where.text()
    QTest.keyClick(studio.page, Qt.Key.Key_Escape)

    assert second == "请出示健康码。"
    assert last.startswith(f"第 {len(SPOKEN)} 句")
    assert (left, studio.mouth.hears) == ([True], None)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_keys_are_large_and_no_text_is_cut(
    open_studio: OpenStudio, language: str, size: tuple[int, int]
) -> None:
    studio = open_studio(Mouth(there=False), size, language)
    QApplication.processEvents()
    for button in studio.page.findChildren(QAbstractButton):
        assert button.height() >= 76
        assert button.sizeHint().width() <= button.width()
    for shown in studio.page.findChildren(QLabel):
        assert shown.sizeHint().width() <= shown.width() or shown.wordWrap(), shown.text()
    assert studio.page.spared.text()
