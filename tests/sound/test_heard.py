"""What a gate's loudspeaker plays, recorded and measured: `./test --sound`.

A window on a real screen shows three verdicts; the sound goes into a null sink and is read back from there.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tests.e2e.program import ROOT
from tests.sound import recorder
from tests.sound.recorder import RATE, Sound

pytestmark = pytest.mark.sound

TONES = {"pass": (784, 1047), "recheck": (523, 523), "stop": (392, 330, 262)}  # Hz, one after another
MOST_S = 60.0


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sound]:
    """What was heard after each verdict."""
    if not recorder.is_there():
        pytest.fail(f"needs {', '.join(recorder.PROGRAMS)}: apt-get install pulseaudio pulseaudio-utils")
    folder = tmp_path_factory.mktemp("sound")
    raw = folder / "heard.raw"
    with recorder.null_sink(folder) as environment, recorder.recording(environment, raw):
        gate = [sys.executable, "-m", "tests.sound.speaking_gate", str(folder)]
        done = subprocess.run(gate, env=environment, cwd=ROOT, timeout=MOST_S, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    parts = recorder.sounding(recorder.load(raw))
    assert len(parts) == len(TONES), f"{[len(part) / RATE for part in parts]} s; {done.stdout}{done.stderr}"
    return dict(zip(TONES, parts, strict=True))


def pitches(sound: Sound, count: int) -> list[float]:
    """Of the notes at the beginning, by 100 ms each that are pure."""
    step = RATE // 10
    found: list[float] = []
    for begin in range(0, len(sound) - step, step // 2):
        window = sound[begin : begin + step]
        if recorder.rms(window) > 0.02 and recorder.purity(window) > 0.8:
            hertz = recorder.loudest_hz(window)
            if not found or abs(hertz - found[-1]) > 15:
                found.append(hertz)
        if len(found) == count:
            break
    return found


@pytest.mark.parametrize("verdict", TONES)
def test_the_tone_comes_first_and_is_that_of_the_verdict(heard: dict[str, Sound], verdict: str) -> None:
    wanted = [hertz for at, hertz in enumerate(TONES[verdict]) if at == 0 or hertz != TONES[verdict][at - 1]]
    assert pitches(heard[verdict], len(wanted)) == pytest.approx(wanted, abs=12)


@pytest.mark.parametrize("verdict", TONES)
def test_words_follow_after_a_pause_and_are_heard(heard: dict[str, Sound], verdict: str) -> None:
    sound = heard[verdict]
    words = recorder.sounding(sound, silence_s=0.12)[-1]  # the last that was heard
    assert recorder.purity(words) < 0.5  # no tone
    assert recorder.rms(words) > 0.03
    pauses = recorder.sounding(sound, silence_s=0.12)
    assert len(pauses) >= 2  # the tone, a pause, the words


def test_no_two_verdicts_sound_alike(heard: dict[str, Sound]) -> None:
    firsts = [recorder.loudest_hz(sound[: RATE // 8]) for sound in heard.values()]
    assert all(abs(one - other) > 50 for at, one in enumerate(firsts) for other in firsts[at + 1 :])
    lengths = [len(sound) / RATE for sound in heard.values()]
    assert min(lengths) > 0.8


def test_tone_and_words_are_about_as_loud(heard: dict[str, Sound]) -> None:
    for verdict, sound in heard.items():
        tone, words = recorder.rms(sound[: RATE // 4]), recorder.rms(sound[-RATE:])
        assert abs(20 * np.log10(tone / words)) < 15, verdict


def test_nothing_is_clipped(heard: dict[str, Sound]) -> None:
    for sound in heard.values():
        assert np.abs(sound).max() < 0.99
