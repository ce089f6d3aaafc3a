"""What a gate tells its center besides entries: calls for help, what is done, who is on duty. Pure.

A report has an id, a kind and a version; its newest version is how the thing stands now. The center keeps
every authentic one, also of kinds that it does not know yet. Bodies are MessagePack arrays whose fields only
ever append; see docs/sync.md. Names and free text are in bodies only, never in a `repr`.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import Annotated, TypeVar

import msgspec

from station.sync.bundle import LONGEST_WORD, Id16, Milliseconds, Number, Word

MOST_REPORTS = 50  # of one request
MOST_REPORT_BYTES = 256 * 1024  # of the bodies of one request
LONG_REPORT_BYTES = 8 * 1024  # travels for seconds on a line of 2G: what is shorter goes first
MOST_PICTURE_BYTES = 100_000  # JPEG
MOST_LINE = 500  # characters of what is said in a case

MOST_WORD = LONGEST_WORD  # characters
MOST_SAID = 2000  # that the wire carries in one line
MOST_TEXT = 20_000

Line = Annotated[str, msgspec.Meta(max_length=MOST_SAID)]
Text = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
Picture = Annotated[bytes, msgspec.Meta(max_length=MOST_PICTURE_BYTES)]
Body = Annotated[bytes, msgspec.Meta(max_length=MOST_REPORT_BYTES)]


class Kind(StrEnum):
    """What a report is about. The center keeps words that are not here, too."""

    CASE = "case"
    CASE_LINE = "case_line"
    TASK_DONE = "task_done"
    NOTICE_READ = "notice_read"
    HANDOVER = "handover"
    DUTY = "duty"
    LOOKBACK = "lookback"
    SIGNUP = "signup"


class CaseKind(StrEnum):
    WHISTLE = "whistle"  # 吹哨: somebody has to come
    QUESTION = "question"  # 问中心: an unclear person
    REQUEST = "request"  # of a household


class CaseState(StrEnum):
    """How the gate sees its own case."""

    OPEN = "open"
    ARRIVED = "arrived"  # 报到: somebody is there
    CLOSED = "closed"


class Report(msgspec.Struct, frozen=True, array_like=True, repr_omit_defaults=True):
    """One report as it travels. `version` counts up at the gate with each change."""

    id: Id16
    kind: Word
    version: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    at_ms: Milliseconds  # when it was changed last, by the gate's clock
    body: Body = b""

    def __repr__(self) -> str:
        return f"Report({self.kind!r}, {self.id.hex()}, version {self.version})"


class Reports(msgspec.Struct, frozen=True, array_like=True):
    """Up: some of what the center has not taken yet, oldest first."""

    v: int
    station: Id16
    reports: Annotated[tuple[Report, ...], msgspec.Meta(min_length=1, max_length=MOST_REPORTS)]


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """Down, signed: these are committed at the center, in these versions or newer ones."""

    v: int
    station: Id16
    taken: Annotated[tuple[tuple[Id16, Number], ...], msgspec.Meta(max_length=MOST_REPORTS)]
    server_ms: Milliseconds = 0
    epoch: Annotated[bytes, msgspec.Meta(max_length=16)] = b""  # of the center; empty: it is an older one


# --- bodies -------------------------------------------------------------------------------------


class Lane(msgspec.Struct, frozen=True, array_like=True):
    """How the lane is while somebody calls for help."""

    gate: Word = ""
    lane: Word = ""
    direction: Word = ""
    devices: tuple[tuple[Word, Word], ...] = ()  # kind or name, and its state
    waiting: Word = ""  # whoever stands there, masked
    verdict: Word = ""  # of the newest entry
    reasons: tuple[Word, ...] = ()
    incarnation: Number = 0  # of the newest entry, with its number; 0: there is none
    entry: Number = 0
    entry_id: Annotated[bytes, msgspec.Meta(max_length=16)] = b""
    entry_at_ms: Milliseconds = 0
    pending: Number = 0  # entries that the center does not have yet

    def __repr__(self) -> str:
        return f"Lane({self.gate!r}, {self.lane!r}, …)"


class CaseReport(msgspec.Struct, frozen=True, array_like=True):
    """`case`: a call for help, a question, a request."""

    kind: Word  # CaseKind
    at_ms: Milliseconds
    what: Word = ""  # fever, quarrel, fainted, device, other …; empty: not said yet
    title: Line = ""
    text: Text = ""
    lane: Lane = Lane()
    picture: Picture = b""  # JPEG; empty: none
    state: Word = CaseState.OPEN.value
    by: Word = ""  # who is on duty, as signed in: a number or a name
    about: Word = ""  # the person, masked
    person_id: Word = ""
    arrived_ms: Milliseconds | None = None
    closed_ms: Milliseconds | None = None

    def __repr__(self) -> str:
        return f"CaseReport({self.kind!r}, {self.what!r}, {self.state!r}, …)"


class CaseLine(msgspec.Struct, frozen=True, array_like=True):
    """`case_line`: something that the gate says in a case."""

    case: Id16
    at_ms: Milliseconds
    by: Word
    text: Line

    def __repr__(self) -> str:
        return f"CaseLine({self.case.hex()}, …)"


class TaskDone(msgspec.Struct, frozen=True, array_like=True):
    """`task_done`: a task of the center is done at this gate, or not after all."""

    task: Word
    at_ms: Milliseconds
    by: Word = ""
    done: bool = True
    note: Line = ""

    def __repr__(self) -> str:
        return f"TaskDone({self.task!r}, {self.done})"


class NoticeRead(msgspec.Struct, frozen=True, array_like=True):
    """`notice_read`: somebody at this gate has read it."""

    notice: Word
    at_ms: Milliseconds
    by: Word = ""

    def __repr__(self) -> str:
        return f"NoticeRead({self.notice!r})"


class HandoverReport(msgspec.Struct, frozen=True, array_like=True):
    """`handover`: the sheet of a shift. `counts` are words with numbers, `points` sections with text."""

    begin_ms: Milliseconds
    end_ms: Milliseconds
    gate: Word = ""
    shift: Word = ""  # id of the shift; empty: of no rota
    outgoing: tuple[Word, ...] = ()
    incoming: tuple[Word, ...] = ()
    counts: tuple[tuple[Word, int], ...] = ()
    points: tuple[tuple[Word, Line], ...] = ()
    remark: Text = ""
    outgoing_signed_ms: Milliseconds | None = None
    incoming_signed_ms: Milliseconds | None = None

    def __repr__(self) -> str:
        return f"HandoverReport({self.begin_ms}, {self.end_ms}, …)"


class DutyReport(msgspec.Struct, frozen=True, array_like=True):
    """`duty`: who is on duty at this lane, and how far their checklist is."""

    since_ms: Milliseconds
    who: tuple[Word, ...] = ()
    until_ms: Milliseconds | None = None  # None: still on duty
    gate: Word = ""
    lane: Word = ""
    shift: Word = ""
    checklist: tuple[tuple[Word, Milliseconds | None, Word], ...] = ()  # point, ticked when, by whom

    def __repr__(self) -> str:
        return f"DutyReport({self.since_ms}, {self.until_ms}, …)"


class LookbackReport(msgspec.Struct, frozen=True, array_like=True):
    """`lookback`: what became of somebody's past passages when a fact about them changed."""

    at_ms: Milliseconds
    person_id: Word = ""
    cause: Word = ""  # the fact's kind and value
    since_ms: Milliseconds | None = None
    entries: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=1000)] = ()  # ids of theirs that differ
    passages: Number = 0
    beside: Number = 0  # passages of others close in time
    still_inside: Annotated[tuple[Word, ...], msgspec.Meta(max_length=1000)] = ()  # ids of persons
    task: Word = ""
    seen_ms: Milliseconds | None = None  # when somebody at the gate has dealt with it

    def __repr__(self) -> str:
        return f"LookbackReport({self.at_ms}, {self.passages} passages)"


