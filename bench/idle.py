"""An idle gate: `station run` as users start it, before a 720p camera with 30 frames a second.

The camera is a looped Motion-JPEG video, which costs as much to decode as a USB camera's stream; what the
decoding alone costs is a row of its own. A thermometer sends the readings of an empty stand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Table
from bench.frames import HEIGHT, RATE, WIDTH, Grain, empty_gate, passer_by
from bench.machine import cpu_s, resident_mb
from bench.stand import EMPTY_C, WINDOW
from station.core.model import Reading, Site
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.frame import Image
from station.devices.opencv import cv2

_ROOT = Path(__file__).parents[1]
_FAMILY = "gy-mcu90614"
_STILL_S = 6.0
SCENES = ("still", "moving")


@dataclass(frozen=True, slots=True)
class _Use:
    """What one process used while it was watched."""

    cores: float  # 1.0 is one core, busy all the time
    before_mb: float
    after_mb: float


def table(scenes: Sequence[str], warm_up_s: float, seconds: float, folder: Path) -> Table:
    """Each scene without and with a window, watched for `seconds` after `warm_up_s`."""
    rows = [row for scene in scenes for row in _scene_rows(scene, warm_up_s, seconds, folder)]
    return Table(
        f"Idle: `station run` with a camera, nobody shows a code ({seconds:g} s each)",
        ("", "% of one core", "MB at first", "MB at last"),
        rows,
    )


def _scene_rows(scene: str, warm_up_s: float, seconds: float, folder: Path) -> Iterator[tuple[str, ...]]:
    video = folder / f"{scene}.avi"
    write_video(video, [empty_gate()] * int(_STILL_S * RATE) if scene == "still" else passer_by())
    yield f"{scene} scene, only decoding the video", f"{100 * decoding(video):.1f}", "", ""
    for title, flags in (("without a window", ["--headless"]), ("with a window", [])):
        data = folder / f"{scene}{len(flags)}"
        use = watch(["--camera", str(video), "--data", str(data), *flags], warm_up_s, seconds, folder)
        figures = (f"{100 * use.cores:.1f}", f"{use.before_mb:.0f}", f"{use.after_mb:.0f}")
        yield f"{scene} scene, {title}", *figures


def write_video(path: Path, pictures: Sequence[Image]) -> None:
    """Motion JPEG at 30 frames a second, with a camera's noise."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), RATE, (WIDTH, HEIGHT))
    grain = Grain()
    for picture in pictures:
        writer.write(grain.on(picture))
    writer.release()


def decoding(video: Path) -> float:
    """Cores that decoding takes at the video's own speed. FFmpeg has threads of its own: all are counted."""
    capture, frames = cv2.VideoCapture(str(video), cv2.CAP_FFMPEG), 0
    began = time.process_time()
    while capture.read()[0]:
        frames += 1
    used = time.process_time() - began
    capture.release()
    return used / (frames / RATE)


def watch(arguments: Sequence[str], warm_up_s: float, seconds: float, folder: Path) -> _Use:
    with PtyThermometer(_FAMILY, lambda at: Reading(EMPTY_C, Site.OBJECT, EMPTY_C)) as instrument:
        thermometer = ["--thermometer", f"{instrument.path},{_FAMILY}"]
        with _started([*arguments, *thermometer], folder) as pid:
            time.sleep(warm_up_s)
            began, used, before_mb = time.monotonic(), cpu_s(pid), resident_mb(pid)
            time.sleep(seconds)
            cores = (cpu_s(pid) - used) / (time.monotonic() - began)
            return _Use(cores, before_mb, resident_mb(pid))


@contextmanager
def _started(arguments: Sequence[str], folder: Path) -> Iterator[int]:
    """`station run` in a process of its own; ended in order afterwards. Yields its id."""
    command = [sys.executable, "-m", "station", "run", *arguments]
    with subprocess.Popen(command, cwd=_ROOT, env=_environment(folder)) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def _environment(folder: Path) -> Mapping[str, str]:
    """Without a display, Qt's offscreen one, in the size of a gate's screen (its own default is 800x800)."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return os.environ
    width, height = WINDOW
    screen = {"name": "gate", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [{**screen, "logicalBaseDpi": 96}]}), encoding="utf-8")
    return {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
