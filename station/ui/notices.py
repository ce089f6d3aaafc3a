"""What is said beside the verdict, and for how long. Pure: the clock is passed in, nothing is painted.

What goes by itself is a sentence in the preview's caption, and so is what somebody has to look into at the
admin page, as long as nothing else is to be said there. What has to be done is in the bar above the
preview: somebody with a fever who went away stays there until a volunteer has seen it, an instrument as long
as it looks false.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum

from station.ui.face import Shape

MOST_PASSING = 9  # sentences; they end by themselves anyway


class Afterwards(StrEnum):
    """What somebody has to look into at the admin page, most pressing first."""

    LISTS = "lists"  # another program changed them
    TRUST = "trust"  # lists that codes are judged by cannot be read
    LOOKBACKS = "lookbacks"
    DRILL = "drill"
    CENTER = "center"  # notices and tasks
    ROTA = "rota"  # a shift has nobody
    SPACE = "space"  # the disk will be full
    EXPORT = "export"  # a day's log is not where it should be


@dataclass(frozen=True, slots=True)
class Notice:
    """What is the matter, and what to do. `more`: how many further ones stand behind it."""

    sentence: str = field(repr=False)  # may name a person
    step: str = field(repr=False)
    seen: bool = False  # it goes when the volunteer says that they have seen it
    more: int = 0
    verb: str = ""  # what a tap does; empty: it was seen
    urgent: bool = False  # somebody called for help
    about_instrument: bool = False
    uncut: str = field(
        default="", repr=False
    )  # how the sentence ends: if it is too long, the rest gets shorter

    @property
    def shape(self) -> Shape:
        return Shape.THERMOMETER if self.about_instrument else Shape.TRIANGLE


class Notices:
    def __init__(self) -> None:
        self._passing: deque[tuple[float, str]] = deque(maxlen=MOST_PASSING)
        self._left: deque[Notice] = deque()
        self._trouble: Notice | None = None
        self._station: Notice | None = None
        self._elsewhere: Notice | None = None
        self._help: Notice | None = None
        self._standing: dict[Afterwards, str] = {}

    def say(self, sentence: str, *, until: float) -> None:
        """A sentence that goes by itself at monotonic time `until` (s)."""
        self._passing.append((until, sentence))

    def unsay(self, sentence: str) -> None:
        """It is not true any more."""
        standing = (one for one in self._passing if one[1] != sentence)
        self._passing = deque(standing, maxlen=MOST_PASSING)

    def caption(self, now: float) -> str:
        """The newest sentence that is not over; "" if there is none."""
        standing = [sentence for until, sentence in self._passing if now < until]
        return standing[-1] if standing else ""

    def announce(self, what: Afterwards, sentence: str) -> None:
        """Something to look into at the admin page; stays until somebody has: ""."""
        self._standing.pop(what, None)
        if sentence:
            self._standing[what] = sentence

    def announcement(self) -> str:
        """What somebody has to look into first, in words; "" if there is nothing."""
        return self._standing[self.announced] if self.announced else ""

    @property
    def announced(self) -> Afterwards | None:
        """What somebody has to look into first."""
        return next((what for what in Afterwards if what in self._standing), None)

    def left(self, sentence: str, step: str, uncut: str = "") -> None:
        """Somebody is gone who should not be; stays until it was seen."""
        self._left.append(Notice(sentence, step, seen=True, uncut=uncut))

    def trouble(self, told: tuple[str, str] | None, count: int) -> None:
        """An instrument looks false, the most pressing of `count` findings; None: none does."""
        self._trouble = Notice(*told, more=count - 1, about_instrument=True) if told else None

    def station(self, told: tuple[str, str] | None) -> None:
        """The station itself is not as it should be; stays until it is: None."""
        self._station = Notice(*told) if told else None

    def elsewhere(self, told: tuple[str, str] | None) -> None:
        """Keys do not come here; stays until they do: None."""
        self._elsewhere = Notice(*told) if told else None

    def help(self, told: tuple[str, str] | None, verb: str = "", *, urgent: bool = False) -> None:
        """A call for help, or an answer of the center; stays until it is over: None."""
        self._help = Notice(*told, seen=True, verb=verb, urgent=urgent) if told else None

    @property
    def helping(self) -> bool:
        return self._help is not None

    def seen(self) -> bool:
        """The volunteer has seen what stands in the bar. Whether there was anything to see."""
        if not self._left:
            return False
        self._left.popleft()
        return True

    def bar(self) -> Notice | None:
        """Help comes first, then people (who left first, first), keys, the station, instruments."""
        others = [one for one in (self._elsewhere, self._station, self._trouble) if one]
        standing = [*([self._help] if self._help else []), *self._left, *others]
        if not standing:
            return None
        return replace(standing[0], more=standing[0].more + len(standing) - 1)
