"""A past entry explained again: its passage, facts and policy of that day, decided anew to the same result.

The record keeps all that `decide` looks at and nothing else: no name, no code. So these passages are good
for deciding, at the gate, in the center and years later, and for nothing else.
"""

from __future__ import annotations

from datetime import datetime

from station.core.decision import decide
from station.core.entry import Entry, FactPart, TemperaturePart
from station.core.facts import Fact, FactKind
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Obstacle,
    Passage,
    Site,
    Temperature,
    Trust,
    Vouch,
)
from station.core.moments import from_ms
from station.core.policy import NO_CODES, Policy, kept_policy
from station.core.problems import Unexplained as Unexplained
from station.core.reasons import Decision, ReasonCode

_CORRECTED = ReasonCode.CORRECTED_BY_OPERATOR.value


class ExplainError(ValueError):
    """The entry cannot be decided again; the entry itself is as good as ever."""

    def __init__(self, why: Unexplained, detail: str = "") -> None:
        super().__init__(f"{why.value}: {detail}" if detail else why.value)
        self.why = why


def explain(entry: Entry, policy_text: str) -> Decision:
    """The decision of that day, made again under the policy text of that day.

    Raises ExplainError, and PolicyError if the text is no policy.
    """
    policy = kept_policy(policy_text)
    if entry.policy.endswith(NO_CODES):
        policy = policy.without_codes()
    known_text = entry.policy_digest is None or entry.policy_digest == policy.digest
    if entry.policy != policy.label or not known_text:
        raise ExplainError(Unexplained.OTHER_POLICY, f"{entry.policy} is wanted, {policy.label} was given")
    return decide_again(entry, policy)


def decide_again(entry: Entry, policy: Policy) -> Decision:
    """What this policy decides on the passage of an entry, at its time. Raises ExplainError."""
    if is_operators_word(entry):
        raise ExplainError(Unexplained.OPERATOR)
    return decide(passage_of(entry), facts_of(entry), policy, entry.at)


def is_operators_word(entry: Entry) -> bool:
    """A correction by hand, which no rule decided."""
    return any(reason.code == _CORRECTED for reason in entry.reasons)


def passage_of(entry: Entry) -> Passage:
    """The passage that an entry records, as far as deciding needs it. Raises ExplainError."""
    try:
        return Passage(
            claim=_claim(entry),
            temperature=_temperature(entry.temperature),
            closing=Closing(entry.closing),
            in_doubt=_temperature(entry.in_doubt),
            direction=Direction(entry.direction),
            gate=entry.gate,
        )
    except ValueError as error:
        raise ExplainError(Unexplained.NEWER, str(error)) from error


def facts_of(entry: Entry) -> tuple[Fact, ...]:
    """The facts that an entry records. Raises ExplainError."""
    try:
        return tuple(_fact(part) for part in entry.facts)
    except (ValueError, OverflowError) as error:
        raise ExplainError(Unexplained.NEWER, str(error)) from error


def _claim(entry: Entry) -> Claim | None:
    claimed = entry.closing != Closing.NO_CLAIM if entry.claimed is None else entry.claimed
    if not claimed:
        return None
    vouch = Vouch(entry.vouch) if entry.vouch else None
    return Claim("", 0.0, _credential(entry), entry.person_id, vouch)


def _credential(entry: Entry) -> Credential | None:
    part = entry.code
    if part is None:
        return None
    return Credential(
        CodeKind(part.kind),
        Trust(part.trust),
        CodeStatus(part.status),
        made_at=_moment(part.made_at_ms),
        gates=part.gates,
    )


def _temperature(part: TemperaturePart | None) -> Temperature | None:
    if part is None:
        return None
    return Temperature(
        raw_c=part.raw_c,
        value_c=part.value_c,
        site=Site(part.site),
        ambient_c=part.ambient_c,
        instrument=Instrument(part.instrument, part.family),
        rule=part.rule,
        samples=part.samples,
        at=0.0,
        limit_c=part.limit_c,
        obstacle=Obstacle(part.obstacle) if part.obstacle else None,
    )


def _fact(part: FactPart) -> Fact:
    return Fact(
        FactKind(part.kind), part.value, from_ms(part.as_of_ms), part.source, _moment(part.valid_until_ms)
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
