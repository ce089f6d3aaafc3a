"""Who comes to practice: thirty invented people, what each shows, and what the learner has to do for them.

Situations are those of a gate's day. Nobody here exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Situation(StrEnum):
    NORMAL = "normal"  # a green code on a phone
    PAPER = "paper"  # an elder with a printed pass
    NO_PHONE = "no_phone"  # an elder with nothing at all, who lives here
    CODES_DOWN = "codes_down"  # lives here; the phone cannot load the code
    CHILD = "child"  # came with the one before
    COLD = "cold"  # in from the frost: the forehead gives no measurement
    COURIER = "courier"  # must show a test
    FEVER = "fever"
    FEVER_BACK = "fever_back"  # the same, rested
    RED = "red"
    YELLOW = "yellow"
    EXPIRED = "expired"  # a gate pass that ran out
    SCREENSHOT = "screenshot"  # a code made hours ago
    PASSBACK = "passback"  # somebody else's code, who is inside already
    VISITOR = "visitor"  # nobody knows them, no code
    UNKNOWN_CODE = "unknown_code"  # a code of somebody who does not live here


class Code(StrEnum):
    """What is held up."""

    NONE = "none"
    TOKEN = "token"  # bound to a person of the roster
    STALE = "stale"  # one that says it was made hours ago
    EXPIRED_PASS = "expired_pass"
    FOREIGN = "foreign"  # of nobody here


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the practice roster."""

    id: str
    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    category: str = "resident"
    occupation: str = ""
    colour: str = ""
    guardian: str = ""  # the id of whoever speaks for them
    born: int = 1960


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person who comes to the table. Temperatures are °C."""

    situation: Situation
    who: str = ""  # an actor's id; empty: not in the roster
    code: Code = Code.TOKEN
    shown_c: float = 36.4  # what the stand sees
    by_hand_c: float | None = None  # what the hand-held thermometer says, if the learner uses it

    @property
    def paper(self) -> bool:
        return self.situation in (Situation.PAPER, Situation.EXPIRED)


def _actors() -> Iterator[Actor]:
    for number, (name, dwelling) in enumerate(_RESIDENTS, start=1):
        yield Actor(f"practice-{number}", name, dwelling, colour="green")
    yield Actor("paper-1", "王秀英", "1-1-101", born=1941)
    yield Actor("paper-2", "孙宝山", "6-3-201", born=1938)
    yield Actor("elder-1", "赵桂芳", "2-1-102", born=1940)
    yield Actor("elder-2", "钱长生", "4-2-301", born=1937)
    yield Actor("child", "李小宝", "3-2-402", guardian=PARENT, born=2016)
    yield Actor("cold", "朱建民", "5-1-201", colour="green")
    yield Actor("courier", "马骏", "", category="courier", occupation="courier")
    yield Actor("fever", "刘建国", "2-2-201", colour="green")
    yield Actor("red", "周凤", "3-3-401", colour="red")
    yield Actor("yellow", "徐桂英", "5-2-101", colour="yellow")
    yield Actor("expired", "冯大海", "1-3-302")
    yield Actor("screenshot", "许志强", "6-1-501")
    yield Actor("down", "何丽", "4-1-402", colour="green")


_RESIDENTS = (
    ("张小强", "3-2-501"), ("李红", "3-2-402"), ("陈玉珍", "5-2-502"), ("杨帆", "1-2-203"),
    ("黄立新", "2-3-304"), ("吴敏", "4-3-102"), ("林涛", "6-2-401"), ("郑佳怡", "3-1-601"),
    ("韩雪", "5-3-203"), ("曹阳", "2-1-503"), ("谢芳", "1-1-404"), ("唐伟", "4-2-205"), ("邓超群", "6-3-102"),
)  # fmt: skip
PARENT = "practice-2"
ACTORS = tuple(_actors())

_N = [Arrival(Situation.NORMAL, f"practice-{number}") for number in range(1, len(_RESIDENTS) + 1)]

CAST: tuple[Arrival, ...] = (
    _N[0],
    Arrival(Situation.PAPER, "paper-1"),
    Arrival(Situation.NO_PHONE, "elder-1", Code.NONE, 36.3),
    Arrival(Situation.FEVER, "fever", shown_c=37.7),
    _N[1],  # the child's mother
    Arrival(Situation.CHILD, "child", Code.NONE, 36.6),
    _N[2],
    Arrival(Situation.RED, "red"),
    _N[3],
    Arrival(Situation.COURIER, "courier"),
    _N[4],
    Arrival(Situation.SCREENSHOT, "screenshot", Code.STALE),
    _N[5],
    Arrival(Situation.VISITOR, "", Code.NONE, 36.5),
    Arrival(Situation.PAPER, "paper-2"),
    _N[6],
    Arrival(Situation.PASSBACK, "practice-1", shown_c=36.2),
    _N[7],
    Arrival(Situation.FEVER_BACK, "fever", shown_c=36.4, by_hand_c=36.5),
    Arrival(Situation.CODES_DOWN, "down", Code.NONE, 36.4),
    _N[8],
    Arrival(Situation.COLD, "cold", shown_c=33.2, by_hand_c=36.5),
    _N[9],
    Arrival(Situation.EXPIRED, "expired", Code.EXPIRED_PASS),
    _N[10],
    Arrival(Situation.YELLOW, "yellow"),
    _N[11],
    Arrival(Situation.NO_PHONE, "elder-2", Code.NONE, 36.2),
    _N[12],
    Arrival(Situation.UNKNOWN_CODE, "", Code.FOREIGN),
)
