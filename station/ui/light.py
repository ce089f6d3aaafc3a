"""Which theme is worn: the volunteer's choice, or night, day and strong light by the camera's brightness."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from station.ui.daylight import Daylight
from station.ui.theme import Theme, load_theme

translate = QCoreApplication.translate


class Choice(StrEnum):
    """In the order in which F9 goes through them."""

    AUTO = "auto"
    DAY = "day"
    NIGHT = "night"
    SUN = "sun"


class Light:
    """Holds the themes, each loaded once."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._daylight = Daylight()
        self._themes = {name: load_theme(name) for name in ("day", "night", "sun")}

    @property
    def theme(self) -> Theme:
        if self._choice is Choice.AUTO:
            return self._themes[self._daylight.level.value]
        return self._themes[self._choice.value]

    def see(self, brightness: float, now: float) -> None:
        """The camera's mean grey at monotonic time `now` (s)."""
        self._daylight.see(brightness, now)

    def next(self) -> None:
        """F9: the next choice."""
        choices = list(Choice)
        self._choice = choices[(choices.index(self._choice) + 1) % len(choices)]

    def said(self) -> str:
        """The choice in words, for the header."""
        names = {
            Choice.AUTO: translate("light", "自动亮度"),
            Choice.DAY: translate("light", "白天"),
            Choice.NIGHT: translate("light", "夜间"),
            Choice.SUN: translate("light", "强光"),
        }
        return names[self._choice]
