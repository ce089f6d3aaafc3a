"""Finding somebody without a code, as the screen needs it; where the answers come from it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from station.core.outcome import PersonLine


class Candidate(Protocol):
    """Somebody who may be meant; all of it is masked."""

    @property
    def person_id(self) -> str: ...
    @property
    def line(self) -> PersonLine: ...
    @property
    def phone_tail(self) -> str:
        """To tell two of the same name apart; empty if none is known."""


class Building(Protocol):
    """Where people live; an empty name stands for people without a dwelling."""

    @property
    def name(self) -> str: ...
    @property
    def people(self) -> int: ...


class Kin(StrEnum):
    """As what somebody is brought, as far as the roster tells."""

    CHILD = "child"
    ELDER = "elder"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Companions:
    """Somebody who is at the lane or just passed, and those they may speak for who have not come yet."""

    person_id: str = field(repr=False)
    line: PersonLine
    held_up: bool  # their code waits: it may have been held up for one of these
    people: Sequence[tuple[Candidate, Kin]] = field(repr=False)


class Roster(Protocol):
    """Whoever lives and works here. Quick enough to be asked at every key."""

    def is_ready(self) -> bool:
        """Whether it can be asked yet; it is read at the start."""

    def buildings(self) -> Sequence[Building]:
        """In the order in which they are to be offered."""

    def of_building(self, name: str) -> Sequence[Candidate]:
        """Everybody there, in the order in which they are to be offered."""

    def usual(self, building: str) -> Sequence[Candidate]:
        """Those of a building who were picked before, most often first."""

    def search(self, typed: str) -> Sequence[Candidate]:
        """Who fits what was typed, best first."""

    def companions(self) -> Companions | None:
        """Whom the last person at the lane may have brought; None if they speak for nobody."""


class NoRoster:
    """Of a gate whose roster is not open."""

    def is_ready(self) -> bool:
        return False

    def buildings(self) -> Sequence[Building]:
        return ()

    def of_building(self, name: str) -> Sequence[Candidate]:
        return ()

    def usual(self, building: str) -> Sequence[Candidate]:
        return ()

    def search(self, typed: str) -> Sequence[Candidate]:
        return ()

    def companions(self) -> Companions | None:
        return None
