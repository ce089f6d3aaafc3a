"""Every recording of the program can be heard: loud enough, not clipped, short, in one format."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from station.judge import ASSETS

VOICE = ASSETS / "voice"
FILES = sorted(VOICE.glob("*/*.wav"))
RATE = 24_000
FLOOR, LEAST_PEAK, MOST_PEAK = 0.02, 0.25, 0.99


def sound_of(file: Path) -> npt.NDArray[np.float64]:
    with wave.open(str(file), "rb") as recording:
        assert (recording.getnchannels(), recording.getsampwidth()) == (1, 2)
        assert recording.getframerate() == RATE
        frames = recording.readframes(recording.getnframes())
    return np.frombuffer(frames, dtype="<i2").astype(float) / 32768


def speech_rms(sound: npt.NDArray[np.float64]) -> float:
    """Of the parts that are not pauses."""
    parts = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    levels = np.sqrt((parts**2).mean(axis=1))
    return float(np.sqrt((levels[levels > FLOOR] ** 2).mean())) if (levels > FLOOR).any() else 0.0


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_recording_is_heard_from_a_cheap_loudspeaker(file: Path) -> None:
    """Some of the first set lay 40 dB below the others: nobody would have heard "show your code"."""
    sound = sound_of(file)
    assert LEAST_PEAK < np.abs(sound).max() < MOST_PEAK
    assert speech_rms(sound) > 0.08
    assert len(sound) / RATE < 5.0


@pytest.mark.parametrize("folder", ["zh_xiaobei", "zh_yunjian", "en"])
def test_all_sentences_of_a_voice_are_about_as_loud(folder: str) -> None:
    levels = {file.stem: 20 * np.log10(speech_rms(sound_of(file))) for file in (VOICE / folder).glob("*.wav")}
    middle = float(np.median(list(levels.values())))
    assert {word: level for word, level in levels.items() if abs(level - middle) > 6} == {}


@pytest.mark.parametrize(
    ("prompts", "folder"),
    [("prompts_zh.json", "zh_xiaobei"), ("prompts_zh.json", "zh_yunjian"), ("prompts_en.json", "en")],
)
def test_each_text_has_its_recording_and_each_recording_its_text(prompts: str, folder: str) -> None:
    texts = json.loads((VOICE / prompts).read_text("utf-8"))
    assert {file.stem for file in (VOICE / folder).glob("*.wav")} == set(texts)
