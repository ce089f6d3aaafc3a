"""Calls for help and questions of one lane: what is told to the center, and what came of it.

Belongs to the lane's thread. A call is on the disk before anything says that it was made; sending is the sync
loop's, which holds up nothing here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from station.core.contact import CenterStatus, Link
from station.core.entry import to_ms
from station.core.help import HelpHere
from station.core.outcome import Outcome, PersonLine, Phase, Recorded, Repeated, Waiting
from station.journal.cases import Cases
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.reports import Reports
from station.sync.reports import (
    MOST_PICTURE_BYTES,
    MOST_SAID,
    MOST_TEXT,
    MOST_WORD,
    CaseKind,
    CaseReport,
    Lane,
)

log = logging.getLogger(__name__)

EVERY_S = 0.25  # two small queries
ANEW_EVERY_S = 1.0  # what is not out yet is said within seconds
IDLE_EVERY_S = 30.0  # a clock that was wrong for a while hides no call for longer


class HelpDesk:
    """`place` is (gate, lane, direction), `devices` as in a hello, `hurry` wakes the sync loop."""

    def __init__(
        self,
        journal: Journal,
        reports: Reports,
        *,
        place: Callable[[], tuple[str, str, str]],
        devices: Callable[[], tuple[tuple[str, str], ...]],
        now: Callable[[], datetime],
        status: Callable[[], CenterStatus],
        hurry: Callable[[], None],
        publish: Callable[[Outcome], None],
        last: Recorded | None = None,
    ) -> None:
        """`last` is the newest passage that is on disk."""
        self._journal, self._cases = journal, Cases(journal, reports)
        self._place, self._devices, self._now = place, devices, now
        self._status, self._hurry, self._publish = status, hurry, publish
        self._last: Recorded | Repeated | None = last
        self._waiting = Waiting(Phase.IDLE)
        self._due = self._anew = float("-inf")
        self._seen: tuple[int, ...] = ()
        self._told = HelpHere()

    # --- what somebody does ---------------------------------------------------------------------

    def blow(self) -> str:
        """The whistle: the call is on its way. Returns its id. Raises JournalError, VaultError."""
        here = self._lane()
        return self._begun(
            CaseReport(CaseKind.WHISTLE, to_ms(self._now()), lane=here, by=self._by(), about=here.waiting)
        )

    def ask(self, what: str, text: str = "") -> str:
        """A question about whoever was decided on last. Returns its id. Raises JournalError, VaultError."""
        last, about, person_id = self._last, "", ""  # what is too long for the wire is cut: it has to go out
        if last:
            about, person_id = _masked(last.person), last.stored.entry.person_id or ""
        return self._begun(
            CaseReport(
                CaseKind.QUESTION,
                to_ms(self._now()),
                what[:MOST_WORD],
                text=text[:MOST_TEXT],
                lane=self._lane(),
                by=self._by(),
                about=about,
                person_id=person_id,
            )
        )

    def tell(self, case: str, *, what: str | None = None, picture: bytes = b"") -> None:
        """What a call is for, a picture of the moment. Raises JournalError, VaultError."""
        changes: dict[str, object] = {} if what is None else {"what": what[:MOST_WORD]}
        if 0 < len(picture) <= MOST_PICTURE_BYTES:
            changes["picture"] = picture
        if changes:
            self._cases.change(case, self._now(), **changes)
            self._go()

    def arrived(self, case: str) -> None:
        self._cases.arrived(case, self._now())
        self._go()

    def withdraw(self, case: str) -> None:
        self._cases.withdraw(case, self._now())
        self._go()

    def say(self, case: str, text: str) -> None:
        self._cases.say(case, self._by(), text[:MOST_SAID], self._now())
        self._go()

    def seen(self, case: str) -> None:
        self._cases.seen(case, self._now())
        self._due = float("-inf")

    def followed(self) -> HelpHere:
        """As it stands now. Raises JournalError, VaultError."""
        link = self._status().link
        alone = link is Link.NONE and not self._journal.vault.locked  # while locked nobody knows
        return HelpHere(self._cases.followed(self._now(), online=link is Link.ONLINE, alone=alone))

    def _begun(self, report: CaseReport) -> str:
        case = self._cases.begin(report, self._now())
        self._go()
        return case

    def _go(self) -> None:
        self._due = self._anew = float("-inf")
        self._hurry()

    # --- the lane -------------------------------------------------------------------------------

    def beside(self, publish: Callable[[Outcome], None]) -> Callable[[Outcome], None]:
        """Hear what the lane publishes, after the screen: who stands there, who was last."""

        def both(outcome: Outcome) -> None:
            publish(outcome)
            self.heard(outcome)

        return both

    def heard(self, outcome: Outcome) -> None:
        match outcome:
            case Recorded() | Repeated():
                self._last, self._waiting = outcome, Waiting(Phase.IDLE)
            case Waiting():
                self._waiting = outcome

    def tick(self, monotonic: float) -> None:
        """Time passed, in s. What is wrong is logged: the gate goes on."""
        if monotonic < self._due:
            return
        self._due = monotonic + EVERY_S
        try:
            self._look(monotonic)
        except (JournalError, VaultError) as error:
            log.error("calls for help cannot be read: %s", error)

    def _look(self, monotonic: float) -> None:
        seen = self._cases.fingerprint()
        if seen == self._seen and monotonic < self._anew:
            return
        self._seen, self._anew = seen, monotonic + IDLE_EVERY_S
        here = self.followed()
        if here.helps:
            self._anew = monotonic + ANEW_EVERY_S
        if here != self._told:
            self._told = here
            self._publish(here)

    def _by(self) -> str:
        return self._journal.on_duty().number

    def _lane(self) -> Lane:
        """How it is here at this moment."""
        gate, lane, direction = self._place()
        state = Lane(
            gate=gate[:MOST_WORD],
            lane=lane[:MOST_WORD],
            direction=direction,
            devices=tuple((name[:MOST_WORD], state[:MOST_WORD]) for name, state in self._devices()),
            waiting=self._who_waits(),
        )
        if self._last is None:
            return state
        stored, decision = self._last.stored, self._last.decision
        return Lane(
            *(state.gate, state.lane, state.direction, state.devices, state.waiting),
            verdict=decision.severity.name.lower(),
            reasons=tuple(reason.code.value for reason in decision.reasons),
            entry=stored.number,
            entry_id=stored.entry.id,
            entry_at_ms=stored.entry.at_ms,
            pending=self._status().pending,
        )

    def _who_waits(self) -> str:
        if self._waiting.phase is not Phase.IDLE:
            return _masked(self._waiting.person)
        return _masked(self._last.person) if self._last else ""


def _masked(person: PersonLine | None) -> str:
    """As the gate's screen shows them."""
    return f"{person.name} {person.dwelling}".strip()[:MOST_WORD] if person else ""
