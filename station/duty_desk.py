"""Who is on duty, also where nobody has a PIN: what the header says, and signing in on a hand-over sheet."""

from __future__ import annotations

import logging

from station.journal.duties import Duties
from station.journal.errors import JournalError, VaultError
from station.journal.masking import mask_name
from station.operators_desk import SHOWN, StationOperatorsDesk, answer
from station.ui.duty import Answer

log = logging.getLogger(__name__)


class StationDutyDesk(StationOperatorsDesk):
    """`ui.duty.Duty` of a gate whose duties are kept."""

    def shown(self) -> str:
        """Masked; of a name that was typed, too."""
        journal = self._journal()
        if self.signing.shift or journal is None:
            return super().shown()
        try:
            duty = Duties(journal).current()
        except (JournalError, VaultError) as error:
            log.debug("who is on duty cannot be read: %s", error)
            return ""
        return mask_name(duty.name)[:SHOWN] if duty and not duty.number else ""

    def sign_in_to_take_over(self, number: str, pin: str) -> Answer:
        """For the shift; whoever asks keeps record of its beginning."""
        return answer(lambda: self.signing.sign_in(number, pin, begins=False))
