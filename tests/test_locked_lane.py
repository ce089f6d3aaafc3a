"""A gate whose data keys are locked into PINs: what it does before anybody has signed in, and after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest

from station.app import Opening, Station
from station.core.asking import Answer, Question
from station.core.entry import StoredEntry
from station.core.model import Closing, Direction, Instrument, Reading, Sample, Scan, Severity, Site
from station.core.operators import Who
from station.core.outcome import ClockWarning, Corrected, NotMeasured, Outcome, RecheckList, Recorded
from station.core.override import Role
from station.equipment import Equipment
from station.journal import ram
from station.journal.check import check
from station.journal.errors import KeyProblem, VaultError
from station.journal.memory import LaneMemory
from station.journal.outbox import OutboxReader
from station.journal.people import People, Person
from station.journal.pins import Cost
from station.journal.recovery import is_key, unlock
from station.keys_office import KeyStatus, status, wrap
from station.picking import Picking
from station.rechecking import FEVER, joined
from station.running.way import Way
from station.settings import Settings
from station.signing_in import SigningIn
from station.unclaimed import UNCLAIMED

CHEAP = Cost(64, 1)
ZHANG = Person("p1", "张小强", "3-2-501", "resident", ("token-zhang",), phones=("13800001234",))


class Gate:
    """The real program without devices, and somebody who signs in."""

    def __init__(self, data: Path) -> None:
        self.data, self.heard, self.paper = data, list[Outcome](), ""
        self.start()

    def start(self) -> None:
        opening = Opening(self.data, Settings(), Equipment(camera=None), alone=True)
        self.station = Station(opening, post=lambda event: None, publish=self.heard.append)
        self.station.__enter__()
        self.signing = SigningIn(lambda: self.station.journal, cost=CHEAP)

    def crash(self) -> None:
        """As kill -9 leaves it, as far as the keys go: nobody takes them out of memory."""
        self.station._keys_watch.close = lambda: None  # type: ignore[method-assign]
        self.station.__exit__()
        self.start()

    def die(self) -> None:
        """As kill -9 leaves it, in full: nobody who is half done is recorded."""
        self.station._keys_watch.close = lambda: None  # type: ignore[method-assign]
        self.station.checkpoint.end = lambda key_now=str: None  # type: ignore[method-assign]
        self.station.__exit__()

    def cut_power(self) -> None:
        ram.forget(self.data)
        self.crash()

    def shows(self, text: str, value_c: float = 36.4) -> Recorded:
        """Somebody shows a code and is measured by hand."""
        at = self.station._clock.monotonic()
        self.station.handle(Scan(text, at, "zxing", "camera"))
        self.station.checkpoint.temperature_by_hand(value_c)
        self.station.tick()
        return next(one for one in reversed(self.heard) if isinstance(one, Recorded))

    def leaves_with_a_fever(self) -> Recorded:
        """Somebody is measured by hand, shows no code and goes away."""
        self.station.checkpoint.temperature_by_hand(38.6)
        self.station.checkpoint.start_over()
        return next(one for one in reversed(self.heard) if isinstance(one, Recorded))

    @property
    def waiting(self) -> list[str]:
        lists = [one for one in self.heard if isinstance(one, RecheckList)]
        return [one.key for one in lists[-1].waiting] if lists else []

    @property
    def keys(self) -> KeyStatus:
        return status(self.station.journal.connection, self.station.journal.vault)

    def subjects(self) -> list[str]:
        rows = self.station.journal.connection.execute("SELECT subject FROM movement ORDER BY position")
        return [subject for (subject,) in rows]

    def personal(self) -> list[str]:
        """What lies sealed beside each entry."""
        rows = self.station.journal.connection.execute(
            "SELECT sealed, entry.id FROM personal JOIN entry USING (position) ORDER BY position"
        )
        return [self.station.journal.vault.open(sealed, entry).decode() for sealed, entry in rows.fetchall()]


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A run-time folder that no disk holds."""
    shm = Path("/dev/shm")
    if os.name == "nt" or not shm.is_dir():
        pytest.skip("no folder in memory here")
    folder = Path(mkdtemp(dir=shm))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def gate(tmp_path: Path, in_memory: Path) -> Iterator[Gate]:
    """One resident, an admin and a volunteer, and the keys locked into the PIN of the admin."""
    gate = Gate(tmp_path / "data")
    journal, operators = gate.station.journal, gate.signing.operators
    People(journal).add([ZHANG], as_of=datetime.now(UTC))
    operators.add("1001", "王建国", Role.ADMIN, "730518")
    operators.add("2002", "李秀英", Role.VOLUNTEER, "4071", by=Who("1001", Role.ADMIN))
    gate.paper = wrap(journal, gate.signing.sign_in("1001", "730518"), datetime.now(UTC))
    gate.station.tick()
    yield gate
    gate.station.__exit__()


