"""The pictures of the README, taken from the real window of a gate at work.

    KAKOU_SCREENS=docs/screens ./test tests/e2e/test_screens.py

Without KAKOU_SCREENS there is nothing to do here. The visitors are drawn and the people invented; everything
else is as at a gate: a network camera, a serial line, a keyboard.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from station.devices.emulators.scene import PAUSE_S, RAISE_S, WALK_S, SceneScript, Stage, Visit
from station.devices.frame import Image
from tests.e2e.desktop import PREVIEW, VERDICT, Desktop, ground_of
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.residents import Resident, move_in
from tests.e2e.vendor_line import VendorLine

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif("KAKOU_SCREENS" not in os.environ, reason="no pictures wanted: set KAKOU_SCREENS"),
]

ZHANG, LIU, ZHOU = (f"https://kakou.invalid/{number:032x}" for number in range(3))
REGIONAL = f"https://h5.dingtalk.com/healthAct/index.html?qrCode=V2{'0' * 32}#/result"  # a shape, not a code
VISITS = {ZHANG: Visit(ZHANG), LIU: Visit(LIU), ZHOU: Visit(ZHOU, paper=True), REGIONAL: Visit(REGIONAL)}


def visitor(code: str) -> Image:
    """Somebody at the gate who holds up this code."""
    place = list(VISITS).index(code)
    before = sum(PAUSE_S + WALK_S + visit.seconds + WALK_S for visit in list(VISITS.values())[:place])
    return Stage(SceneScript(list(VISITS.values()))).picture(before + PAUSE_S + WALK_S + 2 * RAISE_S)


def nobody() -> Image:
    return Stage(SceneScript([Visit(None)])).picture(0.0)


_DARK = 60  # mean grey; while the gate opens the place of the preview is black


@dataclass(frozen=True)
class Gate:
    """A gate with everything that stands before it, and where its pictures go."""

    data: Path
    camera: NetworkCamera
    line: VendorLine
    desktop: Desktop
    screens: Path

    def open(self, settings: str) -> None:
        move_in(
            self.data,
            Resident("张小强", "3-2-501", ZHANG),
            Resident("刘建国", "2-2-201", LIU),
            Resident("周凤", "3-3-401", ZHOU, "红"),
        )
        (self.data / "settings.toml").write_text(settings, encoding="utf-8")
        self.camera.sees(nobody())
        devices = ("--camera", self.camera.address, "--thermometer", self.line.argument)
        program = self.desktop.open("run", "--data", self.data, *devices)
        program.until(f"camera {self.camera.address}: working")

    def comes(self, picture: Image, asked: str = "ask", *, theme: str = "day") -> None:
        """The former person goes, somebody comes; wait until the gate has seen their code."""
        self.line.sees_nobody()
        self.camera.sees(picture)
        self.desktop.until_shows(asked, theme)

    def take(self, name: str) -> None:
        self.screens.mkdir(parents=True, exist_ok=True)
        self.desktop.save(self.screens / f"{name}.png")

    def take_page(self, key: str, name: str) -> None:
        """A page for what is done by hand covers the verdict; take its picture and leave it."""
        before = ground_of(self.desktop.picture()[VERDICT])
        self.desktop.press(key)
        self.desktop.until(lambda: ground_of(self.desktop.picture()[VERDICT]) != before)
        self.take(name)
        page = ground_of(self.desktop.picture()[VERDICT])
        self.desktop.press("Escape")
        self.desktop.until(lambda: ground_of(self.desktop.picture()[VERDICT]) != page)


@pytest.fixture
def gate(folder: Path, camera: NetworkCamera, line: VendorLine, desktop: Desktop) -> Gate:
    return Gate(folder, camera, line, desktop, Path(os.environ["KAKOU_SCREENS"]))


def test_a_day_at_the_gate(gate: Gate) -> None:
    gate.open('gate = "幸福里小区 · 东门"\ntheme = "day"')
    gate.desktop.until_shows("idle")
    gate.desktop.until(lambda: gate.desktop.picture()[PREVIEW].mean() > _DARK)  # opened, and the camera sees
    gate.take("idle")

    gate.comes(visitor(ZHANG))
    gate.take("measuring")
    gate.line.sees_normal()
    gate.desktop.until_shows("pass")
    gate.take("pass")

    gate.comes(visitor(LIU))
    gate.line.sees_fever()
    gate.desktop.until_shows("recheck")
    gate.take("recheck")

    gate.comes(visitor(ZHOU), "stop")
    gate.take("stop")
    gate.take_page("F1", "by-hand")
    gate.take_page("F3", "temperature")
    gate.take_page("F8", "correction")
    gate.take_page("Prior", "who-was-that")

    gate.comes(visitor(REGIONAL))
    gate.line.sees_normal()
    gate.desktop.until_shows("recheck")
    gate.take_page("F6", "colour")


def test_a_night_at_the_gate(gate: Gate) -> None:
    gate.open('gate = "幸福里小区 · 东门"\ntheme = "night"')
    gate.comes(visitor(ZHANG), theme="night")
    gate.line.sees_normal()
    gate.desktop.until_shows("pass", "night")
    gate.take("pass-night")
    gate.comes(visitor(ZHOU), "stop", theme="night")
    gate.take("stop-night")


def test_the_gate_in_english(gate: Gate) -> None:
    gate.open('gate = "Happiness Lane, East Gate"\ntheme = "day"\nlanguage = "en"')
    gate.comes(visitor(LIU))
    gate.line.sees_fever()
    gate.desktop.until_shows("recheck")
    gate.take("english")
