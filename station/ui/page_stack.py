"""The pages for what is done by hand, of which at most one is open. They lie over the gate page.

What is chosen on one of them is passed on to the lane. Each is made when it is asked for first: the gate's
first picture does not wait for thirteen pages that nobody sees in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from station.core.asking import Answer, Asked
from station.core.outcome import RecheckLine
from station.core.override import Override
from station.ui import override_words, recheck_words, words
from station.ui.asking_page import AskingPage
from station.ui.bridge import Actions
from station.ui.codes_down_page import CodesDownPage
from station.ui.correction_page import CorrectionPage
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
from station.ui.signed_page import RoleOf
from station.ui.temperature_page import TemperaturePage, Typed
from station.ui.theme import Theme
from station.ui.touch import Touch
from station.ui.visitor_page import VisitorPage

AnyPage = TypeVar("AnyPage", bound=Page)
Kind = type[Page]


class PageStack(QObject):
    """`monotonic` is the clock of the lane, in seconds; `now` gives wall time in the gate's time zone."""

    refused = Signal(str)  # why the lane did not do what was chosen, and what to do
    made = Signal(object)  # a page that is to be placed and dressed as the others

    def __init__(
        self,
        actions: Actions,
        *,
        theme: Callable[[], Theme],
        touch: Touch,
        doctor: str,
        role_of: RoleOf,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions, self._touch, self._monotonic, self._now = actions, touch, monotonic, now
        self._theme, self._doctor, self._role_of, self._parent = theme, doctor, role_of, parent
        self._asked: tuple[Asked, ...] = ()
        self._verdict: Face | None = None
        self._duty: Duty | None = None
        self._pages = list[Page]()

    def __iter__(self) -> Iterator[Page]:
        """Those that were made so far."""
        return iter(tuple(self._pages))

    def _made(self, page: AnyPage) -> AnyPage:
        self._pages.append(page)
        self.made.emit(page)
        page.strip.show_face(self._verdict if isinstance(page, _BESIDE_VERDICT) else None)
        return page

    # --- the pages ----------------------------------------------------------------------------

    @cached_property
    def no_code(self) -> NoCodePage:
        page = self._made(NoCodePage(self._theme(), self._touch, NoRoster(), self._parent))
        page.chosen.connect(self._take_vouched)
        page.visitor_comes.connect(lambda: self.open(self.visitor))
        return page

    @cached_property
    def temperature(self) -> TemperaturePage:
        page = self._made(TemperaturePage(self._theme(), self._touch, self._parent))
        page.chosen.connect(self._take_typed)
        return page

    @cached_property
    def asking(self) -> AskingPage:
        page = self._made(AskingPage(self._theme(), self._touch, self._parent))
        page.chosen.connect(self._take_answers)
        return page

    @cached_property
    def correction(self) -> CorrectionPage:
        page = self._made(CorrectionPage(self._theme(), self._touch, self._role_of, self._parent))
        page.asks.connect(self._open_question)
        page.chosen.connect(self._take_correction)
        if self._duty:
            page.use(self._duty)
        return page

    @cached_property
    def recheck(self) -> RecheckPage:
        page = self._made(RecheckPage(self._theme(), self._touch, self._doctor, self._parent))
        page.chosen.connect(self._measure_again)
        return page

    @cached_property
    def codes_down(self) -> CodesDownPage:
        page = self._made(CodesDownPage(self._theme(), self._touch, self._parent))
        page.chosen.connect(self._switch_codes)
        return page

    @cached_property
    def visitor(self) -> VisitorPage:
        page = self._made(VisitorPage(self._theme(), self._touch, self._parent))
        page.noticed.connect(self.refused)
        return page

    @cached_property
    def sign_in(self) -> SignInPage:
        page = self._made(SignInPage(self._theme(), self._touch, self._parent))
        if self._duty:
            page.use(self._duty)
        return page

    @cached_property
    def opening(self) -> OpeningPage:
        return self._made(OpeningPage(self._theme(), self._touch, self._role_of, self._parent))

    @cached_property
    def help(self) -> HelpPage:
        return self._made(HelpPage(self._theme(), self._touch, self._parent))

    @cached_property
    def question(self) -> QuestionPage:
        return self._made(QuestionPage(self._theme(), self._touch, self._parent))

    @cached_property
    def last(self) -> LastPage:
        return self._made(LastPage(self._theme(), self._touch, self._now().tzinfo, self._parent))

    @cached_property
    def handover(self) -> HandoverPage:
        return self._made(HandoverPage(self._theme(), self._touch, self._parent))

    @property
    def any_open(self) -> bool:
        return any(page.isVisible() for page in self._pages)

    def is_open(self, kind: Kind) -> bool:
        return any(isinstance(page, kind) and page.isVisible() for page in self._pages)

    # --- what the volunteer does --------------------------------------------------------------

    def open(self, page: Page) -> None:
        """In place of any other."""
        self.hide()
        page.open(self._monotonic())

    def open_no_code(self) -> None:
        """F1: somebody without a code; F1 again: a visitor, or something that is left for a house."""
        self.open(self.visitor if self.is_open(NoCodePage) else self.no_code)

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
        self._duty = duty
        for page in self._pages:
            if isinstance(page, SignInPage | CorrectionPage):
                page.use(duty)

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
        if self.is_open(LastPage):
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
        if self.is_open(TemperaturePage):
            self.temperature.turn_clinical()
        elif self.is_open(CorrectionPage):
            self._open_question()
        elif self.is_open(CodesDownPage):
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

    def move(self, arrow: Qt.Key) -> None:
        if page := self._visible():
            page.go_to_next(arrow, self._monotonic())

    def enter(self) -> None:
        if page := self._visible():
            page.enter(self._monotonic())

    def _visible(self) -> Page | None:
        return next((page for page in self if page.isVisible()), None)

    def _take_vouched(self, said: Vouched) -> None:
        self._actions.no_code(said.vouch, said.person_id, said.brought_by)

    def _take_answers(self, answers: Sequence[Answer]) -> None:
        if not self._actions.answered(answers):
            self.refused.emit(words.nobody_answered())

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

    def close(self, *kinds: Kind) -> None:
        """These, or all but that of a call for help, go by themselves; a finger on its way hits nothing."""
        for page in self:
            goes = isinstance(page, kinds) if kinds else not isinstance(page, HelpPage)
            if page.isVisible() and goes:
                page.hide()
                self._touch.hold()

    def somebody_new(self) -> None:
        """The last one is somebody else now: what was to be chosen for the former would hit them."""
        self.close(CorrectionPage, AskingPage, QuestionPage)

    def list_changed(self, waiting: Sequence[RecheckLine]) -> None:
        """Whose value was to be typed may have been decided, and nobody may wait any more."""
        typed_for = self.temperature.recheck if self.is_open(TemperaturePage) else None
        if typed_for and typed_for not in {line.key for line in waiting}:
            self.close(TemperaturePage)
        if not waiting:
            self.close(RecheckPage)

    def show_waiters(self, waiters: Callable[[], Sequence[Waiter]]) -> None:
        """How long they still have to wait, while somebody looks."""
        if self.is_open(RecheckPage):
            self.recheck.show_waiters(waiters())

    def tick(self, now: float) -> None:
        for page in self:
            page.tick(now)

    def show_verdict(self, verdict: Face | None) -> None:
        """The last verdict, beside the title of the pages that may cover it."""
        self._verdict = verdict
        for page in self._pages:
            if isinstance(page, _BESIDE_VERDICT):
                page.strip.show_face(verdict)


# The others go when somebody new is told of; that of a call for help stays even for a STOP.
_BESIDE_VERDICT = (
    NoCodePage, VisitorPage, TemperaturePage, RecheckPage, SignInPage, HandoverPage,
    CodesDownPage, OpeningPage, HelpPage, LastPage,
)  # fmt: skip
