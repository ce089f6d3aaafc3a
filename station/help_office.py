"""The whistle and questions at the gate's window: what is held, chosen and shown, with the gate that runs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from station.core.help import Help, HelpHere, HelpKind, Stage
from station.core.model import View
from station.core.outcome import Outcome
from station.help_desk import HelpDesk
from station.journal.errors import JournalError, VaultError
from station.ui import help_words, snapshot
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow
from station.ui.help_page import Deed, What
from station.ui.holding import HeldKey, Holding, Ring

log = logging.getLogger(__name__)

KEY = Qt.Key.Key_Space  # the largest one: found with gloves and in the dark
PICTURE_AFTER_MS = 10_000  # so long somebody may say that it shall not go along
SAID_FOR_S = 30.0
AGAIN_AFTER_S = 600.0  # from then on it is another need: nobody thought of saying that help had come
MOST_IN_BAR, WIDE_FROM = 40, 0x2E80  # half-width characters; from here on they are wide

translate = QCoreApplication.translate


def _short(sentence: str) -> str:
    """What is longer stands on the page."""
    widths = accumulate(2 if ord(character) > WIDE_FROM else 1 for character in sentence)
    room = sum(width < MOST_IN_BAR for width in widths)
    return sentence if room == len(sentence) else f"{sentence[: room - 1]}…"


class Helping(Protocol):
    """The gate that runs, as far as it is needed here."""

    @property
    def help(self) -> HelpDesk: ...


class HelpOffice(QObject):
    """`station` gives None while the journal is not open; `phone` whom to call if nothing goes out."""

    def __init__(
        self,
        window: GateWindow,
        bridge: Bridge,
        station: Callable[[], Helping | None],
        phone: Callable[[], str],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._phone = window, station, phone
        self._monotonic, self._now = monotonic, now
        self._page = window.pages.help
        self._here = HelpHere()
        self._since: dict[str, float] = {}  # when each call was made, by `monotonic`
        self._view: View | None = None
        self._picture = b""
        self._picture_of = ""
        self._sending = QTimer(self, interval=PICTURE_AFTER_MS)
        self._sending.setSingleShot(True)
        self._sending.timeout.connect(self._send_picture)
        self._hold(bridge)
        self._page.chosen.connect(self._do)
        window.pages.question.chosen.connect(self._ask)
        window.sidelines.help_wanted.connect(self.open)
        bridge.outcome.connect(self._take)
        bridge.view.connect(self._see)

    def _hold(self, bridge: Bridge) -> None:
        window = self._window
        self.holding, self._ring = Holding(self._monotonic, self), Ring(window.theme, window)
        self.holding.held.connect(self.whistle)
        self.holding.turned.connect(self._ring.show_share)
        self._key = HeldKey(KEY, self.holding)
        window.installEventFilter(self._key)  # after `Keys`, so that it hears first
        window.buttons.help.pressed.connect(self.holding.begin)
        window.buttons.help.released.connect(self.holding.let_go)
        window.dressed.connect(self._ring.dress)

    # --- what somebody does ---------------------------------------------------------------------

    def whistle(self) -> None:
        """The key was held: the center is called. While that call is fresh, its page is shown again."""
        calling = next((one for one in self._here.helps if one.calls), None)
        if calling and not self._is_of_before(calling):
            self._show(calling)
            return
        with self._saying_faults() as desk:
            if desk is None:
                return
            case = desk.blow()
            self._hear(desk.followed())
            self._show(next(one for one in self._here.helps if one.id == case))
            self._bar()
            self._offer_picture(case)

    def _is_of_before(self, calling: Help) -> bool:
        """The center knows of it since long. What did not get there says the telephone, and waits."""
        is_there = calling.stage in (Stage.OUT, Stage.SEEN, Stage.GOING)
        return is_there and self._monotonic() - self._since[calling.id] > AGAIN_AFTER_S

    def _hear(self, here: HelpHere) -> None:
        """By the wall clock only how old a call is that was made before a restart, or by a command."""
        self._here, before, at = here, self._since, self._monotonic()
        self._since = {
            one.id: before.get(one.id, at - max(0.0, (self._now() - one.at).total_seconds()))
            for one in here.helps
        }

    def open(self) -> None:
        """What stands in the bar."""
        pressing = self._here.pressing
        if pressing:
            self._show(pressing)

    def _ask(self, what: str) -> None:
        with self._saying_faults() as desk:
            if desk is None:
                return
            case = desk.ask(what)
            self._hear(desk.followed())
            asked = next(one for one in self._here.helps if one.id == case)
            self._say(help_words.told(asked, self._phone()).sentence)

    def _do(self, deed: Deed) -> None:
        with self._saying_faults() as desk:
            if desk is None:
                return
            if deed.what is What.NEED:
                self._need(desk, deed)
            elif deed.what is What.ARRIVED:
                desk.arrived(deed.case)
                self._say(translate("words", "记下了：人到了"))
            elif deed.what is What.MISTAKE:
                self._drop_picture()
                desk.withdraw(deed.case)
                self._say(help_words.withdrawn(self._here, deed.case))
            else:
                desk.seen(deed.case)
            self._take(desk.followed())

    def _need(self, desk: HelpDesk, deed: Deed) -> None:
        """What it is for; the picture goes with it, or not at all."""
        picture = self._picture if deed.picture and self._picture_of == deed.case else b""
        desk.tell(deed.case, what=deed.need, picture=picture)
        self._drop_picture()

    # --- the picture ----------------------------------------------------------------------------

    def _offer_picture(self, case: str) -> None:
        """Of this moment; without a camera there is none."""
        self._picture = snapshot.jpeg(self._view) if self._view else b""
        if self._picture:
            self._picture_of = case
            self._page.offer_picture()
            self._sending.start()

    def _send_picture(self) -> None:
        """Nobody has said what it is for, nor that the picture shall not go."""
        case, wanted = self._picture_of, self._page.takes_picture
        with self._saying_faults() as desk:
            if desk and wanted and case:
                desk.tell(case, picture=self._picture)
        self._drop_picture()

    def _drop_picture(self) -> None:
        self._sending.stop()
        self._picture, self._picture_of = b"", ""
        self._page.picture_is_gone()

    def _see(self, view: View) -> None:
        self._view = view

    # --- what is shown --------------------------------------------------------------------------

    def _take(self, outcome: Outcome) -> None:
        if not isinstance(outcome, HelpHere):
            return
        self._hear(outcome)
        shown = next((one for one in outcome.helps if one.id == self._page.case), None)
        if shown:
            self._page.show_help(shown, self._phone())
        self._bar()

    def _show(self, one: Help) -> None:
        self._page.show_help(one, self._phone())
        self._window.pages.open(self._page)

    def _bar(self) -> None:
        one = self._here.pressing
        if one is None:
            self._window.sidelines.show_help(None)
            return
        said = help_words.told(one, self._phone())
        verb = translate("words", "查看") if one.calls else translate("words", "看答复")
        what = help_words.need(one.what)
        sentence = _short(f"{what} · {said.sentence}" if what else said.sentence)
        urgent = one.kind is HelpKind.WHISTLE and one.stage in (Stage.NOT_OUT, Stage.ALONE, Stage.SENDING)
        self._window.sidelines.show_help((sentence, said.step), verb, urgent=urgent)

    def _say(self, sentence: str) -> None:
        self._window.sidelines.say(sentence, self._monotonic(), SAID_FOR_S)

    @contextmanager
    def _saying_faults(self) -> Iterator[HelpDesk | None]:
        """What cannot be written is said, with the telephone; None: there is no journal."""
        running = self._station()
        if running is None:
            self._failed()
        try:
            yield running.help if running else None
        except (JournalError, VaultError) as error:
            log.error("a call for help is not stored: %s", error)
            self._failed()

    def _failed(self) -> None:
        said = translate("words", "求助发不出去，请打电话 {phone}").format(phone=self._phone())
        self._say(said)
