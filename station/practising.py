"""Practice put together: a gate of its own in a folder of its own, with the people of `station.practice`.

The folder is made for one practice and taken away after it: nothing of the real station is opened, read or
written. What the learner sees and presses is the gate itself.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from station.app import Opening
from station.core.model import Reading, Site
from station.core.passes import Holder, PassKind
from station.core.policy_edit import Value, with_value
from station.devices.emulators.scene import Moment, Visit, play
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.looker import Looker
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.equipment import Equipment, MakeDevice, MakeThermometer, Post
from station.issuing import PassOffice
from station.journal.batches import Relation
from station.journal.entries import Journal
from station.journal.people import ColourFact, People, Person
from station.judge import LiveJudge
from station.policy_desk import policy_text
from station.practice.cast import ACTORS, Actor, Arrival, Code, Situation
from station.practice.director import WALK_S, Act, Director
from station.settings import Settings

FAMILY = FAMILIES["gy-mcu90614"]
EMPTY_STAND_C = 22.4
POLICY_FILE = "practice.toml"
RULES: Mapping[
    str, Value
] = {  # what is otherwise than at an open gate, so that three minutes hold what a day does
    "passback.same_way": "recheck",
    "temperature.recheck.wait_minutes": 1,
    "temperature.recheck.apart_seconds": 1,
}
_STAFF_FIRST = re.compile(r"^\[temperature\.baseline\][^\[]*", re.MULTILINE)  # no staff on stage
STALE = timedelta(hours=3)
_LONG = 999.0  # s; of somebody who does not leave yet


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: what `LaneInWindow` opens, and who comes."""

    opening: Opening
    director: Director


@contextmanager
def practice(gate: str, like: Settings) -> Iterator[Practice]:
    """A practice that is ready to begin, in the language and colours of these settings, with their numbers.

    Its folder, and all that was recorded, is gone at the end. `gate` stands in place of the gate's name.

    Raises JournalError, VaultError and OSError if the PC has no room for it.
    """
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kakou-practice-")))
        texts = furnish(data, datetime.now(UTC))
        director = Director()
        equipment = emulated(director, texts, stack)
        policy = str(data / POLICY_FILE)
        settings = Settings(
            gate=gate, policy=policy, language=like.language, theme=like.theme,
            help_phone=like.help_phone, doctor=like.doctor,
        )  # fmt: skip
        yield Practice(Opening(data, settings, equipment), director)


def furnish(data: Path, now: datetime) -> dict[str, str]:
    """Rules, roster, families and passes of the practice gate; returns each actor's code text by their id."""
    data.mkdir(parents=True, exist_ok=True)
    rules = _STAFF_FIRST.sub("", policy_text("open"))
    for path, value in RULES.items():
        rules = with_value(rules, path, value)
    (data / POLICY_FILE).write_text(rules, encoding="utf-8")
    texts = {actor.id: _text(Code.TOKEN) for actor in ACTORS} | {"screenshot": _text(Code.STALE, now)}
    with Journal.open(data, now=lambda: now) as journal:
        texts["expired"] = _expired_pass(journal, now)
        people = People(journal)
        people.add((_person(actor, texts[actor.id], now) for actor in ACTORS), as_of=now, source="practice")
        children = (Relation(actor.id, "guardian", actor.guardian) for actor in ACTORS if actor.guardian)
        people.relate(children, now=now, source="practice")
    return texts


def _person(actor: Actor, text: str, now: datetime) -> Person:
    colour = None
    if actor.colour in ("green", "yellow", "red"):
        colour = ColourFact(actor.colour, now - timedelta(hours=2), "practice")  # type: ignore[arg-type]
    return Person(
        actor.id,
        actor.name,
        actor.dwelling,
        actor.category,
        (text,),
        colour,
        birth=date(actor.born, 3, 1),
        occupation=actor.occupation,
    )


def _expired_pass(journal: Journal, now: datetime) -> str:
    """A gate pass of this gate that ran out yesterday."""
    (who,) = [actor for actor in ACTORS if actor.id == "expired"]
    holder = Holder(who.name, who.dwelling, PassKind.RESIDENT)
    then = now.replace(microsecond=0) - timedelta(days=60)
    until = now.replace(microsecond=0) - timedelta(days=1)
    (signed,) = PassOffice(journal).issue([holder], issuer="练习", until=until, now=then)
    return signed.text


def _text(code: Code, now: datetime | None = None) -> str:
    """What a code of this sort holds; no two are the same, and none opens anything anywhere."""
    token = secrets.token_hex(16)
    if code is Code.STALE and now:
        made_ms = round((now - STALE).timestamp() * 1000)
        return f"https://s.sh.gov.cn/{token}{made_ms:013d}"
    if code is Code.FOREIGN:
        return f"https://h5.dingtalk.com/healthAct/index.html?qrCode=V2{token}#/result"
    return f"https://kakou.invalid/{token}"


def shown(arrival: Arrival, texts: Mapping[str, str]) -> str | None:
    """The text of the code that somebody holds up; None: they have nothing."""
    if arrival.code is Code.NONE:
        return None
    return texts[arrival.who] if arrival.who else _text(arrival.code)


# --- what camera and thermometer see -------------------------------------------------------------


class Timeline:
    """The director's acts as a scene that the emulated camera draws. Read from its thread."""

    def __init__(self, director: Director, texts: Mapping[str, str]) -> None:
        self._director = director
        self.visits = [_visit(arrival, texts) for arrival in director.cast]

    def moment(self, seconds: float) -> Moment | None:
        """Who is in the picture at this monotonic time."""
        act = self._director.act
        return None if act is None else _moment(act, seconds)


def _visit(arrival: Arrival, texts: Mapping[str, str]) -> Visit:
    child = arrival.situation is Situation.CHILD
    return Visit(shown(arrival, texts), _LONG, arrival.paper, child)


def _moment(act: Act, now: float) -> Moment | None:
    left = _LONG if act.leaves is None else act.leaves - now
    since = now - act.stands
    return Moment(act.index, since, left) if since >= -WALK_S and left > -WALK_S else None


def emulated(director: Director, texts: Mapping[str, str], stack: ExitStack) -> Equipment:
    """A camera and a thermometer that see who comes. They live as long as `stack`."""
    return Equipment(
        camera=_camera(director, Timeline(director, texts)),
        thermometers=(_thermometer(director, stack),),
        emulated=True,
    )


def _camera(director: Director, timeline: Timeline) -> MakeDevice:
    def make(post: Post, judge: LiveJudge) -> Looker:
        return Looker(
            "practice",
            post,
            emulated=True,
            open=lambda source: play(timeline, source, began=0.0),
            verified=judge.verified,
        )

    return make


def _thermometer(director: Director, stack: ExitStack) -> MakeThermometer:
    def reading(seconds: float) -> Reading:
        """Whatever stands before the sensor now; `seconds` is of the instrument's own clock."""
        act = director.act
        there = act is not None and act.is_measured(time.monotonic())
        value = director.cast[act.index].shown_c if act and there else EMPTY_STAND_C
        return Reading(value, Site.OBJECT, EMPTY_STAND_C)

    instrument = stack.enter_context(PtyThermometer(FAMILY.slug, reading))
    return lambda post, judge: SerialThermometer(instrument.path, FAMILY, post, emulated=True)
