"""What sync writes, in the lane's thread: how far the center is, its lists, and what the gate does then.

A page is stored first and told afterwards; what has to be put to use (trust lists, policies) is kept until it
was, so that no kill between the two loses it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from station.center_trust import take_trust
from station.core.contact import Alarm
from station.core.facts import is_bad
from station.core.policy import PolicyError
from station.journal import upstream
from station.journal.center_items import CenterItems
from station.journal.center_lists import Applied, CenterLists
from station.journal.center_pages import PreparedPage
from station.journal.center_people import CenterPeople
from station.journal.enrolment import Enrolment, put_enrolment, read_enrolment
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError, storage_errors
from station.journal.facts import News
from station.journal.outbox import OutboxWriter
from station.journal.reports import Reports
from station.settings import SettingsError
from station.sync.bundle import HelloAnswer
from station.sync.downlink import Place
from station.sync.enrolment import verify_credential
from station.sync.reconciling import tell
from station.sync.reports import Taken
from station.sync.status import Board
from station.sync.stick_days import Both

log = logging.getLogger(__name__)

POLICY_EVERY_S = 5.0  # one may be in force from a certain time
PEOPLE_AGAIN_S = 2.0  # not oftener are people asked for out of their turn
LOOKED_UP_AT_ONCE = 20  # of those of whom there is bad news: some milliseconds, and there may be hundreds
AFTER_A_FAULT_S = 10.0
TRUST_AGAIN_S = 600.0  # what could not be used: a full disk, a folder that was root's after a sudo


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate does when the lists have changed."""

    facts_changed: Callable[[], None]
    reload_judge: Callable[[], None]
    reload_policy: Callable[[], None]


