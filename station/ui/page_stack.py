"""The pages for what is done by hand, of which at most one is open. They lie over the gate page.

What is chosen on one of them is passed on to the lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.core.asking import Asked
from station.core.outcome import RecheckLine
from station.core.override import Override
from station.ui import override_words, recheck_words
from station.ui.asking_page import AskingPage
from station.ui.bridge import Actions
from station.ui.codes_down_page import CodesDownPage
from station.ui.correction_page import CorrectionPage, RoleOf
from station.ui.duty import Duty
from station.ui.face import Face
from station.ui.handover_page import HandoverPage
from station.ui.help_page import HelpPage
from station.ui.last_five import LastFive
from station.ui.last_page import LastPage
from station.ui.no_code_page import NoCodePage, Vouched
from station.ui.opening_page import OpeningPage
from station.ui.pages import Page
from station.ui.question_page import QuestionPage
from station.ui.recheck_page import RecheckPage
from station.ui.recheck_words import Waiter
from station.ui.roster import NoRoster
from station.ui.sign_in_page import SignInPage
from station.ui.temperature_page import TemperaturePage, Typed
from station.ui.theme import Theme
from station.ui.touch import Touch
from station.ui.visitor_page import VisitorPage


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
        self._asked: tuple[Asked, ...] = ()
        self.no_code = NoCodePage(theme, touch, NoRoster(), parent)
        self.temperature = TemperaturePage(theme, touch, parent)
        self.asking = AskingPage(theme, touch, parent)
        self.correction = CorrectionPage(theme, touch, role_of, parent)
        self.recheck = RecheckPage(theme, touch, doctor, parent)
        self.codes_down = CodesDownPage(theme, touch, parent)
        self.visitor = VisitorPage(theme, touch, parent)
        self.sign_in = SignInPage(theme, touch, parent)
        self.opening = OpeningPage(theme, touch, role_of, parent)
        self.help = HelpPage(theme, touch, parent)
        self.question = QuestionPage(theme, touch, parent)
        self.last = LastPage(theme, touch, now().tzinfo, parent)
        self.correction.asks.connect(self._open_question)
        self.handover = HandoverPage(theme, touch, parent)
        self.no_code.chosen.connect(self._take_vouched)
        self.temperature.chosen.connect(self._take_typed)
        self.asking.chosen.connect(actions.answered)
        self.correction.chosen.connect(self._take_correction)
        self.recheck.chosen.connect(self._measure_again)
        self.codes_down.chosen.connect(self._switch_codes)
        self.no_code.visitor_comes.connect(lambda: self.open(self.visitor))
        self.visitor.noticed.connect(self.refused)

    def __iter__(self) -> Iterator[Page]:
        pages = (self.no_code, self.temperature, self.asking, self.correction, self.recheck, self.codes_down)
        more = (self.help, self.question, self.visitor, self.sign_in, self.handover, self.opening, self.last)
        return iter((*pages, *more))

    @property
    def any_open(self) -> bool:
        return any(page.isVisible() for page in self)

    # --- what the volunteer does --------------------------------------------------------------

    def open(self, page: Page) -> None:
        """In place of any other."""
        self.hide()
        page.open(self._monotonic())

    def open_no_code(self) -> None:
        """F1: somebody without a code; F1 again: a visitor, or something that is left for a house."""
        self.open(self.visitor if self.no_code.isVisible() else self.no_code)

    def open_temperature(self) -> None:
        """For whoever stands in front, who goes on waiting."""
        self._actions.hold()
        self.open(self.temperature)

    def allow_asking(self, asked: Sequence[Asked]) -> None:
        """What may be asked of whoever is in front; nothing, of nobody."""
        self._asked = tuple(asked)

    def open_asking(self) -> None:
        """Only if there is something to ask."""
        if self._asked:
            self.asking.ask(self._asked)
            self.open(self.asking)

    def use_duty(self, duty: Duty) -> None:
        """Whoever signs in does it there."""
        self.sign_in.use(duty)
        self.correction.use(duty)

    def open_sign_in(self) -> None:
        self.open(self.sign_in)

    def open_correction(self, last_five: LastFive) -> None:
        """There must be an entry to correct; the page names it."""
        if last_five.entries:
            last = last_five.entries[0]
            self.correction.show_last(last_five.said(last), last.severity)
            self.question.show_last(last_five.said(last))
            self.open(self.correction)

    def open_last(self, last_five: LastFive, state: Sequence[str]) -> None:
        """刚才是谁: the last five, large; the same key closes it. `state`: how devices and data are."""
        if self.last.isVisible():
            self.hide()
            return
        self.last.show_last(last_five.entries, state)
        self.open(self.last)

    def _open_question(self) -> None:
        """Instead of deciding: the center is asked about whoever was last."""
        self._touch.hold()
        self.open(self.question)

    def open_rechecks(self, waiters: Sequence[Waiter]) -> None:
        """Only while somebody waits to be measured again."""
        if waiters:
            self.recheck.show_waiters(waiters)
            self.open(self.recheck)

    def second_key(self, *, codes_down: bool) -> None:
        """F2: on the page for a value, of which thermometer it is; on that of a verdict, the center is asked;
        over the gate, the code system."""
        if self.temperature.isVisible():
            self.temperature.turn_clinical()
        elif self.correction.isVisible():
            self._open_question()
        elif self.codes_down.isVisible():
            self.codes_down.confirm(self._monotonic())
        elif not self.any_open:
            self.codes_down.show_state(down=codes_down)
            self.open(self.codes_down)

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
        self._actions.no_code(said.vouch, said.person_id, said.brought_by)

    def _take_correction(self, wish: Override) -> None:
        problem = self._actions.correct(wish)
        if problem:
            self.refused.emit(override_words.problem(problem))

    def _switch_codes(self, down: bool) -> None:
        why_not = self._actions.switch_codes(self.tr("当班的人"), self.tr("门口按的 F2"), down=down)
        if why_not:
            self.refused.emit(why_not)

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
            if page.isVisible() and (page in pages or page is not self.help):
                page.hide()
                self._touch.hold()

    def somebody_new(self) -> None:
        """The last one is somebody else now: what was to be chosen for the former would hit them."""
        self.close(self.correction, self.asking, self.question)

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
        for page in (self.no_code, self.visitor, self.temperature, self.recheck, self.sign_in, self.handover):
            page.strip.show_face(verdict)
