"""The pages for what is done by hand, of which at most one is open. They lie over the gate page.

What is chosen on one of them is passed on to the lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.core.outcome import RecheckLine
from station.core.override import Override
from station.ui import override_words, recheck_words
from station.ui.bridge import Actions
from station.ui.correction_page import CorrectionPage, RoleOf
from station.ui.face import Face
from station.ui.last_five import LastFive
from station.ui.no_code_page import NoCodePage, Vouched
from station.ui.pages import ColourPage, Page
from station.ui.recheck_page import RecheckPage
from station.ui.recheck_words import Waiter
from station.ui.roster import NoRoster
from station.ui.temperature_page import TemperaturePage, Typed
from station.ui.theme import Theme
from station.ui.touch import Touch


class PageStack(QObject):
    """`monotonic` is the clock of the lane, in seconds; `now` gives wall time in the gate's time zone."""

    refused = Signal(str)  # why the lane did not do what was chosen, and what to do

    def __init__(
        self,
        actions: Actions,
        *,
        theme: Theme,
        touch: Touch,
        doctor: str,
        role_of: RoleOf,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions, self._touch, self._monotonic, self._now = actions, touch, monotonic, now
        self._colour_unknown = False
        self.no_code = NoCodePage(theme, touch, NoRoster(), parent)
        self.temperature = TemperaturePage(theme, touch, parent)
        self.colour = ColourPage(theme, touch, parent)
        self.correction = CorrectionPage(theme, touch, role_of, parent)
        self.recheck = RecheckPage(theme, touch, doctor, parent)
        self.no_code.chosen.connect(self._take_vouched)
        self.temperature.chosen.connect(self._take_typed)
        self.colour.chosen.connect(actions.colour_seen)
        self.correction.chosen.connect(self._take_correction)
        self.recheck.chosen.connect(self._measure_again)

    def __iter__(self) -> Iterator[Page]:
        return iter((self.no_code, self.temperature, self.colour, self.correction, self.recheck))

    @property
    def any_open(self) -> bool:
        return any(page.isVisible() for page in self)

    # --- what the volunteer does --------------------------------------------------------------

    def open(self, page: Page) -> None:
        """In place of any other."""
        self.hide()
        page.open(self._monotonic())

    def open_temperature(self) -> None:
        """For whoever stands in front, who goes on waiting."""
        self._actions.hold()
        self.open(self.temperature)

    def allow_colour(self, allowed: bool) -> None:
        """Whether a code was shown whose colour a camera cannot tell."""
        self._colour_unknown = allowed

    def open_colour(self) -> None:
        """Only for the holder of such a code."""
        if self._colour_unknown:
            self.open(self.colour)

    def open_correction(self, last_five: LastFive) -> None:
        """There must be an entry to correct; the page names it."""
        if last_five.entries:
            last = last_five.entries[0]
            self.correction.show_last(last_five.said(last), last.severity)
            self.open(self.correction)

    def open_rechecks(self, waiters: Sequence[Waiter]) -> None:
        """Only while somebody waits to be measured again."""
        if waiters:
            self.recheck.show_waiters(waiters)
            self.open(self.recheck)

    def turn_clinical(self) -> None:
        if self.temperature.isVisible():
            self.temperature.turn_clinical()

    def hide(self) -> None:
        """The volunteer went back."""
        for page in self:
            page.hide()

    def type(self, character: str) -> None:
        if page := self._visible():
            page.type(character, self._monotonic())

    def erase(self) -> None:
        if page := self._visible():
            page.erase(self._monotonic())

    def leaf(self) -> None:
        if page := self._visible():
            page.leaf(self._monotonic())

    def enter(self) -> None:
        if page := self._visible():
            page.enter(self._monotonic())

    def _visible(self) -> Page | None:
        return next((page for page in self if page.isVisible()), None)

    def _take_vouched(self, said: Vouched) -> None:
        self._actions.no_code(said.vouch, said.person_id)

    def _take_correction(self, wish: Override) -> None:
        problem = self._actions.correct(wish)
        if problem:
            self.refused.emit(override_words.problem(problem))

    def _measure_again(self, line: RecheckLine) -> None:
        """Somebody on the list was chosen: the next value is theirs, whoever stands in front."""
        name = recheck_words.whole_name(line, self._now())
        self.temperature.open_for(line, name, self._monotonic())

    def _take_typed(self, typed: Typed) -> None:
        if typed.recheck is None:
            self._actions.temperature_by_hand(typed.value_c, clinical=typed.clinical)
        elif typed.value_c is not None:
            self._actions.recheck_by_hand(typed.recheck, typed.value_c, clinical=typed.clinical)

    # --- what happens meanwhile ---------------------------------------------------------------

    def close(self, *pages: Page) -> None:
        """These, or all, go by themselves; a finger on its way hits nothing."""
        for page in pages or tuple(self):
            if page.isVisible():
                page.hide()
                self._touch.hold()

    def somebody_new(self) -> None:
        """The last one is somebody else now: what was to be chosen for the former would hit them."""
        self.close(self.correction, self.colour)

    def list_changed(self, waiting: Sequence[RecheckLine]) -> None:
        """Whose value was to be typed may have been decided, and nobody may wait any more."""
        if self.temperature.recheck and self.temperature.recheck not in {line.key for line in waiting}:
            self.close(self.temperature)
        if not waiting:
            self.close(self.recheck)

    def tick(self, now: float) -> None:
        for page in self:
            page.tick(now)

    def show_verdict(self, verdict: Face | None) -> None:
        """The last verdict, beside the title of the pages that may cover it."""
        for page in (self.no_code, self.temperature, self.recheck):
            page.strip.show_face(verdict)
