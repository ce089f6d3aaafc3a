"""The words of the gate, as values: what was seen, what is known, what was decided.

Everything here is immutable and free of I/O. Wall times are aware `datetime`s in UTC; times named
`at` on scans and samples are monotonic seconds, because wall time never orders anything at the gate.
Temperatures are degrees Celsius.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
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


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


# --- codes ------------------------------------------------------------------------------------


class CodeKind(StrEnum):
    """What sort of text a QR code held."""

    GATE_PASS = "gate_pass"  # GP1: issued by this station or its center
    HCERT = "hcert"  # HC1: EU DCC, WHO GDHCN
    SHC = "shc"  # SMART Health Card
    REGIONAL = "regional"  # opaque token of a province's health code
    PLACE = "place"  # 场所码 / 小区码: the person's phone should scan it, not we
    PAYMENT = "payment"
    LINK = "link"
    OTHER_HEALTH = "other_health"  # a health format that we name but do not verify
    OTHER = "other"


class Trust(StrEnum):
    VERIFIED = "verified"  # a signature was checked against a key we hold
    RECOGNISED = "recognised"  # the shape is known, nothing was proved
    UNKNOWN = "unknown"


class CodeStatus(StrEnum):
    """What a code proved. "Cannot check" is never shown as "invalid"."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_USE = "wrong_use"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_ISSUER = "unknown_issuer"
    DAMAGED = "damaged"
    CANNOT_CHECK = "cannot_check"
    NOT_A_HEALTH_CODE = "not_a_health_code"


@dataclass(frozen=True, slots=True)
class Credential:
    """What one code text proved. Holds no raw text: tokens are neither stored nor logged."""

    kind: CodeKind
    trust: Trust
    status: CodeStatus
    issuer: str | None = None
    subject: str | None = field(default=None, repr=False)  # a name: never in a log line
    region: str | None = None  # for regional codes: which shape matched
    reason: str | None = None  # what is missing or broken, for `station verify` and support
    made_at: datetime | None = None  # UTC, by the code's own time stamp: proved only if `trust` is verified
    valid_until: datetime | None = None  # UTC
    pass_id: str | None = None  # gate passes: what a revocation names
    dwelling: str | None = field(default=None, repr=False)  # gate passes, e.g. 3-2-501
    gates: tuple[str, ...] = ()  # gate passes: the gates it opens; none named means all


@dataclass(frozen=True, slots=True)
class Scan:
    """A confirmed code text: seen steadily, once. `text` is personal; never log it."""

    text: str = field(repr=False)
    at: float  # monotonic s
    reader: str  # zxing, pyzbar, scanner, keyboard
    source: str  # camera path, file name …


# --- temperature ------------------------------------------------------------------------------


class Site(StrEnum):
    """Where a temperature was taken, or what the instrument says that it shows."""

    OBJECT = "object"  # whatever is in front of the sensor: skin, as measured
    FOREHEAD = "forehead"
    WRIST = "wrist"
    NECK = "neck"
    EAR = "ear"
    BODY = "body"  # the instrument's own body estimate, or a clinical thermometer


@dataclass(frozen=True, slots=True)
class Reading:
    """One value out of an instrument's bytes, exactly as the instrument gave it."""

    value_c: float
    site: Site
    ambient_c: float | None = None


@dataclass(frozen=True, slots=True)
class FrameError:
    """Bytes that were not a reading: a bad checksum, a fault text, an over-long line."""

    reason: str  # checksum, fault, overlong, not_a_number …
    data: bytes


@dataclass(frozen=True, slots=True)
class Instrument:
    """Which thermometer spoke. `emulated` is carried along, never asked by deciding code."""

    name: str  # what the volunteer would call it, or its port
    family: str  # slug: gy-mcu90614, lu90614, ascii-bridge, by-hand
    emulated: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A reading with its instrument and the moment it arrived."""

    reading: Reading
    at: float  # monotonic s
    instrument: Instrument


class Obstacle(StrEnum):
    """Why a reading is no measurement (`core.measurability`). It decides nothing about anybody."""

    NOBODY = "nobody"
    TOO_FAR = "too_far"
    COLD_SKIN = "cold_skin"
    NOT_SETTLED = "not_settled"  # the instrument is warming up, or was brought in from the cold
    AMBIENT_TOO_COLD = "ambient_too_cold"
    AMBIENT_TOO_HOT = "ambient_too_hot"


@dataclass(frozen=True, slots=True)
class Temperature:
    """One screened measurement of one person, with the raw samples it rests on."""

    raw_c: float  # the sample that stands for the person: the plateau's peak
    value_c: float  # what is compared with the limits, derived by `rule`
    site: Site
    ambient_c: float | None
    instrument: Instrument
    rule: str  # name and version of the derivation from raw_c to value_c
    samples: tuple[float, ...]
    at: float  # monotonic s
    limit_c: float | None = None  # at or above is high, by `core.judgement`; None: the policy's for the site
    obstacle: Obstacle | None = None  # no measurement, unless it is high


# --- facts and passages -----------------------------------------------------------------------


class FactKind(StrEnum):
    IDENTITY = "identity"  # value: the person's category (resident, worker, courier …)
    COLOUR = "colour"  # value: green, yellow, red
    LAST_PASSAGE = "last_passage"  # value: in or out, the way in which this code passed last
    RECHECK = "recheck"  # value: a RecheckState, after the reading at hand


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about the person, how old it is and where it came from."""

    kind: FactKind
    value: str
    as_of: datetime  # UTC
    source: str  # roster, center, operator …


