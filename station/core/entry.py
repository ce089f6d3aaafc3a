"""The Entry: the record of a passage, and its canonical bytes.

The bytes are MessagePack arrays whose fields only ever append, each with its schema number first
(design section 9); the journal chains their hashes and the center stores them as they came.
Personal data is not in the record: `commitment` binds the part that lies encrypted beside it
(SHA-256 of salt and sealed bytes), so that it can be erased while the chain still verifies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from station.core.model import (
    Closing,
    Credential,
    Decision,
    Direction,
    Fact,
    Passage,
    Reason,
    ReasonCode,
    Severity,
    Temperature,
)
from station.core.moments import from_ms as from_ms
from station.core.moments import to_ms as to_ms

SCHEMA = 1


# Without gc: nothing in these can refer back to them, and a center decodes thousands at a time, which would
# make the collector look through all of them again and again.
class TemperaturePart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    raw_c: float
    value_c: float
    site: str
    ambient_c: float | None
    instrument: str
    family: str
    rule: str
    samples: tuple[float, ...]
    limit_c: float | None = None  # at or above was high at that moment
    obstacle: str | None = None


class CodePart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    kind: str
    trust: str
    status: str
    made_at_ms: int | None = None  # by the code's own time stamp
    gates: tuple[str, ...] = ()  # those that a gate pass names


class ReasonPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    code: str
    severity: int


class FactPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    kind: str
    value: str
    as_of_ms: int
    source: str
    valid_until_ms: int | None = None


class AuditPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Which record of the audit was the newest: it cannot be cut off behind an entry unseen."""

    number: int
    hash: bytes  # the first 16 bytes of its hash


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """One passage or one amendment, as it is hashed, stored and sent. Times are UTC milliseconds."""

    schema: int = SCHEMA
    id: bytes  # 16, see `make_id`
    at_ms: int
    mono_ms: int  # monotonic clock of this boot; with `boot` it orders what wall time cannot
    boot: str
    lane: str
    direction: str
    severity: int
    reasons: tuple[ReasonPart, ...]
    closing: str
    code: CodePart | None = None
    temperature: TemperaturePart | None = None
    vouch: str | None = None
    facts: tuple[FactPart, ...] = ()
    person_id: str | None = None
    operator: str | None = None
    policy: str
    amends: bytes | None = None  # the id of the entry that this one corrects
    emulated: bool = False
    commitment: bytes | None = None
    in_doubt: TemperaturePart | None = None  # a reading that may be somebody else's
    claimed: bool | None = None  # somebody said who they are; None: written before this was recorded
    gate: str = ""  # its name, where rights to single gates are kept
    policy_digest: str | None = None  # of the policy's text, `Policy.digest`
    override: str | None = None  # an OverrideReason: why an operator changed the verdict
    role: str | None = None  # of that operator, as it was then
    waited_ms: int | None = None  # since the first of code and reading; None: by hand, or written before this
    audit: AuditPart | None = None  # the newest record of the audit then, if an entry before does not name it

    @property
    def decision(self) -> Severity:
        return Severity(self.severity)

    @property
    def at(self) -> datetime:
        """Wall time of the decision, UTC."""
        return from_ms(self.at_ms)


class StoredEntry(msgspec.Struct, frozen=True):
    """An entry with its place in the journal."""

    number: int
    hash: bytes
    entry: Entry


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Entry)


def make_id(at: datetime, chance: bytes) -> bytes:
    """A UUID of version 7 (RFC 9562, section 5.7) of this moment and 10 random bytes.

    An index of them grows at its end: those of one hour lie on a few pages. Older ids are random throughout;
    nothing reads a time from one.
    """
    moment = (to_ms(at) & (1 << 48) - 1).to_bytes(6, "big")
    return moment + bytes([0x70 | chance[0] & 0x0F, chance[1], 0x80 | chance[2] & 0x3F]) + chance[3:10]


def encode(entry: Entry) -> bytes:
    """The canonical bytes of an entry."""
    return _encoder.encode(entry)


def decode(record: bytes) -> Entry:
    """The entry in canonical bytes. Raises msgspec.DecodeError when they are not one."""
    try:
        return _decoder.decode(record)
    except UnicodeDecodeError as error:  # msgspec does not count text that is no UTF-8 among its own errors
        raise msgspec.DecodeError(str(error)) from error


def temperature_part(temperature: Temperature) -> TemperaturePart:
    return TemperaturePart(
        raw_c=temperature.raw_c,
        value_c=temperature.value_c,
        site=temperature.site.value,
        ambient_c=temperature.ambient_c,
        instrument=temperature.instrument.name,
        family=temperature.instrument.family,
        rule=temperature.rule,
        samples=temperature.samples,
        limit_c=temperature.limit_c,
        obstacle=temperature.obstacle.value if temperature.obstacle else None,
    )


