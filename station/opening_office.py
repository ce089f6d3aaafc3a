"""The barrier by hand, at the gate's window: on record first, then it opens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt

from station.journal.errors import JournalError
from station.signing_in import SigningIn
from station.ui import operator_words, words
from station.ui.duty import Duty
from station.ui.gate import GateWindow
from station.ui.opening_page import Opening

log = logging.getLogger(__name__)

KEY = Qt.Key.Key_Insert
SAID_S = 20.0


class OpensByHand(Protocol):
    """The gate that runs, as far as it is needed here."""

    @property
    def has_barrier(self) -> bool: ...

    def open_barrier(self) -> None: ...


class OpeningOffice(QObject):
    """`station` gives None while the journal is not open: then the barrier's own key opens."""

    def __init__(
        self, window: GateWindow, station: Callable[[], OpensByHand | None], signing: SigningIn, duty: Duty
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._signing = window, station, signing
        self._page = window.pages.opening
        self._page.use(duty)
        self._page.chosen.connect(self._open)
        window.keys.add(KEY, self.ask)
        window.buttons.barrier.tapped.connect(self.ask)

    def begin(self, station: OpensByHand) -> None:
        """Only a gate with a barrier has the button."""
        self._window.buttons.show_barrier(station.has_barrier)

    def ask(self) -> None:
        """Insert: why, and who."""
        station = self._station()
        if station and station.has_barrier:
            self._window.pages.open(self._page)

    def _open(self, opening: Opening) -> None:
        station = self._station()
        if station is None:
            self._say(self.tr("现在记不下来，闸没有开。请用闸上的钥匙。"))
            return
        try:
            refusal = self._signing.open_by_hand(station.open_barrier, opening.reason, opening.who)
        except JournalError as error:
            log.error("not opened by hand: %s", error)
            said = words.problem(error.problem)
            self._say(self.tr("{why}，闸没有开。请用闸上的钥匙。").format(why=said.sentence))
            return
        self._say(
            operator_words.refusal(refusal)
            if refusal
            else self.tr("闸开了一次，记下了：{why}").format(why=opening.reason)
        )

    def _say(self, sentence: str) -> None:
        self._window.sidelines.say(sentence, time.monotonic(), SAID_S)