class RecheckState(StrEnum):
    """Where the recheck of somebody who measured too high stands (`core.recheck`)."""

    BEGUN = "begun"  # by this very reading
    OPEN = "open"  # not decided yet, one more reading is needed
    TOO_EARLY = "too_early"  # measured again before the wait was over: does not count
    CONFIRMED = "confirmed"
    CLEARED = "cleared"  # by this very reading


class Vouch(StrEnum):
    """What the volunteer said by hand about a person who showed no code."""

    KNOWN = "known"  # "I know this person, they live here"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says who they are: by a code, or by a volunteer's tap.

    `key` is equal for the same code and for no other (a keyed hash, never the text itself).
    `conclusive` is set when the claim alone justifies a STOP, so that no temperature is awaited.
    """

    key: str
    at: float  # monotonic s
    credential: Credential | None = None
    person_id: str | None = None
    vouch: Vouch | None = None
    conclusive: bool = False


class Closing(StrEnum):
    """How a passage ended; kept with the entry, so that it can be explained."""

    PAIRED = "paired"
    TIMEOUT = "timeout"
    DISPLACED = "displaced"  # another code came while this one waited
    CONCLUSIVE = "conclusive"  # the code alone meant STOP
    IN_DOUBT = "in_doubt"  # a reading came that may belong to somebody else
    BY_HAND = "by_hand"  # the volunteer said "no thermometer"
    NO_CLAIM = "no_claim"  # a fever that nobody showed a code for


@dataclass(frozen=True, slots=True)
class Passage:
    """One person, one attempt."""

    claim: Claim | None
    temperature: Temperature | None
    closing: Closing
    in_doubt: Temperature | None = None  # a reading that may be somebody else's: kept, never judged by
    direction: Direction = Direction.IN


# --- decision ---------------------------------------------------------------------------------


class ReasonCode(StrEnum):
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
    PERSON_KNOWN = "person_known"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_VOUCHED = "person_vouched"
    COLOUR_GREEN = "colour_green"
    COLOUR_YELLOW = "colour_yellow"
    COLOUR_RED = "colour_red"
    COLOUR_STALE = "colour_stale"
    COLOUR_MISSING = "colour_missing"
    TEMPERATURE_NORMAL = "temperature_normal"
    TEMPERATURE_HIGH = "temperature_high"
    TEMPERATURE_TOO_LOW = "temperature_too_low"  # a cold forehead: not a measurement
    TEMPERATURE_IMPLAUSIBLE = "temperature_implausible"
    TEMPERATURE_MISSING = "temperature_missing"
    TEMPERATURE_IN_DOUBT = "temperature_in_doubt"
    TEMPERATURE_NOT_MEASURED = "temperature_not_measured"  # too cold here, too far … : decides nothing
    RECHECK_OPEN = "recheck_open"  # was too high before, and not enough readings have answered that
    RECHECK_TOO_EARLY = "recheck_too_early"
    RECHECK_CONFIRMED = "recheck_confirmed"
    RECHECK_CLEARED = "recheck_cleared"
    SAME_WAY_AGAIN = "same_way_again"  # passback: in, and in again, without having left by this gate
    CORRECTED_BY_OPERATOR = "corrected_by_operator"


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


# --- devices, as the screen hears of them -----------------------------------------------------


class DeviceKind(StrEnum):
    CAMERA = "camera"
    THERMOMETER = "thermometer"
    SCANNER = "scanner"


class DeviceState(StrEnum):
    SEARCHING = "searching"  # not opened yet
    WORKING = "working"  # data arrives
    SILENT = "silent"  # open, but nothing arrives
    LOST = "lost"  # gone, reconnecting
    ABSENT = "absent"  # none configured


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One line of device health. "Working" is said of data, never of an open socket."""

    kind: DeviceKind
    state: DeviceState
    name: str
    emulated: bool = False
    detail: str = ""  # technical cause, for the log and `station doctor`, not for the volunteer


@dataclass(frozen=True, slots=True)
class Found:
    """A code located in a picture: its corners in pixels, clockwise from top left."""

    corners: tuple[tuple[float, float], ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One frame for the preview: contiguous BGR bytes, with the codes found in it."""

    pixels: memoryview = field(repr=False)  # height * width * 3, BGR
    width: int
    height: int
    found: tuple[Found, ...]
    brightness: float  # mean grey, 0-255; night and day follow it
    crowded: bool = False  # two different codes in view: ask for one
    too_small: bool = False  # a code is there, but too far away to be read


# What devices publish, and what the lane's one loop takes:
DeviceEvent = Scan | Sample | DeviceStatus | View
