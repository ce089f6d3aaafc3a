"""The border between the lane's threads and the screen: events come in, wishes of the volunteer go out.

Nothing here decides, stores or paints.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.core.asking import Answer
from station.core.model import DeviceEvent, Direction, View, Vouch
from station.core.outcome import Outcome
from station.core.override import Override, OverrideProblem


class Actions(Protocol):
    """What the screen may ask of the lane. All are called in the GUI thread."""

    def no_code(self, vouch: Vouch, person_id: str | None = None, brought_by: str | None = None) -> None:
        """Open a passage for somebody who has no code to show; `person_id` if they were picked by name.

        `brought_by`: the id of the one who came last, who stands for them.
        """

    def temperature_by_hand(self, value_c: float | None, *, clinical: bool = False) -> None:
        """A value in °C read off a hand-held thermometer; None = it could not be measured.

        `clinical`: a glass or electronic one in contact with the body, whose value decides.
        """

    def recheck_by_hand(self, key: str, value_c: float, *, clinical: bool = False) -> None:
        """A value in °C of somebody on the list of those who wait to be measured again."""

    def measure_staff(self) -> None:
        """The next readings are of healthy staff."""

    def hold(self) -> None:
        """A value is about to be typed: the person in front goes on waiting."""

    def answered(self, answers: Sequence[Answer]) -> bool:
        """What the volunteer saw on the phone of whoever is in front, or was told. False: nobody knows whose
        it is."""

    def correct(self, wish: Override) -> OverrideProblem | None:
        """Change the verdict of the last entry; why not, if it was not done."""

    def switch_codes(self, by: str, why: str, *, down: bool) -> str | None:
        """The code system is down (roster and temperature count), or is back. Why not, if it was not done.

        `by` and `why` are put on record.
        """

    def turn(self, direction: Direction) -> None:
        """From now on people go this way."""

    def start_over(self) -> None:
        """The lane got mixed up: nobody is half done."""


class Bridge(QObject):
    """Takes events from any thread and hands them out in its own thread, in order.

    Pictures are the exception to "nothing lost": while one is not painted yet, further ones are
    dropped, so that a slow screen is late by one frame and never by a queue of them.
    """

    view = Signal(object)  # View
    device_event = Signal(object)  # Scan, Sample, DeviceStatus
    outcome = Signal(object)  # Outcome
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unpainted = False
        self._lock = Lock()
        self._arrived.connect(self._hand_out, Qt.ConnectionType.QueuedConnection)

    def publish(self, event: DeviceEvent | Outcome) -> None:
        """Pass an event on. Callable from any thread; returns at once."""
        if not isinstance(event, View) or self._may_show():
            self._arrived.emit(event)

    def painted(self) -> None:
        """The screen has painted the last view and can take another."""
        with self._lock:
            self._unpainted = False

    def _may_show(self) -> bool:
        with self._lock:
            free = not self._unpainted
            self._unpainted = True
            return free

    @Slot(object)
    def _hand_out(self, event: DeviceEvent | Outcome) -> None:
        if isinstance(event, View):
            self.view.emit(event)
        elif isinstance(event, Outcome):
            self.outcome.emit(event)
        else:
            self.device_event.emit(event)
