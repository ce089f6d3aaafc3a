"""The data keys and erasing from the terminal: who has to sign, what is said, and the exit codes."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.cli import main
from station.commands import doctor
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
from station.journal.retention import Eraser
from station.journal.vault import open_vault
from tests.journal import kept

NOW = datetime.now(UTC)
CHEAP = Cost(64, 1)
ADMIN, COLLEAGUE, VOLUNTEER = ("1001", "730518"), ("2002", "407192"), ("3003", "4071")
ERASE = ("retention", "erase", "--name", kept.NAME, "--house", kept.HOUSE, "--reason", "本人要求")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate with one resident, an admin, a guard and a volunteer."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = tmp_path / "gate"
    with Journal.open(folder, now=lambda: NOW) as journal:
        him = kept.person(journal)
        People(journal).add([him], as_of=NOW)
        today = datetime.now(UTC)  # as commands know it: another day, perhaps, than when tests were collected
        kept.passes_by(journal, today, him.id, kept.CODE)
        operators = Operators(journal, cost=CHEAP)
        operators.add(ADMIN[0], "王建国", Role.ADMIN, ADMIN[1])
        by = Who(ADMIN[0], Role.ADMIN)
        operators.add(COLLEAGUE[0], "李秀英", Role.GUARD, COLLEAGUE[1], by=by)
        operators.add(VOLUNTEER[0], "张桂兰", Role.VOLUNTEER, VOLUNTEER[1], by=by)
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
        True, True, ["1001"], ["2002", "3003"], True,
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


def test_at_a_damaged_journal_a_mistyped_paper_is_typed_again_and_nobody_is_sent_to_sign_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN)
    station(data, "key", "wrap")
    paper = capsys.readouterr().out.split("锁好：")[1].split()[0]
    to = tmp_path / "saved"

    types(monkeypatch, paper[:-1] + ("0" if paper[-1] != "0" else "1"))
    assert station(data, "journal", "salvage", "--to", str(to)) == 1
    said = capsys.readouterr().err
    assert "恢复码不对" in said
    assert "签到" not in said
    assert not to.exists()

    types(monkeypatch, paper.lower())
    assert station(data, "journal", "salvage", "--to", str(to)) == 0


@pytest.mark.parametrize(
    "words", [("key", "wrap"), ("key", "rotate"), ("operator", "recovery"), ("operator", "reset", "1001")]
)
def test_where_nobody_has_a_pin_none_is_asked_for_and_called_wrong(
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    Journal.open(tmp_path, now=lambda: NOW).close()
    types(monkeypatch, *ADMIN)
    assert station(tmp_path, *words) == 1
    said = capsys.readouterr().err
    assert "station operator add" in said
    assert "密码不对" not in said


def test_the_doctor_states_how_the_keys_lie_there(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> tuple[bool | None, str, str]:
        (found,) = doctor._keys(data)
        return found.ok, found.found, found.advice

    ok, found, advice = said()
    assert (ok, found) == (None, "放在文件里：谁拿走硬盘，谁就能看名册")
    assert "管理 → 值班 → 账号 → 数据钥匙" in advice
    types(monkeypatch, *ADMIN)
    station(data, "key", "wrap")
    assert said() == (True, "锁在密码里，光有硬盘看不了名册；1 个人和恢复码能打开", "")
    (data / "wrapped.key").write_bytes(b"somebody else wrote this")
    assert list(doctor._keys(data)) == [], "the line of the journal tells of it"
    assert list(doctor._keys(data / "nothing")) == []


def test_a_paper_is_shown_once_and_a_new_one_ends_it(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lost PIN: the paper gives a new one, and is worth nothing after that."""

    def paper() -> str:
        return capsys.readouterr().out.split("锁好：")[1].split()[0]

    types(monkeypatch, *ADMIN)
    assert station(data, "operator", "recovery") == 0
    first = paper()
    for words in (("operator", "list"), ("audit",), ("audit", "--json"), ("key", "status", "--json")):
        station(data, *words)
    assert first not in capsys.readouterr().out
    types(monkeypatch, first, "846291")
    assert station(data, "operator", "recover", ADMIN[0]) == 0
    assert paper() != first
    types(monkeypatch, first, "958203")
    assert station(data, "operator", "recover", ADMIN[0]) == 1
    types(monkeypatch, ADMIN[0], ADMIN[1])
    assert station(data, "operator", "recovery") == 1, "the PIN of before"
    kinds = [(line.what, line.who) for line in read_audit(data, NOW - kept.DAY, NOW + kept.DAY)]
    assert kinds[-4:] == [
        (Audited.RECOVERY_USED, ""),
        (Audited.RECOVERY_MADE, ADMIN[0]),
        (Audited.SIGN_IN_FAILED, ""),
        (Audited.SIGN_IN_FAILED, ADMIN[0]),
    ]


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