class Signup(msgspec.Struct, frozen=True, array_like=True):
    """`signup`: 我报名, somebody takes a shift, or leaves it again."""

    shift: Word
    name: Word
    at_ms: Milliseconds
    leaves: bool = False

    def __repr__(self) -> str:
        return f"Signup({self.shift!r}, …)"


BODIES: dict[str, type[msgspec.Struct]] = {
    Kind.CASE: CaseReport,
    Kind.CASE_LINE: CaseLine,
    Kind.TASK_DONE: TaskDone,
    Kind.NOTICE_READ: NoticeRead,
    Kind.HANDOVER: HandoverReport,
    Kind.DUTY: DutyReport,
    Kind.LOOKBACK: LookbackReport,
    Kind.SIGNUP: Signup,
}

_Struct = TypeVar("_Struct", bound=msgspec.Struct)
_encoder = msgspec.msgpack.Encoder()


def encode_body(body: msgspec.Struct) -> bytes:
    """The bytes of a report's body."""
    return _encoder.encode(body)


def decode_body(body: bytes, kind: type[_Struct]) -> _Struct:
    """A report's body. Raises ValueError for bytes that are none."""
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def words_first(report: Report, sent: int) -> Report:
    """A case whose words the center does not have, either, without its picture: they do not wait for it.

    They have the version before (`versions_for`). A picture that is all that is new goes as it is.
    """
    words = _without_picture(report.kind, report.body)
    if words is None or report.version - 1 <= sent:
        return report
    return msgspec.structs.replace(report, version=report.version - 1, body=words)


def versions_for(kind: str, before: bytes | None, after: bytes, *, all_sent: bool) -> int:
    """By how many versions a body is newer: of a case with a picture its words have one of their own, unless
    they are as before. `all_sent`: the center has what was before; its picture is not taken from it again.
    """
    words = _without_picture(kind, after)
    if words is None or before is None:
        return 1 if words is None else 2
    words_before = _without_picture(kind, before)
    if words_before is not None and all_sent:
        return 1
    return 1 if words == (before if words_before is None else words_before) else 2


def _without_picture(kind: str, body: bytes) -> bytes | None:
    """The words of a case; None: it has no picture that is worth a way of its own."""
    if kind != Kind.CASE or len(body) <= LONG_REPORT_BYTES:
        return None
    try:
        case = decode_body(body, CaseReport)
    except ValueError:
        return None
    return encode_body(msgspec.structs.replace(case, picture=b"")) if case.picture else None


def named_id(kind: str, station: bytes, name: str) -> bytes:
    """The id of what there is once only at a gate: this notice read, that task done."""
    return sha256(b"\0".join((b"kakou report", kind.encode(), station, name.encode()))).digest()[:16]
