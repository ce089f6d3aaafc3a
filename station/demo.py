"""The demo: made-up people who come to an emulated gate, one after another, with codes and temperatures.

Nobody here exists, and the codes open nothing. The demo keeps a journal of its own.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from station.core.model import Reading, Site
from station.devices.emulators.scene import SceneScript, Visit, play
from station.devices.emulators.temperature_script import Profile
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.looker import Looker
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.equipment import Equipment, MakeDevice, MakeThermometer
from station.journal.people import Colour, ColourFact, People, Person

FOLDER = "demo"
FAMILY = FAMILIES["gy-mcu90614"]
EMPTY_STAND_C = 22.4
NO_CODE_STAY_S = 7.0  # long enough for a newcomer to find F1
FEVER_ROUNDS = 5  # high once, then twice too early to count, then normal twice: cleared; and it begins anew


@dataclass(frozen=True, slots=True)
class Actor:
    """One made-up person: what they show, what the thermometer sees, what the roster knows."""

    temperature_c: float
    code: str | None
    name: str = ""  # empty: not in the roster
    dwelling: str = ""
    colour: Colour | None = None
    paper: bool = False
    rested_c: float | None = None  # what a feverish one has in the rounds that follow; None: it stays

    def warmth(self, round_: int) -> float:
        """°C in this round of the play."""
        rested = self.rested_c if round_ % FEVER_ROUNDS else None
        return self.temperature_c if rested is None else rested


def _token(number: int) -> str:
    return f"https://kakou.invalid/{number:032x}"


_UNKNOWN = (
    "https://h5.dingtalk.com/healthAct/index.html?qrCode=V2" + "0" * 32 + "#/result"
)  # a shape, not a code

CAST = (
    Actor(36.4, _token(1), "张小强", "3-2-501", "green"),
    Actor(36.2, _token(2), "王秀英", "1-1-101", paper=True),
    Actor(37.6, _token(3), "刘建国", "2-2-201", "green", rested_c=36.4),
    Actor(36.5, _token(4), "陈玉珍", "5-2-502", "green"),
    Actor(36.3, _UNKNOWN),
    Actor(36.4, _token(5), "周凤", "3-3-401", "red"),
    Actor(36.1, _token(6), "孙宝山", "6-3-201", paper=True),
    Actor(36.5, None),
    Actor(33.1, _token(7), "朱长贵", "2-2-401", "green"),
    Actor(36.6, _token(8), "徐桂英", "5-2-101", "yellow"),
)


def seed(people: People, now: datetime) -> None:
    """Put the cast into the demo's roster; again at every start, so that colours are fresh."""
    people.add((_person(actor, people, now) for actor in CAST if actor.name), as_of=now, source="demo")


def _person(actor: Actor, people: People, now: datetime) -> Person:
    colour = ColourFact(actor.colour, now - timedelta(hours=2), "demo") if actor.colour else None
    codes = (actor.code,) if actor.code else ()
    identity = people.id_for(actor.name, actor.dwelling)
    return Person(identity, actor.name, actor.dwelling, "resident", codes, colour)


def emulated(missing: Equipment, stack: ExitStack) -> Equipment:
    """The equipment with emulators in place of what is not there. They live as long as `stack`."""
    script, began = _script(), time.monotonic()
    camera = missing.camera or _camera(script, began)
    thermometers = missing.thermometers or (_thermometer(script, stack),)
    return replace(missing, camera=camera, thermometers=thermometers, emulated=True)


def _camera(script: SceneScript, began: float) -> MakeDevice:
    return lambda post, judge: Looker(
        "demo",
        post,
        emulated=True,
        open=lambda source: play(script, source, began=began),
        verified=judge.verified,
    )


def _thermometer(script: SceneScript, stack: ExitStack) -> MakeThermometer:
    instrument = stack.enter_context(PtyThermometer(FAMILY.slug, _profile(script)))
    return lambda post, judge: SerialThermometer(instrument.path, FAMILY, post, emulated=True)


def _script() -> SceneScript:
    return SceneScript(
        [Visit(actor.code, 4.0 if actor.code else NO_CODE_STAY_S, actor.paper) for actor in CAST]
    )


def _profile(script: SceneScript) -> Profile:
    """What the thermometer sees while the camera sees that scene."""

    def reading(seconds: float) -> Reading:
        index = script.who_is_there(seconds)
        round_ = int(seconds // script.seconds)
        value = EMPTY_STAND_C if index is None else CAST[index].warmth(round_)
        return Reading(value, Site.OBJECT, EMPTY_STAND_C)

    return reading
