"""A desktop that nobody watches: a screen of a gate's PC with a window manager, its keyboard, its pixels."""

from __future__ import annotations

import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pytest

from station.devices.frame import Image
from station.devices.opencv import cv2
from tests.e2e.program import ROOT, Program, environment
from tests.patience import PATIENCE_S

WIDTH, HEIGHT = 1366, 768
# Rows and columns at that size: the verdict's panel, and the last button, where pages by hand have none.
PREVIEW = (slice(62, 428), slice(12, 688))
VERDICT = (slice(62, 658), slice(698, 1354))
LAST_BUTTON = (slice(680, 744), slice(1150, 1340))
TOOLS = ("Xvfb", "openbox", "xdotool", "import")
PERSON_MS, SCANNER_MS = 120, 2  # between two keys


class Desktop:
    """Leaving the context ends everything that was started on it."""

    def __init__(self) -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")
        self._started = ExitStack()
        self._environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        size = f"{WIDTH}x{HEIGHT}x24"
        number = self._start("Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp")
        self._environment = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._start("openbox", "--startup", "echo ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._started.close()

    def open(self, *arguments: str | Path) -> Program:
        """Start the station. When this returns its window has the keyboard and fills the screen."""
        program = self._started.enter_context(Program(*arguments, env=self._environment))
        window = self._xdotool("search", "--sync", "--onlyvisible", "--pid", str(program.pid)).strip()
        self._xdotool("windowactivate", "--sync", window)
        self.press("F11")
        self.until(lambda: f"{WIDTH}x{HEIGHT}" in self._xdotool("getwindowgeometry", window))
        return program

    def press(self, *keys: str) -> None:
        """Keys as a person presses them, e.g. F1, Return, 6: never as soon as a scanner's."""
        self._xdotool("sleep", str(PERSON_MS / 1000), "key", "--delay", str(PERSON_MS), *keys)

    def scan(self, text: str) -> None:
        """Characters as a scanner types them, with its ENTER."""
        self._xdotool("type", "--delay", str(SCANNER_MS), text)
        self._xdotool("key", "Return")

    def picture(self) -> Image:
        """What is to be seen now, BGR."""
        grabbed = self._run("import", "-silent", "-window", "root", "bmp:-")
        return np.asarray(cv2.imdecode(np.frombuffer(grabbed, np.uint8), cv2.IMREAD_COLOR), np.uint8)

    def save(self, file: Path) -> None:
        """What is to be seen now as a PNG of 255 colours at most: a third of the size."""
        self._run("import", "-silent", "-window", "root", "+dither", "-colors", "255", f"png8:{file}")

    def until_shows(self, look: str, theme: str = "day") -> None:
        """Wait until the verdict's panel wears this look of this theme."""
        ground = colours(theme, "looks")[look]
        self.until(lambda: ground_of(self.picture()[VERDICT]) == ground)

    def until_page(self, *, shown: bool) -> None:
        """Wait until a page for what is done by hand covers the gate's page by day, or does not."""
        ground = colours("day", "colours")["window"]
        self.until(lambda: (ground_of(self.picture()[LAST_BUTTON]) == ground) is shown)

    def until(self, condition: Callable[[], bool]) -> None:
        """Look at the screen again and again until it is as it should be."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, "the screen never came to look as it should"

    def _start(self, *command: str) -> str:
        """Start a server; the first line that it prints."""
        server = subprocess.Popen(
            command,
            env=environment(self._environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._started.callback(_end, server)
        assert server.stdout
        return server.stdout.readline().strip()

    def _xdotool(self, *arguments: str) -> str:
        return self._run("xdotool", *arguments).decode()

    def _run(self, *command: str) -> bytes:
        done = subprocess.run(
            command, env=environment(self._environment), capture_output=True, timeout=PATIENCE_S, check=True
        )
        return done.stdout


def colours(theme: str, table: str) -> dict[str, str]:
    """Colours of a theme by their names, as #RRGGBB; of the looks, which are pairs, the ground."""
    content = tomllib.loads((ROOT / "assets/themes" / f"{theme}.toml").read_text("utf-8"))
    return {name: said if isinstance(said, str) else said[0] for name, said in content[table].items()}


def ground_of(part: Image) -> str:
    """The colour that most of a picture has, as #RRGGBB."""
    blue, green, red = (part[::2, ::2, channel].astype(np.uint32) for channel in range(3))
    colours, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    return f"#{colours[counts.argmax()]:06X}"


def _end(server: subprocess.Popen[str]) -> None:
    server.kill()
    server.wait()
    if server.stdout:
        server.stdout.close()
