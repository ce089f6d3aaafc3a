"""Two keys of one code: the station's own, under which it is known here, and the district's, once enrolled.

The text of a code is at hand only while it is shown. Then both keys are worked out, and the pair is kept with
the next entry, so that what the center says of a code later is found by the key that lies here.
"""

from __future__ import annotations

from station.journal.enrolment import read_enrolment
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.shared_keys import shared_code
from station.sync.items import shared_key

_REMEMBERED = 10_000  # codes; a busy gate's week


class CodeKeys:
    """One lane's. Without a center it gives the station's own keys and knows no others."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._vault = journal, journal.vault
        self._shared: dict[str, str] = {}  # by the station's own key, oldest first
        self._carried = set[str]()  # texts of whoever stood at the lane when somebody signed in
        self.refresh()

    def refresh(self) -> None:
        """The enrolment may have changed. Raises JournalError, VaultError."""
        enrolment = (
            None if self._vault.locked else read_enrolment(self._journal.connection, self._vault)
        )  # locked: whoever signs in begins anew
        self.district_key = enrolment.district_key if enrolment else None
        self.called = enrolment.name if enrolment else ""  # by the center
        self._shared.clear()
        self._journal.code_pairs.clear()
        if self._vault.locked:
            self._carried.clear()
        for text in self._carried:
            self.of(text)

    def again(self, key: str) -> str:
        """The key by now of a code that was shown while nobody had signed in; any other one is its own."""
        text = None if self._vault.locked else self._vault.shown_while_locked(key)
        if text is None:
            return key
        self._carried.add(text)
        return self.of(text)

    def of(self, text: str) -> str:
        """The station's own key of a code's text."""
        local = self._vault.code_key(text)
        if self.district_key is not None and local not in self._shared:
            self._remember(local, shared_key(self.district_key, "code", text))
        return local

    def shared(self, local: str) -> str | None:
        """The shared key of a code that was shown here; None: it was not, or there is no center.

        Raises JournalError.
        """
        if self.district_key is None:
            return None
        if local not in self._shared:
            with storage_errors():
                return shared_code(self._journal.connection, local)
        return self._shared[local]

    def _remember(self, local: str, shared: str) -> None:
        for kept in (self._shared, self._journal.code_pairs):
            kept[local] = shared
            if len(kept) > _REMEMBERED:
                del kept[next(iter(kept))]
