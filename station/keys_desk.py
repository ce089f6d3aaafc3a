"""The page of the data keys at the gate that runs; each change needs the PIN of whoever opened the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from station import keys_office
from station.core.operators import Refusal
from station.core.outcome import StorageProblem
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.operators import SignIn
from station.journal.rotating import progress
from station.signing_in import SigningIn
from station.ui import operator_words
from station.ui.admin.desk import DeskError
from station.ui.admin.keys_desk import KeysSeen


class StationKeysDesk:
    """`ui.admin.keys_desk.KeysDesk`. Within `in_words` what goes wrong becomes words for the admin."""

    def __init__(
        self,
        signing: SigningIn,
        journal: Callable[[], Journal | None],
        now: Callable[[], datetime],
        in_words: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._signing, self._journal, self._now, self._in_words = signing, journal, now, in_words

    def look(self) -> KeysSeen:
        with self._in_words():
            return self._look(self._open())

    def wrap(self, pin: str) -> str:
        with self._in_words():
            return keys_office.wrap(self._open(), self._signed(pin), self._now())

    def unwrap(self, pin: str) -> None:
        with self._in_words():
            keys_office.unwrap(self._open(), self._signed(pin), self._now())

    def rotate(self, pin: str) -> None:
        with self._in_words():
            keys_office.change(self._open(), self._signed(pin), self._now())

    def _look(self, journal: Journal) -> KeysSeen:
        found = keys_office.status(journal.connection, journal.vault)
        names = {one.number: one.name for one in self._signing.operators.all()}
        done = every = 0
        if found.everything_newest is False:
            done, every = progress(journal.connection, journal.vault)
        return KeysSeen(
            found.wrapped,
            [names.get(one, one) for one in found.holders],
            [names.get(one, one) for one in found.waiting],
            found.recovery,
            done,
            every,
        )

    def _signed(self, pin: str) -> SignIn:
        """Whoever opened the page, once more."""
        page = self._signing.page
        if page is None:
            raise DeskError(operator_words.refusal(Refusal.NOT_ALLOWED, 0.0))
        signed = self._signing.sign_once(page.number, pin)
        if signed.operator is None:
            raise DeskError(operator_words.refusal(signed.refusal or Refusal.WRONG, signed.wait_s))
        return signed

    def _open(self) -> Journal:
        journal = self._journal()
        if journal is None:
            raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")
        return journal