def codes(recorded: Recorded) -> set[str]:
    return {reason.code.value for reason in recorded.decision.reasons}


def test_signed_in_the_gate_knows_its_people(gate: Gate) -> None:
    assert "person_known" in codes(gate.shows("token-zhang"))


def test_before_anybody_signed_in_people_are_recorded_and_nobody_is_guessed(gate: Gate) -> None:
    gate.cut_power()
    assert gate.station.journal.vault.locked

    recorded = gate.shows("token-zhang")

    assert recorded.decision.severity is Severity.RECHECK
    assert "sign_in_first" in codes(recorded)
    assert recorded.person is None
    assert check(gate.data).ok


def test_what_was_recorded_before_the_sign_in_finds_its_person(gate: Gate) -> None:
    known = gate.shows("token-zhang")
    gate.cut_power()
    gate.shows("token-zhang")
    gate.shows("token-of-a-stranger")
    unknown = gate.subjects()[-2:]
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    stranger = gate.station.journal.vault.code_key("token-of-a-stranger")
    assert gate.subjects() == ["p1", "p1", stranger]
    assert not set(unknown) & {"p1", stranger}, "nothing of them was known"
    zhang = gate.station.journal.vault.code_key("token-zhang")
    assert gate.personal() == [zhang, zhang, stranger]
    assert "person_known" in codes(known)
    assert check(gate.data).ok


def test_a_fever_of_a_locked_gate_waits_for_that_person_after_the_sign_in(gate: Gate) -> None:
    gate.cut_power()
    gate.shows("token-zhang", 38.2)
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()

    assert gate.waiting == ["hand:p1"]
    assert "recheck_too_early" in codes(gate.shows("token-zhang", 36.4))


def test_who_waits_for_the_thermometer_while_somebody_signs_in_is_who_they_are(gate: Gate) -> None:
    """Their code had a key for that run only: the value typed next was a stranger's."""
    gate.cut_power()
    gate.station.handle(Scan("token-zhang", gate.station._clock.monotonic(), "zxing", "camera"))
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.checkpoint.temperature_by_hand(38.2)
    gate.station.tick()

    measured = next(one for one in reversed(gate.heard) if isinstance(one, Recorded))
    assert "person_known" in codes(measured)
    assert gate.waiting == ["hand:p1"]
    assert set(gate.subjects()) == {"p1"}
    assert set(gate.personal()) == {gate.station.journal.vault.code_key("token-zhang")}


def test_a_cold_forehead_stands_in_the_entry_of_who_waited_when_somebody_signed_in(gate: Gate) -> None:
    """The reading that was no measurement was of the key that their code had before."""
    gate.cut_power()
    at = gate.station._clock.monotonic()
    gate.station.handle(Scan("token-zhang", at, "zxing", "camera"))
    for tenth in range(15):
        cold = Sample(Reading(33.2, Site.BODY, 20.0), at + tenth / 10, Instrument("module", "lu90614"))
        gate.station.handle(cold)
    assert any(isinstance(one, NotMeasured) for one in gate.heard)
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    closed = next(one for one in reversed(gate.heard) if isinstance(one, Recorded))
    assert closed.stored.entry.temperature
    assert "temperature_too_low" in codes(closed)


