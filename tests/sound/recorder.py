"""A sound server of our own, whose only loudspeaker nobody hears, and what is played on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 24_000
PROGRAMS = ("pulseaudio", "parec", "pactl")  # Debian: pulseaudio, pulseaudio-utils
_START_S = 20.0

Sound = npt.NDArray[np.float64]


def is_there() -> bool:
    return all(shutil.which(program) for program in PROGRAMS)


@contextmanager
def null_sink(folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which programs play into nothing; the server is private and ends with us."""
    socket = folder / "native"
    environment = os.environ | {
        "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder), "PULSE_SERVER": f"unix:{socket}",
    }  # fmt: skip
    modules = (
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        f"module-null-sink sink_name=gate rate={RATE} channels=1",
    )
    options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    command = ["pulseaudio", *options, *(f"--load={module}" for module in modules)]
    with (folder / "pulseaudio.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log)
        try:
            _wait_for(environment)
            yield environment
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(environment: dict[str, str]) -> None:
    end = time.monotonic() + _START_S
    while subprocess.run(["pactl", "info"], env=environment, capture_output=True).returncode:
        if time.monotonic() > end:
            raise TimeoutError("pulseaudio did not start")
        time.sleep(0.1)


@contextmanager
def recording(environment: dict[str, str], file: Path) -> Iterator[None]:
    """All that is played meanwhile, as 16 bit mono."""
    told = ["parec", "-d", "gate.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le", "--raw"]
    with file.open("wb") as out:
        recorder = subprocess.Popen(told, env=environment, stdout=out)
        try:
            yield
        finally:
            recorder.terminate()
            recorder.wait(10)


def load(file: Path) -> Sound:
    return np.frombuffer(file.read_bytes(), dtype="<i2").astype(float) / 32768


def sounding(sound: Sound, *, silence_s: float = 1.0, floor: float = 0.003) -> list[Sound]:
    """What is heard between silences, each with all the short pauses in it."""
    step = RATE // 100
    frames = sound[: len(sound) // step * step].reshape(-1, step)
    loud = np.flatnonzero(np.sqrt((frames**2).mean(axis=1)) > floor)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > silence_s * 100) + 1
    return [sound[part[0] * step : (part[-1] + 1) * step] for part in np.split(loud, breaks)]


def loudest_hz(sound: Sound) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.fft.rfftfreq(len(sound), 1 / RATE)[spectrum.argmax()])


def purity(sound: Sound) -> float:
    """The share of the energy near the loudest frequency: near 1 for a tone, small for speech."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    top = int(spectrum.argmax())
    width = max(2, round(15 * len(sound) / RATE))  # ± 15 Hz
    return float(spectrum[max(0, top - width) : top + width + 1].sum() / spectrum.sum())


def rms(sound: Sound) -> float:
    return float(np.sqrt((sound**2).mean()))
