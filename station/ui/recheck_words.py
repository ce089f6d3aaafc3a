"""How people who wait to be measured again are written, and what the volunteer should do with them.

Times are passed in; nothing is decided.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from station.core.model import ReasonCode
from station.core.outcome import RecheckLine
from station.core.recheck import Ask, Stage
from station.ui.face import Face
from station.ui.words import Words, reason

translate = QCoreApplication.translate

_NO_BREAK = "\N{NO-BREAK SPACE}"  # a telephone number stays on one line
_MANY_STARS = re.compile(r"\*{4,}")  # a name of 25 signs: nobody reads how many are masked
_BY_HAND = "hand:"  # how the keys of people without a code begin (`checkpoint.no_code`)


@dataclass(frozen=True, slots=True)
class Waiter:
    """One line of the list, as it is shown at one moment."""

    line: RecheckLine
    stage: Stage  # WAIT, DUE or OVERDUE
    name: str = field(repr=False)  # masked, yet personal
    whole_name: str = field(repr=False)  # with the dwelling, where there is room for it
    state: str
    share: float  # of the wait that is left, 1 to 0


def waiter(line: RecheckLine, now: datetime) -> Waiter:
    """How somebody who waits stands at `now`, which is aware and in the gate's time zone."""
    left, whole = (line.due - now).total_seconds(), (line.due - line.since).total_seconds()
    if left > 0:
        stage, state = Stage.WAIT, _left(left)
    elif now < line.overdue:
        stage, state = Stage.DUE, translate("recheck", "可以复测了")
    else:
        stage, state = Stage.OVERDUE, translate("recheck", "过点了，人呢？")
    share = min(1.0, max(0.0, left / whole)) if whole else 0.0
    return Waiter(line, stage, name(line, now), whole_name(line, now), state, share)


def name(line: RecheckLine, now: datetime) -> str:
    """The masked name; somebody without one is known by when they came."""
    if line.person:
        return _MANY_STARS.sub("***", line.person.name)
    came = line.since.astimezone(now.tzinfo)
    hand = line.key.startswith(_BY_HAND)
    text = translate("recheck", "没有码 {time}") if hand else translate("recheck", "没登记 {time}")
    return text.format(time=f"{came:%H:%M}")


def whole_name(line: RecheckLine, now: datetime) -> str:
    """With the dwelling, where there is room for it."""
    return " · ".join(filter(None, (name(line, now), line.person.dwelling if line.person else "")))


def waiting(count: int) -> str:
    return translate("recheck", "等复测 {count} 人").format(count=count)


def measured(line: RecheckLine) -> str:
    """What was measured so far."""
    text = translate("recheck", "上次 {value} 度，高过 {count} 次")
    return text.format(value=f"{line.last_c:.1f}", count=line.highs)


def ask(which: Ask) -> str:
    """What the next reading should be taken with."""
    if which is Ask.CLINICAL:
        return translate("recheck", "用水银或电子体温计")
    return translate("recheck", "换手腕，或换一支体温枪")


def due_now(line: RecheckLine, now: datetime) -> str:
    return translate("recheck", "可以复测了：{name}，按 F4").format(name=name(line, now))


def left_uncleared(line: RecheckLine, doctor: str, now: datetime) -> Words:
    """Somebody with a fever never came back."""
    text = translate("recheck", "{name} 体温 {value} 度，没复测就走了")
    sentence = text.format(name=whole_name(line, now), value=f"{line.last_c:.1f}")
    return Words(sentence, translate("recheck", "请去找他；{call}").format(call=call(doctor)))


def with_doctor(face: Face, doctor: str) -> Face:
    """If the step is that of a confirmed fever, it names whom to call, as far as that is known."""
    if not doctor or face.step != reason(ReasonCode.RECHECK_CONFIRMED).step:
        return face
    step = translate("recheck", "请他别进去，戴好口罩\n{call}").format(call=call(doctor))
    return replace(face, step=step)


def call(doctor: str) -> str:
    """Whom to call; `doctor` is a name and a number, or "" where nobody wrote them down."""
    if doctor:
        unbroken = doctor.replace(" ", _NO_BREAK)
        return translate("recheck", "打电话给{doctor}").format(doctor=unbroken)
    return translate("recheck", "打电话给社区医生")


def _left(seconds: float) -> str:
    """The wait that is left: whole minutes, and seconds for the last one."""
    if seconds > 60:
        return translate("recheck", "还要等 {n} 分").format(n=math.ceil(seconds / 60))
    return translate("recheck", "还要等 {n} 秒").format(n=math.ceil(seconds))
