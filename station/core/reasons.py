"""How a passage turns out: PASS, RECHECK or STOP, and every reason that a check can give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How a reason or a whole decision turns out. The order is the rule: the worst decides."""

    PASS = 0
    RECHECK = 1
    STOP = 2

    @property
    def word(self) -> str:
        """The spelling used in JSON and in the journal: pass, recheck, stop."""
        return self.name.lower()


class ReasonCode(StrEnum):
    # the code that was shown
    CODE_VALID = "code_valid"
    CODE_EXPIRED = "code_expired"
    CODE_NOT_YET_VALID = "code_not_yet_valid"
    CODE_REVOKED = "code_revoked"
    CODE_WRONG_USE = "code_wrong_use"
    CODE_BAD_SIGNATURE = "code_bad_signature"
    CODE_UNKNOWN_ISSUER = "code_unknown_issuer"
    CODE_DAMAGED = "code_damaged"
    CODE_CANNOT_CHECK = "code_cannot_check"
    CODE_NOT_A_HEALTH_CODE = "code_not_a_health_code"
    CODE_NOT_FRESH = "code_not_fresh"  # made too long ago: a screenshot, or a page that was not reloaded
    CODE_MISSING = "code_missing"
    CODE_SYSTEM_DOWN = "code_system_down"  # the code system is down: to be verified afterwards
    # who it is, and what they may
    PERSON_KNOWN = "person_known"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_VOUCHED = "person_vouched"
    PERSON_EXPECTED = "person_expected"  # announced, and here within the time (绿色通道)
    PERSON_EXPIRED = "person_expired"  # the registration has run out: a tenancy, a job
    EXPECTED_OTHER_TIME = "expected_other_time"
    VISITOR_NOT_EXPECTED = "visitor_not_expected"
    VISITORS_NOT_ADMITTED = "visitors_not_admitted"
    COURIERS_NOT_ADMITTED = "couriers_not_admitted"
    OTHERS_NOT_ADMITTED = "others_not_admitted"
    NOBODY_LEAVES = "nobody_leaves"  # sealed: care comes to the door
    RIGHT_MISSING = "right_missing"
    RIGHT_OTHER_GATE = "right_other_gate"
    RIGHT_EXPIRED = "right_expired"
    BLOCKED = "blocked"
    # health
    COLOUR_GREEN = "colour_green"
    COLOUR_YELLOW = "colour_yellow"
    COLOUR_RED = "colour_red"
    COLOUR_STALE = "colour_stale"
    COLOUR_MISSING = "colour_missing"
    ISOLATED_LEAVING = "isolated_leaving"
    ISOLATED_RETURNING = "isolated_returning"  # of those who live here: they belong at home, not at the gate
    ISOLATED_ENTERING = "isolated_entering"
    CONTACT_LEAVING = "contact_leaving"
    CONTACT_RETURNING = "contact_returning"
    CONTACT_ENTERING = "contact_entering"
    SUB_CONTACT = "sub_contact"
    ISOLATION_PENDING = "isolation_pending"
    ISOLATION_OVER = "isolation_over"  # its time is up, nobody has lifted it
    ISOLATION_UNCLEAR = "isolation_unclear"
    TEST_NEGATIVE = "test_negative"
    TEST_POSITIVE = "test_positive"
    TEST_STALE = "test_stale"
    TEST_MISSING = "test_missing"
    TEST_UNKNOWN = "test_unknown"
    TEST_NONE = "test_none"  # asked for, and there is none
    TRAVEL_DECLARED = "travel_declared"
    TRAVEL_NOT_ASKED = "travel_not_asked"
    # the rules of the place
    OUTING_USED_UP = "outing_used_up"
    OUTING_UNKNOWN = "outing_unknown"
    OUTING_OVERSTAYED = "outing_overstayed"
    CURFEW = "curfew"
    OCCUPANCY_FULL = "occupancy_full"
    OCCUPANCY_NEARLY_FULL = "occupancy_nearly_full"
    SAME_WAY_AGAIN = "same_way_again"  # passback: in, and in again, without having left by this gate
    # temperature
    TEMPERATURE_NORMAL = "temperature_normal"
    TEMPERATURE_HIGH = "temperature_high"
    TEMPERATURE_TOO_LOW = "temperature_too_low"  # a cold forehead: not a measurement
    TEMPERATURE_IMPLAUSIBLE = "temperature_implausible"
    TEMPERATURE_MISSING = "temperature_missing"
    TEMPERATURE_IN_DOUBT = "temperature_in_doubt"
    TEMPERATURE_NOT_MEASURED = "temperature_not_measured"  # too cold here, too far … : decides nothing
    TEMPERATURE_MEASURED_BEFORE = "temperature_measured_before"  # normal, some minutes ago
    RECHECK_OPEN = "recheck_open"  # was too high before, and not enough readings have answered that
    RECHECK_TOO_EARLY = "recheck_too_early"
    RECHECK_CONFIRMED = "recheck_confirmed"
    RECHECK_CLEARED = "recheck_cleared"

    SIGN_IN_FIRST = "sign_in_first"  # the lists are locked away until somebody signs in
    RECORD_CHANGED = "record_changed"  # what the lists say of them was changed by another program

    CORRECTED_BY_OPERATOR = "corrected_by_operator"


NEVER_HOLD = frozenset(  # no rule can turn them against anybody
    (
        ReasonCode.PERSON_KNOWN,
        ReasonCode.TEST_NEGATIVE,
        ReasonCode.TEMPERATURE_NORMAL,
        ReasonCode.TEMPERATURE_MEASURED_BEFORE,
        ReasonCode.RECHECK_CLEARED,
    )
)


@dataclass(frozen=True, slots=True)
class Reason:
    severity: Severity
    code: ReasonCode


@dataclass(frozen=True, slots=True)
class Decision:
    """PASS, RECHECK or STOP with all its reasons, worst first, equals in the order of the checks."""

    reasons: tuple[Reason, ...]

    @property
    def severity(self) -> Severity:
        """The worst of all reasons; RECHECK if there is none, for nothing was established."""
        return max((reason.severity for reason in self.reasons), default=Severity.RECHECK)
