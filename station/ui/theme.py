"""Colours and letters of the screen: themes are data (`assets/themes/*.toml`), here they become Qt's.

Every pair of ink and ground keeps a contrast of 7:1 (WCAG 2.1 success criterion 1.4.6); a test measures it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

ASSETS = Path(__file__).parents[2] / "assets"
FAMILY = "Noto Sans SC"
FONT_FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold-gb2312.ttf")


class Look(StrEnum):
    """What a message is about. Each has a colour pair in every theme and a shape of its own."""

    PASS = "pass"
    RECHECK = "recheck"
    STOP = "stop"
    IDLE = "idle"
    ASK = "ask"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Pair:
    """A ground and the ink that is readable on it."""

    ground: QColor
    ink: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    preview_dim: float  # 0 = the camera's picture as it is, 0.3 = to 70 % of its brightness
    colours: Mapping[str, QColor]
    looks: Mapping[Look, Pair]

    def mark(self, look: Look) -> Pair:
        """The pair for a small sign on a panel: its body is the colour that stands out from there."""
        pair, panel = self.looks[look], self.colours["panel"].lightnessF()
        if abs(pair.ground.lightnessF() - panel) >= abs(pair.ink.lightnessF() - panel):
            return Pair(ground=pair.ink, ink=pair.ground)
        return pair

    def style_sheet(self, scale: float, name: str = "gate") -> str:
        """A style sheet in this theme; in its template `24u` is 24 px at 1366x768 and `@text` a colour."""
        template = (ASSETS / "themes" / f"{name}.qss").read_text(encoding="utf-8")
        sized = re.sub(r"\b(\d+)u\b", lambda match: f"{max(1, round(int(match[1]) * scale))}px", template)
        colours = {**self.colours, **self.button_colours()}
        return re.sub(r"@(\w+)", lambda match: colours[match[1]].name(), sized)

    def button_colours(self) -> Mapping[str, QColor]:
        """Of the button that goes on, and of one that cannot be undone."""
        main, danger = self.mark(Look.ASK), self.mark(Look.STOP)
        return {
            "main": main.ink,
            "main_ink": main.ground,
            "danger": danger.ink,
            "danger_ink": danger.ground,
        }


def load_theme(name: str) -> Theme:
    """The theme in `assets/themes/NAME.toml`. Raises FileNotFoundError for an unknown name."""
    table = tomllib.loads((ASSETS / "themes" / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name=name,
        preview_dim=table["preview_dim"],
        colours={key: QColor(value) for key, value in table["colours"].items()},
        looks={Look(key): Pair(QColor(ground), QColor(ink)) for key, (ground, ink) in table["looks"].items()},
    )


def wear(widget: QWidget, style_sheet: str) -> None:
    """Give a widget its style sheet; not the one that it wears: Qt dresses every part anew even for that."""
    if widget.styleSheet() != style_sheet:
        widget.setStyleSheet(style_sheet)


def load_fonts(application: QApplication) -> None:
    """Register the fonts that come with the program, so that names read the same on every PC."""
    for file in FONT_FILES:
        path = ASSETS / "fonts" / file
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"font missing or unreadable: {file}")
    application.setFont(QFont(FAMILY))
