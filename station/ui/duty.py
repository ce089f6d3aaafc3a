"""Who is on duty, as the screen asks for it. Names are in clear: they are of those who work here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from station.core.operators import NOBODY, Operator, Who


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a PIN: somebody, or why not, in words."""

    operator: Operator | None = None
    refusal: str = ""


class Duty(Protocol):
    """All calls are made in the GUI thread; none raises."""

    def used(self) -> bool:
        """Whether operators were ever made; if not, numbers are typed and believed."""

    def people(self) -> Sequence[Operator]:
        """Everybody who can sign in."""

    def on_duty(self) -> Operator | None: ...

    def shown(self) -> str:
        """Their name, masked: everybody sees it; empty for nobody."""

    def answering(self) -> Who:
        """The same with the role that they have now; it lapses."""

    def sign_in(self, number: str, pin: str) -> Answer:
        """For the shift."""

    def sign_once(self, number: str, pin: str) -> Answer:
        """For one action."""

    def sign_out(self) -> None: ...

    def used_role(self) -> None:
        """Whoever is on duty did something that a volunteer may not."""

    def change_pin(self, number: str, pin: str) -> str:
        """Of somebody who just signed in; why not, in words, or empty."""


class NoDuty:
    """Nobody ever made an operator."""

    def used(self) -> bool:
        return False

    def people(self) -> Sequence[Operator]:
        return ()

    def on_duty(self) -> Operator | None:
        return None

    def shown(self) -> str:
        return ""

    def answering(self) -> Who:
        return NOBODY

    def sign_in(self, number: str, pin: str) -> Answer:
        return Answer()

    def sign_once(self, number: str, pin: str) -> Answer:
        return Answer()

    def sign_out(self) -> None:
        """Nobody is on duty."""

    def used_role(self) -> None:
        """Nobody has one."""

    def change_pin(self, number: str, pin: str) -> str:
        return ""