def test_fever_of_a_locked_gate_whose_clock_is_behind_is_the_last_one_that_nobody_claimed(
    gate: Gate,
) -> None:
    """A power cut that took the clock back, too: who was measured between the two fevers was spared again."""
    gate.leaves_with_a_fever()
    gate.cut_power()
    gate.station._clock.now = lambda: datetime.now(UTC) - timedelta(hours=1)  # type: ignore[method-assign]
    last = gate.leaves_with_a_fever()
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    assert LaneMemory(gate.station.journal).load(FEVER) == last.stored.entry.id


@pytest.mark.parametrize("token", ["token-zhang", "token-of-a-stranger"])
def test_a_red_seen_on_a_telephone_is_still_red_when_somebody_signs_in(gate: Gate, token: str) -> None:
    """It was kept under the key that the code had before: the same code, shown again, was as good as ever."""
    gate.cut_power()
    gate.station.handle(Scan(token, gate.station._clock.monotonic(), "zxing", "camera"))
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    assert gate.shows(token).decision.severity is Severity.STOP


@pytest.mark.parametrize("token", ["token-zhang", "token-of-a-stranger"])
@pytest.mark.parametrize("locked", [False, True])
def test_a_red_seen_before_the_power_cut_is_red_after_the_sign_in(
    gate: Gate, token: str, *, locked: bool
) -> None:
    """Seen while somebody was signed in, or before; nobody is looked up in between."""
    if locked:
        gate.cut_power()
    gate.station.handle(Scan(token, gate.station._clock.monotonic(), "zxing", "camera"))
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.cut_power()
    gate.station.handle(Scan("another", gate.station._clock.monotonic(), "zxing", "camera"))
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "yellow"),))
    gate.station.checkpoint.start_over()
    gate.cut_power()
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    assert gate.shows(token).decision.severity is Severity.STOP


def test_a_red_is_red_when_the_gate_was_locked_and_opened_in_between(gate: Gate) -> None:
    gate.station.handle(Scan("token-zhang", gate.station._clock.monotonic(), "zxing", "camera"))
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))
    gate.signing.sign_out()
    gate.station.tick()
    assert gate.shows("token-zhang").decision.severity is not Severity.PASS
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    assert gate.shows("token-zhang").decision.severity is Severity.STOP


def test_what_was_asked_of_whoever_waits_is_recorded_when_somebody_signs_in(gate: Gate) -> None:
    gate.cut_power()
    gate.station.handle(Scan("token-zhang", gate.station._clock.monotonic(), "zxing", "camera"))
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "yellow"),))
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    closed = next(one for one in reversed(gate.heard) if isinstance(one, Recorded))
    assert "colour_yellow" in codes(closed)
    gate.station.checkpoint.temperature_by_hand(36.4)
    measured = next(one for one in reversed(gate.heard) if isinstance(one, Recorded))
    assert "colour_yellow" in codes(measured)


@pytest.mark.parametrize("told_c", [None, 36.4])
def test_a_red_seen_right_after_somebody_signed_in_is_of_who_stood_there(
    gate: Gate, told_c: float | None
) -> None:
    """F6 still asked for it, and the answer was of nobody."""
    gate.cut_power()
    gate.station.handle(Scan("token-zhang", gate.station._clock.monotonic(), "zxing", "camera"))
    if told_c:
        gate.station.checkpoint.temperature_by_hand(told_c)
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "red"),))

    corrected = [one for one in gate.heard if isinstance(one, Corrected)]
    assert corrected[-1].stored.entry.decision is Severity.STOP
    assert gate.shows("token-zhang").decision.severity is Severity.STOP


def test_a_green_seen_right_after_somebody_signed_in_lets_nobody_in_of_whom_nothing_was_known(
    gate: Gate,
) -> None:
    """Where they had been could not be looked up: they show their code once more."""
    gate.cut_power()
    assert gate.shows("token-zhang").decision.severity is Severity.RECHECK
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.checkpoint.answered((Answer(Question.COLOUR, "green"),))

    corrected = [one for one in gate.heard if isinstance(one, Corrected)]
    assert all(one.stored.entry.decision is not Severity.PASS for one in corrected)
    assert gate.shows("token-zhang").decision.severity is Severity.PASS


