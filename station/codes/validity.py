"""From when until when a code holds. The clock is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from station.codes.result import Problem, damaged
from station.core.model import CodeStatus

# "Implementers MAY provide for some small leeway, usually no more than a few minutes, to account
# for clock skew" (RFC 7519 section 4.1.5). Given to the start only: a fresh pass shall not be refused
# because the gate's PC is slow, and an expired one gains nothing.
LEEWAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Validity:
    """Both ends in UTC; an absent end is open."""

    start: datetime | None
    end: datetime | None

    def problem(self, now: datetime) -> Problem | None:
        """Why the code does not hold at `now`, if it does not."""
        # The last second still counts: RFC 7519 section 4.1.4 says "on or after", but issuers of three
        # countries label it valid in their test data (dgc-testdata DK, ES, IE).
        if self.end is not None and now > self.end:
            return Problem(CodeStatus.EXPIRED, f"expired {self.end:%Y-%m-%d %H:%M} UTC")
        if self.start is not None and now + LEEWAY < self.start:
            return Problem(CodeStatus.NOT_YET_VALID, f"valid from {self.start:%Y-%m-%d %H:%M} UTC")
        return None


def moment(value: object) -> datetime | None:
    """A NumericDate (seconds since 1970, RFC 7519 section 2) or CBOR date as UTC; None stays None.

    Raises CodeError (damaged) for anything else, and for dates that no calendar holds.
    """
    match value:
        case None:
            return None
        case datetime() if value.tzinfo is not None:
            return _in_utc(value)
        case bool():
            raise damaged("a date is not a number")
        case int() | float():
            return _from_seconds(value)
    raise damaged("a date is not a number")


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:  # its zone takes it before the year 1 or beyond 9999
        raise damaged("a date is out of range") from None


def _from_seconds(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):  # not finite, too large for C, beyond year 9999
        raise damaged("a date is out of range") from None
