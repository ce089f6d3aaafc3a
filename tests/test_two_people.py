"""What nobody does alone, on the admin page: names in clear to a file, and erasing. And who is not blamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.audit import Audited
from station.core.operators import Refusal
from station.journal.entries import Journal
from station.journal.people import People
from station.operators_desk import StationOperatorsDesk
from station.signing_in import SigningIn
from station.ui.admin.exports_desk import DeskError as ExportRefused
from station.ui.admin.exports_desk import Wish
from station.ui.admin.retention_desk import DeskError as EraseRefused
from station.ui.admin.retention_desk import Found
from tests.answering import ADMIN, CHEAP, GUARD, PINS, VOLUNTEER, Gate, run
from tests.compound import MORNING, Compound
from tests.ui.scenes import ZONE

HIM = "张小强"
Signatures = tuple[tuple[str, str], ...]
RIGHT = {number: (number, pin) for number, pin in PINS.items()}
NOT_TWO: dict[str, Signatures] = {
    "the same twice": (RIGHT[ADMIN], RIGHT[ADMIN]),
    "the same, typed wide": (RIGHT[ADMIN], ("１００１", PINS[ADMIN])),
    "the same, with a space": (RIGHT[ADMIN], (f"{ADMIN} ", PINS[ADMIN])),
    "a wrong PIN": (RIGHT[ADMIN], (GUARD, "000000")),
    "a wrong PIN of the admin": ((ADMIN, "000000"), RIGHT[GUARD]),
    "another's PIN": (RIGHT[ADMIN], (GUARD, PINS[ADMIN])),
    "nobody second": (RIGHT[ADMIN], ("", "")),
    "no admin": (RIGHT[GUARD], RIGHT[VOLUNTEER]),
    "a volunteer as the second": (RIGHT[ADMIN], RIGHT[VOLUNTEER]),
    "a volunteer as the first": (RIGHT[VOLUNTEER], RIGHT[ADMIN]),
}
TWO: dict[str, Signatures] = {
    "an admin and a guard": (RIGHT[ADMIN], RIGHT[GUARD]),
    "an admin as the second": (RIGHT[GUARD], RIGHT[ADMIN]),
}


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate.open(tmp_path / "station")
    yield gate
    gate.journal.close()


def export(gate: Gate, signatures: Signatures) -> None:
    today, stick = gate.exports.today(), gate.folder.parent / "stick"
    run(
        gate.exports.export(
            Wish(today, today, ".csv", stick, in_clear=True, reason="街道要", signatures=signatures)
        )
    )


def erase(gate: Gate, signatures: Signatures) -> None:
    found = run(gate.keeping.find(HIM))
    assert isinstance(found, Found)
    first, second = signatures
    gate.keeping.erase(found, first, second, "本人要求")


def kinds(gate: Gate) -> list[str]:
    return [line.what for line in gate.lines()]


@pytest.mark.parametrize("signatures", NOT_TWO.values(), ids=NOT_TWO)
def test_nobody_does_it_alone(gate: Gate, signatures: Signatures) -> None:
    with pytest.raises(ExportRefused):
        export(gate, signatures)
    gate.wait(6)  # a wrong PIN is not the reason of the next refusal
    with pytest.raises(EraseRefused):
        erase(gate, signatures)
    assert not (gate.folder.parent / "stick").exists()
    assert People(gate.journal).person(HIM)
    assert {Audited.EXPORTED, Audited.ERASED}.isdisjoint(kinds(gate))


@pytest.mark.parametrize("signatures", TWO.values(), ids=TWO)
def test_two_people_do_it_and_both_are_on_record(gate: Gate, signatures: Signatures) -> None:
    export(gate, signatures)
    erase(gate, signatures)
    assert len(list((gate.folder.parent / "stick").iterdir())) == 1
    assert People(gate.journal).person(HIM) is None
    lines = gate.lines()
    first, second = (number for number, _ in signatures)
    (erased,) = [line for line in lines if line.what == Audited.ERASED]
    assert (erased.who, erased.note) == (first, f"+ {second}\n本人要求")
    assert [line.who for line in lines if line.what == Audited.SIGNED_ONCE] == [first, second] * 2
    assert [line.who for line in lines if line.what == Audited.EXPORTED] == [first]


def test_before_there_is_an_admin_nobody_takes_names_away(tmp_path: Path) -> None:
    """Nobody could be asked who did it. What is masked goes out all the same."""
    compound = Compound.open(tmp_path / "station")
    signing = SigningIn(lambda: compound.journal, now=compound.clock.now, cost=CHEAP)
    desk = StationOperatorsDesk(signing, lambda: compound.journal, ZONE, lambda: "东门", compound.clock.now)
    gate = Gate(tmp_path / "station", compound, signing, desk)
    with pytest.raises(ExportRefused, match="先到“管理 → 值班 → 账号”添加"):
        export(gate, ())
    assert Audited.EXPORTED not in kinds(gate)

    today, stick = gate.exports.today(), tmp_path / "stick"
    run(gate.exports.export(Wish(today, today, ".csv", stick)))
    assert len(list(stick.iterdir())) == 1
    compound.journal.close()


def test_a_guard_makes_no_backup(gate: Gate) -> None:
    """Whoever has the file and its passphrase can read every name."""
    gate.desk.lock()
    gate.desk.unlock(GUARD, PINS[GUARD])
    with pytest.raises(EraseRefused, match="要管理员"):
        gate.keeping.back_up(tmp := gate.folder.parent / "stick", "三号楼的门口有棵老槐树")
    assert not tmp.exists()
    assert Audited.EXPORTED not in kinds(gate)


def test_a_delay_goes_on_after_the_gate_was_closed(gate: Gate) -> None:
    for _ in range(3):
        gate.wait(gate.signing.sign_in(GUARD, "000000").wait_s)
    gate.signing.sign_in(GUARD, "000000")
    gate.journal.close()
    gate.compound.journal = Journal.open(gate.folder, now=lambda: MORNING)

    again = SigningIn(lambda: gate.journal, now=gate.now, monotonic=lambda: 1.0, cost=CHEAP)
    found = again.sign_in(GUARD, PINS[GUARD])
    assert (found.refusal, round(found.wait_s)) == (Refusal.WAIT, 300)
    assert again.sign_in(VOLUNTEER, PINS[VOLUNTEER]).operator, "others do not wait for it"


def test_whoever_is_on_duty_is_not_blamed_for_what_strangers_type(gate: Gate) -> None:
    """Numbers that are nobody's, and a wrong paper: they lock nobody out who works here."""
    gate.desk.lock()
    gate.desk.sign_in(GUARD, PINS[GUARD])
    for _ in range(3):
        gate.desk.sign_in("9999", "000000")
        with pytest.raises(Exception, match="恢复码不对"):
            gate.desk.recover("AAAAA", ADMIN, "846291")
        gate.wait(60)

    failed = [line.who for line in gate.lines() if line.what == Audited.SIGN_IN_FAILED]
    assert len(failed) >= 4
    assert set(failed) == {""}
    assert gate.signing.operators.wait_s(GUARD) == 0.0
    assert gate.desk.sign_once(GUARD, PINS[GUARD]).operator


def test_a_note_that_a_command_left_names_nobody_who_is_on_duty(gate: Gate) -> None:
    gate.desk.lock()
    gate.desk.sign_in(GUARD, PINS[GUARD])
    assert gate.beside("export", "--to", str(gate.folder.parent / "day.csv")) == 0
    assert [line.who for line in gate.lines() if line.what == Audited.EXPORTED] == [""]
