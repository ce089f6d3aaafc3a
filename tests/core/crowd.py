"""Anybody who might come to a gate, with anything that might be known of them: for property tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from station.core.facts import Fact, FactKind, IsolationState, RecheckState, TestState
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
from tests.core.rulebook import RULES

NOW = datetime(2026, 11, 21, 8, 30, 0, 123_456, tzinfo=UTC)
SENSIBLE: dict[FactKind, list[str]] = {
    FactKind.IDENTITY: [
        "resident",
        "tenant",
        "courier",
        "visitor",
        "medical",
        "worker",
        "staff",
        "volunteer",
    ],
    FactKind.COLOUR: ["green", "yellow", "red"],
    FactKind.LAST_PASSAGE: [*Direction],
    FactKind.RECHECK: [*RecheckState],
    FactKind.ISOLATION: [*IsolationState],
    FactKind.ISOLATION_PENDING: [*IsolationState],
    FactKind.TEST: [*TestState],
    FactKind.RIGHT: ["all", "none", "east,west"],
    FactKind.BLOCK: ["none", "lost_card", "moved_out"],
    FactKind.EXPECTED: ["yes", "no"],
    FactKind.TRAVEL: ["yes", "no"],
    FactKind.OCCUPATION: ["driver", "cold_chain", "medical", "none"],
    FactKind.OUTING: ["0", "1", "3"],
    FactKind.INSIDE: [*Direction],
    FactKind.OCCUPANCY: ["3", "170/180", "180/180"],
    FactKind.MEASURED: ["normal"],
    FactKind.BROUGHT: ["guardian", "proxy"],
    FactKind.LOOKUP: ["locked", "changed", "unreadable"],
}
NONSENSE = ["", "胡说", "9/x", "-1", "²", "9" * 20, "none", "yes", "normal"]

moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
recent = st.builds(lambda s: NOW + timedelta(seconds=s), st.floats(-400_000, 100_000))
words = st.sampled_from(NONSENSE) | st.text(max_size=5)
facts = st.sampled_from(FactKind).flatmap(
    lambda kind: st.builds(
        Fact,
        st.just(kind),
        st.sampled_from(SENSIBLE[kind]) | st.sampled_from(SENSIBLE[kind]) | words,
        recent | recent | moments,
        st.just("s"),
        st.none() | recent | moments,
    )
)
credentials = st.builds(
    Credential,
    st.sampled_from(CodeKind),
    st.sampled_from(Trust),
    st.sampled_from(CodeStatus),
    made_at=st.none() | recent,
    gates=st.sampled_from([(), ("east",), ("west", "north")]),
)
claims = st.builds(
    Claim, st.just("key"), st.just(0.0), st.none() | credentials, vouch=st.none() | st.sampled_from(Vouch)
)
temperatures = st.builds(
    lambda value, site, limit, obstacle: Temperature(
        value, value, site, None, Instrument("t", "f"), "raw/1", (value,), 1.0, limit, obstacle
    ),
    st.floats(-70, 400),
    st.sampled_from(Site),
    st.none() | st.floats(30, 40),
    st.none() | st.sampled_from(Obstacle),
)
passages = st.builds(
    Passage,
    st.none() | claims,
    st.none() | temperatures,
    st.sampled_from(Closing),
    st.none() | temperatures,
    st.sampled_from(Direction),
    st.sampled_from(["", "east"]),
)
policies = st.sampled_from([*RULES.values(), *(policy.without_codes() for policy in RULES.values())])
