"""Who is inside, by what the volunteers did: a list of passages and who owns what, no database behind it.

What the gate does not claim to know stands here in words: whoever is let in and known by nothing is on no
list; whoever left the roster and comes by a code that is nobody's is another one from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from station.core.model import Direction


@dataclass
class Went:
    """One passage as the volunteer saw it. `who` is an id, or the text of a code that was nobody's."""

    entry: bytes
    who: str
    way: Direction
    at: datetime
    passed: bool


@dataclass
class Truth:
    owner: dict[str, str] = field(default_factory=dict)  # whose a code is, by its text
    category: dict[str, str] = field(default_factory=dict)  # of everybody in the roster
    housed: set[str] = field(default_factory=set)  # ids of whoever has a dwelling, also of who left
    went: list[Went] = field(default_factory=list)
    visit_of: dict[str, str] = field(default_factory=dict)  # the newest visit with a code
    listed: dict[str, str] = field(default_factory=dict)  # category of everybody on the center's list
    center: dict[str, str] = field(default_factory=dict)  # whose a code is by the center's list
    known_as: dict[str, str] = field(
        default_factory=dict
    )  # an id under which somebody went, by what they are

    def who(self, code: str) -> str:
        """Who shows it: somebody of the roster, a visitor who is inside or has just come, or a code alone."""
        if owner := self.owner.get(code) or self.center.get(code):
            return self._named(owner)
        visit = self.visit_of.get(code)
        return visit if visit and self._last([visit]) in (None, Direction.IN) else code

    def is_now(self, who: str) -> str:
        """A code that was nobody's when it passed is its owner's now, and who was two is one."""
        return self._named(self.owner.get(who) or self.center.get(who) or who)

    def at_the_lane(self, who: str) -> str:
        """The same, as far as the lane asks: whose a code is by the center's list alone it does not look up
        of passages before it, nor does the limit."""
        return self._named(self.owner.get(who, who))

    def for_the_limit(self, who: str) -> str:
        """Two who are one and have no dwelling may take two places: the center's lists are not opened."""
        return self.owner.get(who, who)

    def _named(self, who: str) -> str:
        while who in self.known_as:
            who = self.known_as[who]
        return who

    def last(self, who: str, named: Callable[[str], str] | None = None) -> Direction | None:
        """Which way somebody was let through last."""
        name = named or self.is_now
        return self._last([one for one in {went.who for went in self.went} if name(one) == name(who)])

    def _last(self, under: list[str]) -> Direction | None:
        return next((one.way for one in reversed(self.went) if one.who in under and one.passed), None)

    def last_under(self, who: str) -> str:
        """Under which of their ids and codes somebody was let through last."""
        passed = (one.who for one in reversed(self.went) if one.passed)
        return next(one for one in passed if self.is_now(one) == self.is_now(who))

    def all(self, way: Direction) -> set[str]:
        everybody = {self.is_now(one.who) for one in self.went}
        return {one for one in everybody if self.last(one) is way}

    def residents(self) -> set[str]:
        return {one for one in self.all(Direction.IN) if self.kind(one) == "resident"}

    def kind(self, who: str) -> str:
        return self.category.get(who) or self.listed.get(who, "")

    def limited(self, but: str = "") -> set[str]:
        """Who takes a place where places are counted: not who lives here, nor who lived here and was removed,
        nor who stands at the gate, `but`."""
        name = self.for_the_limit
        inside = {one for one in {name(one.who) for one in self.went} if self.last(one, name) is Direction.IN}
        homes = {one for one in inside if one not in self.category and one in self.housed}
        but_now = {one for one in inside if but and self.at_the_lane(one) == self.at_the_lane(but)}
        return {one for one in inside if self.category.get(one) != "resident"} - homes - but_now

    def correct(self, entry: bytes, *, passed: bool) -> None:
        for one in self.went:
            if one.entry == entry:
                one.passed = passed

    def never_seen(self) -> set[str]:
        """Who may be at home; who passed by the center's list and is in the gate's own now is there, too."""
        homes = {one for one, category in self.category.items() if category == "resident"}
        return {one for one in homes if self.last(one, self.for_the_limit) is None}