def test_who_waited_before_the_power_cut_still_waits_after_it(gate: Gate) -> None:
    gate.shows("token-zhang", 38.2)
    gate.cut_power()
    gate.shows("token-of-a-stranger", 38.4)
    gate.cut_power()
    gate.shows("token-of-another", 38.5)
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()

    vault = gate.station.journal.vault
    assert set(gate.waiting) == {
        "hand:p1",
        vault.code_key("token-of-a-stranger"),
        vault.code_key("token-of-another"),
    }
    desk = gate.station.checkpoint._knowledge.desk
    assert all(desk.claim_of(key) for key in gate.waiting), "what they came with still counts"


def is_measured_with_a_fever(gate: Gate) -> None:
    """And looks for the code."""
    gate.station.checkpoint.temperature_by_hand(38.6)
    gate.station.checkpoint.tick()


def fevers(gate: Gate) -> list[StoredEntry]:
    """That nobody claimed."""
    entries = gate.station.last_entries(20)
    return [one for one in entries if one.entry.closing == Closing.NO_CLAIM]


@pytest.mark.parametrize("locked", [False, True])
def test_a_fever_that_waited_for_its_code_at_the_power_cut_is_recorded_at_the_sign_in(
    gate: Gate, *, locked: bool
) -> None:
    """Measured while somebody was signed in, or before; nobody can read it until the next sign-in."""
    if locked:
        gate.cut_power()
    is_measured_with_a_fever(gate)
    gate.die()
    ram.forget(gate.data)
    gate.start()
    gate.station.tick()
    gate.shows("token-zhang")
    is_measured_with_a_fever(gate)
    gate.die()
    gate.start()
    assert not fevers(gate)
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()

    assert len(fevers(gate)) == 2
    assert not [one for one in gate.heard if isinstance(one, ClockWarning)]
    gate.cut_power()
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()
    assert len(fevers(gate)) == 2
    assert check(gate.data).ok


def test_a_record_of_such_a_fever_that_does_not_open_keeps_nothing_else_from_its_place(gate: Gate) -> None:
    LaneMemory(gate.station.journal).save(UNCLAIMED, b"nonsense")
    gate.cut_power()
    is_measured_with_a_fever(gate)
    gate.die()
    gate.start()
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()

    assert len(fevers(gate)) == 1


def test_a_fever_that_waits_for_its_code_when_somebody_signs_out_is_recorded_once(gate: Gate) -> None:
    """What was kept of it lies where the locked lane cannot reach it."""
    is_measured_with_a_fever(gate)
    gate.signing.sign_out()
    gate.station.tick()
    assert len(fevers(gate)) == 1
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()
    gate.station.tick()
    assert len(fevers(gate)) == 1


def test_however_often_it_crashed_before_the_sign_in_the_way_it_was_turned_last_counts(gate: Gate) -> None:
    gate.cut_power()
    for way in [Direction.OUT] * 7 + [Direction.IN]:
        Way(LaneMemory(gate.station.journal), Direction.IN).save(way)
        gate.die()
        gate.start()
    gate.signing.sign_in("1001", "730518")
    gate.station.tick()

    assert Way(LaneMemory(gate.station.journal), Direction.IN).load() is Direction.IN


def test_of_fevers_that_nobody_claimed_the_last_one_counts_after_the_sign_in() -> None:
    """An earlier one would let a normal value of in between spare somebody a measurement."""
    assert joined(FEVER, b"1", [b"2", b"3"], str, int) == b"3"
    assert joined(FEVER, b"4", [b"2"], str, int) == b"4"
    assert joined(FEVER, None, [b"2"], str, int) == b"2"


def test_a_gate_that_crashed_goes_on_with_its_lists_at_once(gate: Gate) -> None:
    gate.crash()

    assert "person_known" in codes(gate.shows("token-zhang"))


def test_a_gate_that_was_closed_asks_for_a_sign_in(gate: Gate) -> None:
    gate.station.__exit__()
    gate.start()

    assert gate.station.journal.vault.locked