class Shelf:
    """`sync.loop.Lane`. Methods raise JournalError and VaultError, and then nothing was done."""

    def __init__(
        self,
        data: Path,
        journal: Journal,
        station: bytes,
        gate: Gate,
        board: Board,
        now: Callable[[], datetime],
        reports: Reports | None = None,
        ask_people: Callable[[], None] = lambda: None,
        program: str = "",
    ) -> None:
        """`ask_people`: the center's people are wanted now, and not when it is their turn. `program`: which
        build reads the lists."""
        self._data, self._journal, self._station = data, journal, station
        self._gate, self._board, self._now = gate, board, now
        self._writer, self._lists = OutboxWriter(journal, now), CenterLists(journal)
        self._items = CenterItems(journal)
        self._untidy, self._trust_came, self._policy_due = True, True, float("-inf")
        self._put_off = self._trust_due = float("-inf")
        self._program, self._is_read = program, not program
        self._people, self._ask_people = CenterPeople(journal.connection, journal.vault), ask_people
        self._bad, self._is_whole, self._people_due = dict[str, None](), True, float("-inf")
        self.acknowledged, self.fork = self._writer.acknowledged, self._writer.fork
        self.begin_epoch, self._reports = self._writer.begin_epoch, reports or Reports(journal)
        self.reported = self._reports.heard

    # --- what the threads ask for ---------------------------------------------------------------

    def place(self, channel: str) -> Place:
        cursor = self._lists.cursor(channel)
        return Place(cursor.epoch, cursor.version)

    def apply(self, page: PreparedPage, *, by_stick: bool = False) -> Place:
        """Store a page, and let the gate know what follows from it."""
        self._read()
        applied = self._lists.apply(page, self._now(), by_stick=by_stick)
        if by_stick and applied.complete:
            self._board.list_by_stick(page.channel, self._lists.cursor(page.channel).heard)
        self._react(applied)
        if page.channel == "quick":
            self._is_whole = applied.complete
        return self.place(page.channel)

    def reported_by_stick(self, taken: Taken) -> None:
        """After the pages of the same stick."""
        lists = self._lists.cursor("quick").epoch
        self._reports.heard(taken, lists=lists)
        if taken.epoch == lists:
            upstream.heard_by_stick(self._journal, taken.epoch, self._now())

    def compared_by_stick(self, both: Both) -> None:
        """After `reported_by_stick` of the same stick; `tell_differences` comes after the last of them."""
        found = both.differences
        tell(both.day, found)
        self.reconciled(both.day, *both.packed, not found)

    def tell_differences(self) -> None:
        """The last thing that is known of each day, while nobody compares it anew."""
        today = self._now().astimezone().date().isoformat()
        with storage_errors():
            disagreed = [day for day in upstream.status(self._journal.connection).disagreed if day < today]
        self._board.alarm("reconciliation", [Alarm.DIFFERENCE] if disagreed else [])

    def greeted(self, answer: HelloAnswer) -> None:
        """The center answered a hello; a newer credential is kept."""
        self._board.revoked(answer.revoked)
        upstream.heard(self._journal, self._now())
        enrolment = read_enrolment(self._journal.connection, self._journal.vault)
        if not (answer.credential and enrolment):
            return
        try:
            verify_credential(
                answer.credential, enrolment.center_key, self._station, self._journal.vault.public_key
            )
        except ValueError as error:
            log.warning("the credential of the hello is not kept: %s", error)
            return
        put_enrolment(self._journal, msgspec.structs.replace(enrolment, credential=answer.credential))

    def enrol(self, enrolment: Enrolment) -> None:
        """Belong to this center from now on."""
        put_enrolment(self._journal, enrolment)

    def reconciled(self, day: str, ours: bytes, theirs: bytes, agreed: bool) -> None:
        upstream.keep_reconciliation(self._journal, day, ours, theirs, agreed=agreed, now=self._now())

    # --- what follows ---------------------------------------------------------------------------

    def _read(self) -> None:
        """Before anything comes: whoever reads later is told who did not understand it."""
        if not self._is_read:
            self._lists.read_by(self._program)
            self._is_read = True

    def _react(self, applied: Applied) -> None:
        self._untidy = True
        if applied.facts or applied.facts_gone:
            self._gate.facts_changed()
        if applied.passes:
            self._gate.reload_judge()
        self._trust_came = self._trust_came or bool(applied.trust)
        if applied.policies:
            self._policy_due = float("-inf")
        self._bad |= {news.subject: None for news in applied.facts if _is_of_somebody(news)}

    def _look_for_strangers(self, mono: float) -> None:
        """Nobody is stopped by a red of somebody who is not on the list here yet: until they are."""
        some = [self._bad.popitem()[0] for _ in range(min(LOOKED_UP_AT_ONCE, len(self._bad)))]
        with storage_errors():
            is_there = all(self._people.by_id(one) for one in some)
        if not is_there:
            self._bad.clear()  # whoever comes, comes with these
            self._people_due = mono + PEOPLE_AGAIN_S
            self._ask_people()

    def tick(self, mono: float) -> None:
        """A little of what may wait; a fault of the disk is told, and tried again."""
        if mono < self._put_off:
            return
        try:
            self._read()
            if self._bad and self._is_whole and mono >= self._people_due:
                self._look_for_strangers(mono)
            if self._trust_came or mono >= self._trust_due:
                self._take_trust()
                self._trust_due = mono + TRUST_AGAIN_S
            if mono >= self._policy_due:
                self._activate()
                self._policy_due = mono + POLICY_EVERY_S
            if self._untidy:
                self._untidy = self._lists.tidy()
        except (JournalError, VaultError, OSError) as error:
            log.error("what the center sent is not in use yet: %s", error)
            self._put_off = mono + AFTER_A_FAULT_S

    def _take_trust(self) -> None:
        taken = take_trust(self._journal, self._data, self._now())
        self._trust_came = False
        if taken:
            log.info("trust lists of the center in force: %s", ", ".join(taken))
            self._gate.reload_judge()

    def _activate(self) -> None:
        activation = self._items.activate_due(self._now())
        self._board.alarm("policy", [Alarm.TOO_OLD] if self._items.refuses else [])
        if activation is None:
            return
        if activation.refused:
            log.error("the center's policy %s is not used: %s", activation.digest, activation.refused)
            return
        try:
            self._gate.reload_policy()
        except (PolicyError, SettingsError) as error:
            log.error("the center's policy %s is not used: %s", activation.digest, error)
        else:
            log.info("policy of the center in force: %s", activation.digest)


def _is_of_somebody(news: News) -> bool:
    return news.about == "person" and is_bad(news.kind, news.value)