NOT_TWO: dict[str, tuple[str, ...]] = {
    "the same twice": (*ADMIN, *ADMIN),
    "a wrong PIN": (*ADMIN, COLLEAGUE[0], "9999"),
    "a wrong PIN of the admin": (ADMIN[0], "111111", *COLLEAGUE),
    "no admin first": (*COLLEAGUE, *ADMIN),
    "nobody else": (*ADMIN,),
    "a volunteer": (*ADMIN, *VOLUNTEER),
}


@pytest.mark.parametrize("typed", NOT_TWO.values(), ids=NOT_TWO)
def test_nobody_erases_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    types(monkeypatch, *typed)
    assert station(data, *ERASE, "--to", str(tmp_path / "receipt.txt")) == 1
    with Journal.open(data, now=lambda: NOW) as journal:
        assert names(journal) == [kept.NAME]
    assert not (tmp_path / "receipt.txt").exists()


@pytest.mark.parametrize("typed", NOT_TWO.values(), ids=NOT_TWO)
def test_nobody_takes_names_in_full_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    to = tmp_path / "names.csv"
    types(monkeypatch, *typed)
    assert station(data, "export", "--names", "--reason", "街道要", "--to", str(to)) == 1
    assert not to.exists()


def test_names_in_full_take_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody has a PIN yet."""
    Journal.open(tmp_path / "new", now=lambda: NOW).close()
    to = tmp_path / "names.csv"
    assert station(tmp_path / "new", "export", "--names", "--to", str(to)) == 2
    assert not to.exists()


def test_before_there_is_an_admin_nobody_takes_names_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    Journal.open(tmp_path / "new", now=lambda: NOW).close()
    to = tmp_path / "names.csv"
    names = ("--names", "--reason", "街道要", "--to", str(to))
    assert station(tmp_path / "new", "export", *names) == 1
    assert station(tmp_path / "new", "trace", "--at", "2022-04-16T10:00", *names) == 1
    assert "先添加操作员" in capsys.readouterr().err
    assert not to.exists()
    assert station(tmp_path / "new", "export", "--to", str(to)) == 0


def test_names_in_full_take_two_people(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin, and whoever else works here."""
    to = tmp_path / "names.csv"
    words = ("export", "--names", "--reason", "街道要", "--to", str(to))
    types(monkeypatch, *ADMIN, *COLLEAGUE)
    assert station(data, *words) == 0
    assert kept.NAME in to.read_text("utf-8-sig")


def test_a_clock_that_jumped_for_weeks_erases_nothing_by_command_either(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the gate holds back by itself: a battery that died sets the year, and all names would be gone."""
    with Journal.open(data, now=lambda: NOW) as journal:
        kept.passes_by(journal, NOW - 60 * kept.DAY, kept.person(journal).id, kept.CODE)
        Eraser(journal, NOW - 130 * kept.DAY, NOW - 100 * kept.DAY).run()
    capsys.readouterr()
    assert station(data, "retention", "run") == 1
    assert "--clock-is-right" in capsys.readouterr().err
    assert station(data, "retention", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"], "nothing went"

    assert station(data, "retention", "run", "--clock-is-right") == 0
    assert station(data, "retention", "run") == 0


def test_somebody_who_is_not_in_that_house_is_not_guessed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN, *COLLEAGUE)
    words = ["retention", "erase", "--name", kept.NAME, "--house", "9-9-999", "--reason", "x"]
    assert station(data, *words, "--to", str(tmp_path / "receipt.txt")) == 1


def test_an_admin_keeps_what_was_changed_in_the_lists(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(data / "journal.db", isolation_level=None)) as tool:
        tool.execute("UPDATE person SET category = 'staff'")
    accept = ("journal", "accept", "--reason", "查过了，是老李改的")
    types(monkeypatch, *COLLEAGUE)
    assert station(data, *accept) == 1
    assert not check(data, open_vault(data, create=False)).ok

    types(monkeypatch, *ADMIN)
    assert station(data, *accept) == 0

    assert "of person was changed" in capsys.readouterr().out
    assert check(data, open_vault(data, create=False)).ok
    sealed = [one for one in read_audit(data, NOW - kept.DAY, NOW + kept.DAY) if one.what == "lists_sealed"]
    assert [(one.who, one.note) for one in sealed] == [("1001", "查过了，是老李改的")]


def test_a_colleague_added_while_the_gate_is_open_is_told_to_close_it_first(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, *ADMIN, "9264", "9264")
    with Journal.open(data, now=lambda: NOW):
        assert station(data, "operator", "add", "4004", "周凤") != 0
    said = capsys.readouterr().err
    assert "大门或别的程序正在用这些记录" in said
    assert "先关掉它" in said