def from_passage(
    passage: Passage,
    facts: tuple[Fact, ...],
    decision: Decision,
    *,
    id: bytes,
    at: datetime,
    mono: float,
    boot: str,
    lane: str,
    direction: Direction,
    policy: str,
    emulated: bool,
    operator: str | None = None,
    amends: bytes | None = None,
    policy_digest: str | None = None,
) -> Entry:
    """The entry that records this passage and its decision, with all that explains it (`core.explain`)."""
    claim, credential = passage.claim, passage.claim and passage.claim.credential
    return Entry(
        id=id,
        at_ms=to_ms(at),
        mono_ms=int(mono * 1000),
        boot=boot,
        lane=lane,
        direction=direction.value,
        severity=int(decision.severity),
        reasons=tuple(ReasonPart(reason.code.value, int(reason.severity)) for reason in decision.reasons),
        closing=passage.closing.value,
        code=_code_part(credential) if credential else None,
        temperature=temperature_part(passage.temperature) if passage.temperature else None,
        vouch=claim.vouch.value if claim and claim.vouch else None,
        facts=tuple(_fact_part(fact) for fact in facts),
        person_id=claim.person_id if claim else None,
        operator=operator,
        policy=policy,
        amends=amends,
        emulated=emulated,
        in_doubt=temperature_part(passage.in_doubt) if passage.in_doubt else None,
        claimed=claim is not None,
        gate=passage.gate,
        policy_digest=policy_digest,
        waited_ms=_waited_ms(passage, mono),
    )


def _waited_ms(passage: Passage, mono: float) -> int | None:
    """How long somebody stood there with a code or a reading before the verdict."""
    shown = [one.at for one in (passage.claim, passage.temperature) if one is not None]
    by_hand = passage.closing is Closing.BY_HAND or not shown
    return None if by_hand else max(0, round((mono - min(shown)) * 1000))


def amendment(
    of: StoredEntry,
    severity: Severity,
    *,
    id: bytes,
    at: datetime,
    mono: float,
    boot: str,
    operator: str | None = None,
    override: str | None = None,
    role: str | None = None,
) -> Entry:
    """The entry that corrects `of` to `severity`; both stay in the journal (design invariant 2)."""
    first = of.entry
    return Entry(
        id=id,
        at_ms=to_ms(at),
        mono_ms=int(mono * 1000),
        boot=boot,
        lane=first.lane,
        direction=first.direction,
        severity=int(severity),
        reasons=(ReasonPart(ReasonCode.CORRECTED_BY_OPERATOR.value, int(severity)),),
        closing=Closing.BY_HAND.value,
        person_id=first.person_id,
        operator=operator,
        policy=first.policy,
        amends=first.amends or first.id,
        emulated=first.emulated,
        gate=first.gate,
        policy_digest=first.policy_digest,
        override=override,
        role=role,
    )


def decision_of(entry: Entry) -> Decision:
    """The decision that an entry records."""
    return Decision(
        tuple(Reason(Severity(reason.severity), ReasonCode(reason.code)) for reason in entry.reasons)
    )


def _fact_part(fact: Fact) -> FactPart:
    return FactPart(fact.kind.value, fact.value, to_ms(fact.as_of), fact.source, _maybe_ms(fact.valid_until))


def _code_part(credential: Credential) -> CodePart:
    return CodePart(
        credential.kind.value,
        credential.trust.value,
        credential.status.value,
        _maybe_ms(credential.made_at),
        credential.gates,
    )


def _maybe_ms(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def to_json(stored: StoredEntry) -> dict[str, Any]:
    """The stable JSON form of design section 12: absent means unknown, never null."""
    entry = stored.entry
    fields: dict[str, Any] = {
        "number": stored.number,
        "id": entry.id.hex(),
        "at": entry.at.isoformat(timespec="milliseconds"),
        "lane": entry.lane,
        "direction": entry.direction,
        "decision": entry.decision.word,
        "reasons": [{"code": r.code, "severity": Severity(r.severity).word} for r in entry.reasons],
        "closing": entry.closing,
        "code": entry.code and _code_json(entry.code),
        "temperature": entry.temperature and _temperature_json(entry.temperature),
        "temperature_in_doubt": entry.in_doubt and _temperature_json(entry.in_doubt),
        "vouch": entry.vouch,
        "person_id": entry.person_id,
        "operator": entry.operator,
        "policy": entry.policy,
        "amends": entry.amends and entry.amends.hex(),
        "override": entry.override,
        "role": entry.role,
        "emulated": entry.emulated,
        "hash": stored.hash.hex(),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _code_json(part: CodePart) -> dict[str, Any]:
    return {"kind": part.kind, "trust": part.trust, "status": part.status}


def _temperature_json(part: TemperaturePart) -> dict[str, Any]:
    fields = {
        "raw_c": part.raw_c,
        "value_c": part.value_c,
        "site": part.site,
        "ambient_c": part.ambient_c,
        "instrument": part.instrument,
        "rule": part.rule,
        "limit_c": part.limit_c,
        "obstacle": part.obstacle,
    }
    return {name: value for name, value in fields.items() if value is not None}
