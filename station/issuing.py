"""Gate passes from the roster to the signed text: who gets one, how long it lasts, who has one already.

The same for the command line and for the admin page. What is stored is `journal.passes`', how it is signed
`codes.issue`'s, how it looks on paper `reports.passes`'.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from station.codes.issue import issue as sign
from station.core.audit import Audited, Event
from station.core.passes import GatePass, Holder, PassError, PassKind
from station.journal.entries import Journal
from station.journal.passes import IssuedPass, Passes, SignedPass
from station.journal.people import Person

VALIDITY = timedelta(days=180)  # as Shanghai's printed code (离线随申码) of 2022
_ID_BYTES = 8


def printed(count: int) -> Event:
    """What goes on record of passes on paper: they tell names in full."""
    return Event(Audited.EXPORTED, facts=(("what", "passes"), ("passes", str(count)), ("masked", "no")))


class PassOffice:
    """Issues passes through a journal. All methods raise JournalError, VaultError and PassError.

    `now` is UTC and counts to the second: passes know no finer time.
    """

    def __init__(self, journal: Journal) -> None:
        self._passes = Passes(journal)

    def all(self) -> list[IssuedPass]:
        """Every pass, in the order of issue."""
        return self._passes.all()

    def issue(
        self, holders: Iterable[Holder], *, issuer: str, until: datetime, now: datetime
    ) -> list[SignedPass]:
        """A pass for everybody who has no valid one, all or none of them."""
        made = [_gate_pass(issuer, holder, until, now) for holder in without_pass(holders, self.all(), now)]
        key = self._passes.signing_key(issuer, now=now)
        signed = [SignedPass(gate_pass, sign(gate_pass, key)) for gate_pass in made]
        self._passes.add(signed, now=now)
        return signed

    def reissue(self, lost: GatePass, *, until: datetime, now: datetime) -> SignedPass:
        """A new pass that says the same as a lost one, which is taken back in the same commit."""
        new = _gate_pass(lost.issuer, lost.holder, until, now)
        signed = SignedPass(new, sign(new, self._passes.signing_key(lost.issuer, now=now)))
        self._passes.replace(lost.id, signed, now=now)
        return signed

    def revoke(self, ids: Iterable[bytes], *, now: datetime) -> None:
        """Take passes back, all or none."""
        self._passes.revoke(ids, now=now)


def holder_of(person: Person) -> Holder:
    """A person of the roster as a pass names them. Raises PassError for what no pass can say."""
    try:
        return Holder(person.name, person.dwelling, PassKind(person.category))
    except ValueError as error:  # an unusual name, or a category that only the center knows
        raise PassError(str(error)) from error


def current(passes: Iterable[IssuedPass], now: datetime) -> list[IssuedPass]:
    """Those that are neither taken back nor expired."""
    return [issued for issued in passes if issued.is_current(now)]


def without_pass(holders: Iterable[Holder], passes: Iterable[IssuedPass], now: datetime) -> Sequence[Holder]:
    """Those who have no valid pass; whoever lost theirs gets another number, by `reissue`."""
    served = {
        (issued.gate_pass.holder.name, issued.gate_pass.holder.dwelling) for issued in current(passes, now)
    }
    return [holder for holder in holders if (holder.name, holder.dwelling) not in served]


def last_day(now: datetime, zone: tzinfo) -> date:
    """How long a pass lasts if nobody says otherwise."""
    return (now + VALIDITY).astimezone(zone).date()


def last_second(day: date, zone: tzinfo) -> datetime:
    """The end of the last day, as the people at the gate count days; UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)


def _gate_pass(issuer: str, holder: Holder, until: datetime, now: datetime) -> GatePass:
    return GatePass(secrets.token_bytes(_ID_BYTES), issuer, holder, now, until)
