"""A sentence that somebody of the gate spoke, made fit to be played: trimmed, loud enough, a WAV. Pure."""

from __future__ import annotations

import io
import math
import wave
from array import array
from enum import StrEnum

LEAST_S, MOST_S = 0.4, 6.0
TARGET_RMS = 0.13  # as loud as the recordings that come with the program
MOST_PEAK = 0.89
_HEARD = 0.02  # share of full scale, above which it is no hiss
_CLIPPED = 0.995
_AROUND_S = 0.1
_FULL = 32767


class RecordingProblem(StrEnum):
    NOTHING = "nothing"  # no microphone, or it is muted
    SHORT = "short"
    CLIPPED = "clipped"  # too near, or too loud


class RecordingError(ValueError):
    """It cannot be used; the recording before stays."""

    def __init__(self, problem: RecordingProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def level(samples: bytes) -> float:
    """How loud 16 bit samples are at most, 0 to 1."""
    return max(map(abs, _numbers(samples)), default=0) / _FULL


def prepared(samples: bytes, rate: int) -> bytes:
    """A WAV of these mono 16 bit samples. Raises RecordingError."""
    numbers = _numbers(samples)
    heard = [at for at, value in enumerate(numbers) if abs(value) > _HEARD * _FULL]
    if not heard:
        raise RecordingError(RecordingProblem.NOTHING)
    around = round(_AROUND_S * rate)
    speech = numbers[max(0, heard[0] - around) : heard[-1] + around][: round(MOST_S * rate)]
    if (heard[-1] - heard[0]) / rate < LEAST_S:
        raise RecordingError(RecordingProblem.SHORT)
    if sum(abs(value) >= _CLIPPED * _FULL for value in speech) > len(speech) / 500:
        raise RecordingError(RecordingProblem.CLIPPED)
    return _wav(_levelled(speech), rate)


def _numbers(samples: bytes) -> array[int]:
    return array("h", samples[: len(samples) // 2 * 2])


def _levelled(speech: array[int]) -> array[int]:
    """One gain for all of it."""
    loud = [value for value in speech if abs(value) > _HEARD * _FULL]
    rms = math.sqrt(sum(value * value for value in loud) / len(loud)) / _FULL
    peak = max(map(abs, speech)) / _FULL
    gain = min(TARGET_RMS / rms, MOST_PEAK / peak)
    return array("h", (round(value * gain) for value in speech))


def _wav(speech: array[int], rate: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(speech.tobytes())
    return file.getvalue()
