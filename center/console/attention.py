"""What of a gate needs attention, and how soon: the five-colour work picture (五色图). Pure.

Red: at once. Orange: soon. Yellow: today. Blue: to be known. Green: all is well. Each colour has a word and a
shape, so that nobody has to tell colours apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from center.clocks import ALARM_MS
from center.stick_news import came_by_stick
from center.store.contacts import GateRow

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
ONLINE_MS = 90_000  # a gate's long poll comes back every 25 s
_SOON_MS, _NOW_MS = 10 * MINUTE_MS, HOUR_MS  # silent for so long
_STICK_LATE_MS = 24 * HOUR_MS
_MANY, _VERY_MANY = 50, 500  # entries that are not here yet
_LISTS_OLD_MS, _LISTS_VERY_OLD_MS = HOUR_MS, 24 * HOUR_MS


class Colour(IntEnum):
    """The worst is the largest."""

    GREEN = 0
    BLUE = 1
    YELLOW = 2
    ORANGE = 3
    RED = 4


COLOUR_WORDS = {
    Colour.RED: "马上处理",
    Colour.ORANGE: "尽快处理",
    Colour.YELLOW: "今天处理",
    Colour.BLUE: "留意",
    Colour.GREEN: "正常",
}
SHAPES = {Colour.RED: "✖", Colour.ORANGE: "▲", Colour.YELLOW: "◆", Colour.BLUE: "●", Colour.GREEN: "✔"}
DEVICE_WORDS = {
    "camera": "摄像头",
    "thermometer": "测温仪",
    "scanner": "扫码器",
    "barrier": "道闸",
    "sound": "喇叭",
}
_STATES = {"lost": "{}断了", "silent": "{}没有数据", "searching": "{}还没找到"}
_LESSER = frozenset({"barrier", "sound"})  # without these the gate goes on as well


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to see to. `words` is Chinese; a {} in it stands for `number` or a device's word."""

    colour: Colour
    words: str
    number: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate as the overview shows it."""

    gate: GateRow
    heard_ms: int | None
    matters: tuple[Matter, ...]  # the worst first
    lists_ms: int | None  # as of when its lists are

    @property
    def colour(self) -> Colour:
        return self.matters[0].colour if self.matters else Colour.GREEN

    @property
    def state(self) -> str:
        """online, silent, never, revoked"""
        if self.gate.revoked:
            return "revoked"
        if self.heard_ms is None:
            return "never"
        away = ("没有消息", "没有网")
        return "silent" if any(word in one.words for one in self.matters for word in away) else "online"


def look_at(gate: GateRow, heard_ms: int | None, now_ms: int, more: Iterable[Matter] = ()) -> GateState:
    """`heard_ms`: the last sign of life; `more`: what other parts of the center know of this gate."""
    lists_ms = lists_as_of(gate)
    matters = [*_matters(gate, heard_ms, lists_ms, now_ms), *more]
    matters.sort(key=lambda matter: -matter.colour)
    return GateState(gate, heard_ms, tuple(matters), lists_ms)


def lists_as_of(gate: GateRow) -> int | None:
    """UTC ms; None: not told."""
    told = dict(gate.state).get("lists_as_of", "")
    try:
        moment = datetime.fromisoformat(told)
        return int(moment.timestamp() * 1000) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _matters(gate: GateRow, heard_ms: int | None, lists_ms: int | None, now_ms: int) -> Iterator[Matter]:
    if gate.revoked:
        yield Matter(Colour.BLUE, "已撤销，不再收到名单")
        return
    stick_ms = came_by_stick(gate)
    if stick_ms is not None and (heard_ms or 0) < stick_ms:
        yield _by_stick(now_ms - stick_ms)
    elif heard_ms is None:
        yield Matter(Colour.BLUE, "还没来过，等它接上")
        return
    else:
        yield from _silence(now_ms - heard_ms)
    yield from _alarms(gate)
    yield from _devices(gate)
    yield from _unsynced(gate.pending)
    if gate.quarantined:
        yield Matter(Colour.YELLOW, "{} 条记录看不懂，已收好", gate.quarantined)
    if lists_ms is not None and heard_ms is not None:
        yield from _lists(heard_ms - lists_ms)


def _silence(for_ms: int) -> Iterator[Matter]:
    if for_ms > ONLINE_MS:
        minutes = for_ms // MINUTE_MS
        colour = Colour.RED if for_ms > _NOW_MS else Colour.ORANGE if for_ms > _SOON_MS else Colour.YELLOW
        if minutes < 120:
            yield Matter(colour, "{} 分钟没有消息", minutes)
        else:
            yield Matter(colour, "{} 小时没有消息", minutes // 60)


def _by_stick(ago_ms: int) -> Matter:
    """Without a network somebody carries what it has; once a day is often enough."""
    if ago_ms > _STICK_LATE_MS:
        return Matter(Colour.ORANGE, "没有网，{} 小时没送 U 盘来了", ago_ms // HOUR_MS)
    return Matter(Colour.BLUE, "没有网，{} 小时前送来了 U 盘", ago_ms // HOUR_MS)


def _alarms(gate: GateRow) -> Iterator[Matter]:
    if "duplicate_station" in gate.alarms:
        yield Matter(Colour.RED, "两台电脑在用同一个身份")
    if "fork" in gate.alarms:
        yield Matter(Colour.RED, "同一段记录有两个样子")
    if "clock" in gate.alarms or abs(gate.offset_ms) > ALARM_MS:
        yield Matter(Colour.ORANGE, "电脑的钟差 {} 秒", round(-gate.offset_ms / 1000))


def _devices(gate: GateRow) -> Iterator[Matter]:
    for name, state in gate.state:
        kind, words = name.partition(" ")[0], _STATES.get(state.partition(" ")[0])
        if kind in DEVICE_WORDS and words:
            is_less = kind in _LESSER or state.startswith("searching")
            yield Matter(Colour.YELLOW if is_less else Colour.ORANGE, words, device=DEVICE_WORDS[kind])


def _unsynced(pending: int) -> Iterator[Matter]:
    if pending > _MANY:
        yield Matter(Colour.ORANGE if pending > _VERY_MANY else Colour.YELLOW, "{} 条记录还没有送到", pending)


def _lists(age_ms: int) -> Iterator[Matter]:
    if age_ms > _LISTS_OLD_MS:
        colour = Colour.ORANGE if age_ms > _LISTS_VERY_OLD_MS else Colour.YELLOW
        yield Matter(colour, "名单是 {} 小时以前的", age_ms // HOUR_MS)
