"""Who measured too high today and what became of it: the lane's list of rechecks, and the journal's word.

Who waits is in the lane's memory, with all readings. Who left is forgotten there after a while, so the
journal says it: the last entry of this day, or of this night, with their code that tells of a fever,
nobody let them in by hand, and they did not come back with a normal temperature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from station.core.entry import StoredEntry
from station.core.model import ReasonCode, Severity
from station.core.moments import from_ms
from station.core.policy import Policy
from station.core.recheck import Recheck, RecheckError, RecheckRule, Rechecks, Stage
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.lookbacks import Passages
from station.journal.memory import LaneMemory
from station.journal.presence import Presence
from station.journal.reader import Reader, day_bounds
from station.knowledge import by_hand, id_of
from station.presence_desk import TAIL, in_words, open_one
from station.ui.admin import rechecks_words
from station.ui.admin.inside_desk import DeskError, Fever, FeverReading, FeverState
from station.whoever import Whoever, whoever

_NIGHT = timedelta(hours=8)  # behind midnight the list goes on: who left is announced two hours later
_ENDED = {ReasonCode.RECHECK_CLEARED.value}
_CONFIRMED = {ReasonCode.RECHECK_CONFIRMED.value}
_HIGH = _ENDED | _CONFIRMED | {
    ReasonCode.TEMPERATURE_HIGH.value,
    ReasonCode.RECHECK_OPEN.value,
    ReasonCode.RECHECK_TOO_EARLY.value,
}  # fmt: skip


class StationFeverDesk:
    """`ui.admin.inside_desk.FeverDesk`. `journal` gives the open one, or None while the gate has none."""

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        policy: Callable[[], Policy],
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._journal, self._policy, self._now, self._zone = journal, policy, now, zone

    def today(self) -> Sequence[Fever]:
        return self.since(self._now() - _NIGHT)

    def since(self, began: datetime) -> Sequence[Fever]:
        """Those of today, and of the evening before from this moment on. Raises DeskError."""
        with in_words():
            journal = open_one(self._journal)
            presence = Presence(journal.connection, journal.vault)
            waiting = self._waiting(journal)
            told = self._told(journal, {recheck.key for recheck in waiting}, began)
            fevers = [self._fever_of(one, presence) for one in waiting]
            fevers += [self._fever_told(key, entries, presence) for key, entries in told.items()]
        return sorted(fevers, key=lambda one: (list(FeverState).index(one.state), one.since))

    def _rule(self) -> RecheckRule:
        return self._policy().temperature.recheck or RecheckRule()

    def _waiting(self, journal: Journal) -> tuple[Recheck, ...]:
        record = LaneMemory(journal).load("rechecks")
        try:
            return Rechecks.load(record, self._rule()).waiting() if record else ()
        except RecheckError as error:
            raise DeskError(rechecks_words.list_lost()) from error

    def _told(self, journal: Journal, waiting: set[str], began: datetime) -> dict[str, list[StoredEntry]]:
        """Entries of those whose fever was neither cleared nor waits, by their code's key."""
        midnight, end = map(from_ms, day_bounds(self._now().astimezone(self._zone).date(), self._zone))
        day = DutyLog(journal.connection).entries(min(midnight, began), end)
        high = [one for one in day if one.entry.amends is None and _reasons(one) & _HIGH]
        said = {one.entry.amends: one.entry.decision for one in day if one.entry.amends}  # the last counts
        by_key: dict[str, list[StoredEntry]] = {}
        passages = Passages(journal.connection)
        for one in high:
            by_key.setdefault(_key(journal, passages, one), []).append(one)
        return {
            key: entries
            for key, entries in by_key.items()
            if key not in waiting
            and not _reasons(entries[-1]) & _ENDED
            and said.get(entries[-1].entry.id) is not Severity.PASS
            and not passages.normal_after(entries[-1].entry.id)
        }

    def _fever_of(self, recheck: Recheck, presence: Presence) -> Fever:
        readings = tuple(
            FeverReading(one.at.astimezone(self._zone), one.value_c, one.high, one.site.value, one.instrument)
            for one in recheck.attempts
        )
        overdue = recheck.stage(self._now(), self._rule()) in (Stage.OVERDUE, Stage.LEFT)
        person, since = whoever(presence, id_of(recheck.key)), recheck.since.astimezone(self._zone)
        return _fever(FeverState.WAITS, person, since, readings, overdue=overdue)

    def _fever_told(self, key: str, entries: Sequence[StoredEntry], presence: Presence) -> Fever:
        confirmed = any(_reasons(one) & _CONFIRMED for one in entries)
        state = FeverState.CONFIRMED if confirmed else FeverState.LEFT
        person = whoever(presence, entries[-1].entry.person_id or id_of(key))
        since = entries[0].entry.at.astimezone(self._zone)
        return _fever(state, person, since, tuple(self._readings(entries)))

    def _readings(self, entries: Iterable[StoredEntry]) -> Iterable[FeverReading]:
        for one in entries:
            part, limits = one.entry.temperature, self._policy().temperature.limit_c
            if part:
                limit = part.limit_c or next((c for site, c in limits.items() if site == part.site), 37.3)
                at = one.entry.at.astimezone(self._zone)
                yield FeverReading(at, part.value_c, part.value_c >= limit, part.site, part.instrument)


def _fever(
    state: FeverState,
    who: Whoever | None,
    since: datetime,
    readings: tuple[FeverReading, ...],
    *,
    overdue: bool = False,
) -> Fever:
    name, masked, dwelling = (who.name, who.masked, who.dwelling) if who else ("", "", "")
    tail = who.phone[-TAIL:] if who else ""
    return Fever(state, name, masked, dwelling, tail, since, readings, overdue)


def _reasons(stored: StoredEntry) -> set[str]:
    return {reason.code for reason in stored.entry.reasons}


def _key(journal: Journal, passages: Passages, stored: StoredEntry) -> str:
    """As the lane's list has it: of the person, whatever they showed, or else of what they showed.

    Each entry without anything stands for itself.
    """
    subject = passages.subject_of(stored.entry.id)
    if subject is not None:
        return by_hand(subject) if subject == stored.entry.person_id else subject
    sealed = Reader(journal.connection).sealed_personal(stored.entry.id)
    return journal.vault.open(sealed, stored.entry.id).decode() if sealed else stored.entry.id.hex()