def test_the_memory_of_a_gate_that_died_long_ago_opens_nothing(gate: Gate) -> None:
    kept = next((Path(os.environ["XDG_RUNTIME_DIR"]) / "kakou").iterdir())
    past = kept.stat().st_mtime - ram.GOOD_FOR_S - 1
    gate.station._keys_watch.close = lambda: None  # type: ignore[method-assign]
    gate.station.__exit__()
    os.utime(kept, (past, past))
    gate.start()

    assert gate.station.journal.vault.locked


def test_signing_out_locks_and_the_lane_goes_on(gate: Gate) -> None:
    gate.signing.sign_out()
    gate.station.tick()

    assert gate.station.journal.vault.locked
    assert "sign_in_first" in codes(gate.shows("token-zhang"))
    assert ram.recall(gate.data) is None


def test_a_colleague_gets_in_by_signing_in_once_beside_the_admin(gate: Gate) -> None:
    assert gate.keys.waiting == ("2002",)
    gate.cut_power()
    refused = gate.signing.sign_in("2002", "4071")
    assert refused.refusal is not None
    assert refused.refusal.value == "no_key"

    gate.signing.sign_in("1001", "730518")
    gate.signing.sign_in("2002", "4071")
    gate.cut_power()
    found = gate.signing.sign_in("2002", "4071")
    assert found.operator is not None
    assert found.operator.name == "李秀英"
    gate.station.tick()
    assert "person_known" in codes(gate.shows("token-zhang"))


def test_a_changed_pin_opens_and_the_former_one_does_not(gate: Gate) -> None:
    gate.signing.change_pin("1001", "951753")
    gate.cut_power()

    assert gate.signing.sign_in("1001", "730518").operator is None
    assert gate.station.journal.vault.locked
    assert gate.signing.operators.wait_s("1001") > 0
    assert gate.keys.holders == ("1001",)


def test_a_removed_operator_holds_no_key(gate: Gate) -> None:
    gate.signing.sign_in("2002", "4071")
    assert "2002" in gate.keys.holders
    gate.signing.operators.remove("2002", by=Who("1001", Role.ADMIN))

    wrapped = gate.station.journal.vault.wrapped
    assert wrapped is not None
    assert "2002" not in wrapped.holders


def test_the_paper_opens_when_every_pin_is_forgotten(gate: Gate) -> None:
    gate.cut_power()
    assert is_key(gate.station.journal, gate.paper.lower())

    unlock(gate.station.journal, gate.paper.lower())
    gate.signing.operators.restore("1001", "951753")
    gate.cut_power()
    assert gate.signing.sign_in("1001", "951753").operator is not None


def test_a_wrapped_file_that_was_changed_is_said(gate: Gate) -> None:
    path = gate.data / "wrapped.key"
    gate.station.__exit__()
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)

    with pytest.raises(VaultError) as refused:
        gate.start()
    assert refused.value.problem is KeyProblem.DAMAGED
    path.write_bytes(bytes(content[:40]) + bytes([content[40] ^ 1]) + bytes(content[41:]))
    gate.start()


def test_names_are_offered_only_while_the_data_is_open(gate: Gate) -> None:
    picking = Picking(gate.data, gate.station.journal)
    picking.wait()
    assert [one.person_id for one in picking.search("zxq")] == ["p1"]

    gate.signing.sign_out()
    picking.follow()
    assert not picking.search("zxq"), "they lie nowhere in clear"

    gate.signing.sign_in("1001", "730518")
    picking.follow()
    picking.wait()
    assert [one.person_id for one in picking.search("zxq")] == ["p1"]


def test_entries_wait_for_a_sign_in_before_they_go_to_the_center(gate: Gate) -> None:
    """What lies beside them cannot be sealed to the center, and must not be left out."""
    gate.shows("token-zhang")
    gate.signing.sign_out()
    with OutboxReader.open(gate.data, gate.station.journal.vault) as outbox:
        chain = outbox.chains()[-1]
        with pytest.raises(VaultError) as refused:
            outbox.records(chain.incarnation, 1, 10)
    assert refused.value.problem is KeyProblem.LOCKED
