"""The data keys and erasing from the terminal: who has to sign, what is said, and the exit codes."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.cli import main
from station.core.audit import Audited
from station.core.operators import Who
from station.core.override import Role
from station.journal.audit import read_audit
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.people import People
from station.journal.pins import Cost
from station.journal.recovery import unlock
from station.journal.vault import open_vault
from tests.journal import kept

NOW = datetime.now(UTC)
CHEAP = Cost(64, 1)
ADMIN, COLLEAGUE = ("1001", "730518"), ("2002", "4071")
ERASE = ("retention", "erase", "--name", kept.NAME, "--house", kept.HOUSE, "--reason", "本人要求")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate with one resident, an admin and a volunteer."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = tmp_path / "gate"
    with Journal.open(folder, now=lambda: NOW) as journal:
        him = kept.person(journal)
        People(journal).add([him], as_of=NOW)
        kept.passes_by(journal, NOW, him.id, kept.CODE)
        operators = Operators(journal, cost=CHEAP)
        operators.add(ADMIN[0], "王建国", Role.ADMIN, ADMIN[1])
        operators.add(COLLEAGUE[0], "李秀英", Role.VOLUNTEER, COLLEAGUE[1], by=Who(ADMIN[0], Role.ADMIN))
    return folder


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def station(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def status(data: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    station(data, "key", "status", "--json")
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def names(journal: Journal) -> list[str]:
    return [one.name for one in People(journal).everybody()]


def test_keys_are_locked_into_pins_changed_and_taken_out_again(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert station(data, "key", "status") == 1
    assert "station key wrap" in capsys.readouterr().out

    types(monkeypatch, *ADMIN)
    assert station(data, "key", "wrap") == 0
    paper = capsys.readouterr().out.split("：")[1].split()[0]
    found = status(data, capsys)
    assert (found["wrapped"], found["locked"], found["holders"], found["waiting"], found["recovery"]) == (
        True, True, ["1001"], ["2002"], True,
    )  # fmt: skip
    assert open_vault(data, create=False).locked
    with Journal.open(data, now=lambda: NOW) as journal:
        unlock(journal, paper)
        assert names(journal) == [kept.NAME]

    types(monkeypatch, *ADMIN)
    assert station(data, "key", "rotate") == 0
    assert status(data, capsys)["generation"] == 2

    types(monkeypatch, *ADMIN)
    assert station(data, "key", "unwrap") == 0
    assert status(data, capsys)["wrapped"] is False
    kinds = [line.what for line in read_audit(data, NOW.replace(hour=0), datetime.now(UTC))]
    assert {Audited.KEYS_WRAPPED, Audited.KEY_CHANGED, Audited.KEYS_UNWRAPPED} <= set(kinds)
    assert check(data).ok


def test_a_volunteer_changes_no_key(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, *COLLEAGUE)
    assert station(data, "key", "wrap") == 1
    assert (data / "data.key").exists()


def test_locked_data_says_what_to_do(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN)
    station(data, "key", "wrap")
    capsys.readouterr()
    assert station(data, "inside") != 0
    said = capsys.readouterr()
    assert "签到" in said.err + said.out
    assert kept.NAME not in said.err + said.out


def test_an_export_of_a_closed_gate_asks_for_a_pin(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN)
    station(data, "key", "wrap")
    types(monkeypatch, *ADMIN)
    assert station(data, "export", "--to", str(tmp_path / "day.csv")) == 0
    assert (tmp_path / "day.csv").exists()

    types(monkeypatch, "1001", "999999")
    assert station(data, "export", "--to", str(tmp_path / "other.csv")) == 1
    assert not (tmp_path / "other.csv").exists()


# --- two people -----------------------------------------------------------------------------------


def test_erasing_takes_two_people(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "receipt.txt"
    types(monkeypatch, *ADMIN, *COLLEAGUE)
    assert station(data, *ERASE, "--to", str(paper)) == 0

    assert station(data, "retention", "verify", str(paper)) == 0
    with Journal.open(data, now=lambda: NOW) as journal:
        assert names(journal) == []
    line = read_audit(data, NOW.replace(hour=0), datetime.now(UTC))[-1]
    assert (line.what, line.who) == (Audited.ERASED, "1001")
    assert "2002" in line.note
    assert check(data).ok


@pytest.mark.parametrize(
    "typed",
    [
        (*ADMIN, ADMIN[0], ADMIN[1]),
        (*ADMIN, COLLEAGUE[0], "9999"),
        (*COLLEAGUE, *ADMIN),
        (*ADMIN,),
    ],
    ids=["the same twice", "a wrong PIN", "no admin first", "nobody else"],
)
def test_nobody_erases_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    types(monkeypatch, *typed)
    assert station(data, *ERASE, "--to", str(tmp_path / "receipt.txt")) == 1
    with Journal.open(data, now=lambda: NOW) as journal:
        assert names(journal) == [kept.NAME]
    assert not (tmp_path / "receipt.txt").exists()


def test_names_in_full_take_two_people(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "names.csv"
    words = ("export", "--names", "--reason", "街道要", "--to", str(to))
    types(monkeypatch, *ADMIN, ADMIN[0], ADMIN[1])
    assert station(data, *words) == 1
    assert not to.exists()
    types(monkeypatch, *ADMIN, *COLLEAGUE)
    assert station(data, *words) == 0
    assert kept.NAME in to.read_text("utf-8-sig")


def test_somebody_who_is_not_in_that_house_is_not_guessed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN, *COLLEAGUE)
    words = ["retention", "erase", "--name", kept.NAME, "--house", "9-9-999", "--reason", "x"]
    assert station(data, *words, "--to", str(tmp_path / "receipt.txt")) == 1
