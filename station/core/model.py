"""The words of the gate, as values: what was seen, what is known, what was decided.

Everything here is immutable and free of I/O. Wall times are aware `datetime`s in UTC; times named
`at` on scans and samples are monotonic seconds, because wall time never orders anything at the gate.
Temperatures are degrees Celsius.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station.core.asking import Asked
from station.core.facts import Fact as Fact
from station.core.facts import FactKind as FactKind
from station.core.facts import RecheckState as RecheckState
from station.core.reasons import Decision as Decision
from station.core.reasons import Reason as Reason
from station.core.reasons import ReasonCode as ReasonCode
from station.core.reasons import Severity as Severity


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


# --- passages ---------------------------------------------------------------------------------


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
    unmeasured: bool = False  # no temperature is asked of them
    asks: tuple[Asked, ...] = ()  # what the volunteer can see or ask meanwhile
    brought_by: str | None = None  # the person's id of who stands for them: a guardian, a proxy
    way: Direction | None = None  # of whoever waits to be measured again: where they were going


class Closing(StrEnum):
    """How a passage ended; kept with the entry, so that it can be explained."""

    PAIRED = "paired"
    TIMEOUT = "timeout"
    DISPLACED = "displaced"  # another code came while this one waited
    CONCLUSIVE = "conclusive"  # the code alone meant STOP
    UNMEASURED = "unmeasured"  # the policy asks for no temperature of this person now
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
    gate: str = ""  # its name, where rights to single gates are kept; empty: every right holds here


# --- devices, as the screen hears of them -----------------------------------------------------


class DeviceKind(StrEnum):
    CAMERA = "camera"
    THERMOMETER = "thermometer"
    SCANNER = "scanner"
    BARRIER = "barrier"
    SOUND = "sound"


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
    moving: bool = False  # somebody or something is there


@dataclass(frozen=True, slots=True)
class ThermalView:
    """A coarse picture of warmth: is somebody there, and where. It holds no degrees to judge by.

    Seen as the camera sees: left is left. Places are counted in spots from the top left one.
    """

    width: int
    height: int
    shades: bytes = field(repr=False)  # row by row; 0 is the coolest spot of the scene, 255 the warmest
    warmest: tuple[int, int]  # column, row
    face: tuple[int, int, int, int] | None  # left, top, width, height of what may be one
    name: str
    emulated: bool = False


# What devices publish, and what the lane's one loop takes:
DeviceEvent = Scan | Sample | DeviceStatus | View | ThermalView


class Phase(StrEnum):
    IDLE = "idle"  # nobody, or nothing begun
    NEEDS_TEMPERATURE = "needs_temperature"  # a code was shown, the reading is awaited
    NEEDS_CODE = "needs_code"  # a reading was taken, the code is awaited
    ONE_BY_ONE = "one_by_one"  # two people got mixed: ask for one, give no reading to anyone
