"""Who the barrier opens for: whoever was let through just now, and nobody else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import pytest

from station import way_opening
from station.core.entry import StoredEntry, amendment
from station.core.model import Decision, Reason, ReasonCode, Severity
from station.core.outcome import (
    Corrected,
    NotStored,
    Outcome,
    Phase,
    Recorded,
    Repeated,
    StorageProblem,
    Waiting,
)
from station.equipment import barrier
from station.settings import SettingsError
from tests.core.crowd import NOW
from tests.core.test_explain import ENTRY

STORED = StoredEntry(7, bytes(32), ENTRY)


def decided(severity: Severity) -> Decision:
    return Decision((Reason(severity, ReasonCode.TEMPERATURE_NORMAL),))


def corrected(to: Severity, before: Severity = Severity.STOP) -> Corrected:
    entry = amendment(STORED, to, id=secrets.token_bytes(16), at=NOW, mono=1.0, boot="b")
    return Corrected(StoredEntry(8, bytes(32), entry), before)


@dataclass
class Way:
    """A barrier that remembers when it was told to open."""

    opened_at: list[float] = field(default_factory=list)

    def start(self) -> None: ...
    def stop(self) -> None: ...

    def open(self, decided_at: float) -> None:
        self.opened_at.append(decided_at)


@pytest.mark.parametrize(
    ("outcome", "opens"),
    [
        (Recorded(STORED, decided(Severity.PASS)), True),
        (Recorded(STORED, decided(Severity.RECHECK)), False),
        (Recorded(STORED, decided(Severity.STOP)), False),
        (corrected(Severity.PASS), True),
        (corrected(Severity.RECHECK), False),
        (corrected(Severity.PASS, before=Severity.PASS), False),  # their colour was asked afterwards
        (Repeated(STORED, decided(Severity.PASS)), False),  # the code is still held there, or again
        (NotStored(StorageProblem.DISK_FULL), False),
        (Waiting(Phase.NEEDS_TEMPERATURE), False),
    ],
)
def test_only_a_pass_of_this_moment_opens(outcome: Outcome, opens: bool) -> None:
    way, told = Way(), list[Outcome]()
    way_opening.opening(way, told.append, lambda: 42.0)(outcome)

    assert way.opened_at == ([42.0] if opens else [])
    assert told == [outcome]


@pytest.mark.parametrize(
    "address", ["/dev/ttyUSB1", "/dev/ttyUSB1,relay", "/dev/ttyUSB1,lcus,0", "/dev/ttyUSB1,lcus,x"]
)
def test_a_relay_that_is_written_wrong_is_named(address: str) -> None:
    with pytest.raises(SettingsError, match="barrier"):
        barrier(address)


@pytest.mark.parametrize("address", ["/dev/ttyUSB1,lcus", "/dev/ttyUSB1,modbus,8"])
def test_a_relay_and_its_channel(address: str) -> None:
    assert callable(barrier(address))
