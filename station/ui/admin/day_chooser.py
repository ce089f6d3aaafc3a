"""Choosing a day: one back, one on, or typed. Never after today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station.ui.admin import entries_words as words
from station.ui.admin.parts import Command, Field, label, row

_DATE = re.compile(r"(?:(\d{4})[-/.\u5e74])?(\d{1,2})[-/.\u6708](\d{1,2})\u65e5?")


def day_of(typed: str, today: date) -> date | None:
    """4-16, 2022-04-16, 4月16日; without its year the last one of that name. None of anything else."""
    found = _DATE.fullmatch(typed.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert month is not None and day is not None  # noqa: PT018 - both are in every match
    try:
        named = date(year or today.year, month, day)
        return named if year or named <= today else date(today.year - 1, month, day)
    except ValueError:  # 2-30
        return None


class DayChooser(QWidget):
    """`chosen` with a date when another one is wanted; `misread` with words for what is no day."""

    chosen = Signal(object)
    misread = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._now, self.day = now, now().date()
        self.before, self.after = Command("←", lambda: self._turn(-1)), Command("→", lambda: self._turn(1))
        self.before.setAccessibleName(self.tr("前一天"))
        self.after.setAccessibleName(self.tr("后一天"))
        self.shown = label(name="heading")
        self.typed = Field(self.tr("哪一天，如 4-16"), plain=True)
        self.typed.returnPressed.connect(self._look)
        self.look = Command(self.tr("看"), self._look)
        self._line = row(self.before, self.shown, self.after, None, self.typed, self.look)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._line)

    def show_day(self, day: date) -> None:
        today = self._now().date()
        self.day = day
        self.shown.setText(words.day(day, today))
        self.after.setEnabled(day < today)

    def _turn(self, days: int) -> None:
        self._choose(self.day + timedelta(days=days))

    def _look(self) -> None:
        day = day_of(self.typed.text(), self._now().date())
        if day is None:
            self.misread.emit(self.tr("请打日期，如 4-16"))
            return
        self.typed.clear()
        self._choose(day)

    def _choose(self, day: date) -> None:
        self.show_day(min(day, self._now().date()))
        self.chosen.emit(self.day)

    def dress(self, scale: float) -> None:
        self._line.setSpacing(round(10 * scale))
        self.shown.setMinimumWidth(round(150 * scale))
