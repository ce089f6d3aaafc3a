"""`station report` and `station trace` as scripts use them."""

from __future__ import annotations

import csv
import stat
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from station.core.entry import to_ms
from station.core.model import Severity
from station.journal.audit import read_audit
from station.journal.audit_notes import collect
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.people import People, Person
from tests.e2e.command_line import CommandLine
from tests.journal.samples import correction, passage

NOON = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def gate(folder: Path) -> Path:
    """Three people within ten minutes, the second held back and let in later; one two hours after."""
    with Journal.open(folder, now=lambda: NOON) as journal:
        People(journal).add(
            [Person(name, f"李{name}", "3-2-501", "resident") for name in ("one", "two", "three", "late")],
            as_of=NOON,
        )
        for name, minutes in (("one", 0), ("two", 5), ("three", 10), ("late", 130)):
            verdict = Severity.RECHECK if name == "two" else Severity.PASS
            entry = msgspec.structs.replace(
                passage(verdict),
                at_ms=to_ms(NOON) + minutes * 60_000,
                mono_ms=minutes * 60_000,
                person_id=name,
            )
            stored = journal.append(entry, mover=Mover(name, "house"))
            if name == "two":
                journal.append(correction(stored.entry, Severity.PASS, at=NOON))
    return folder


def test_the_figures_of_a_day(gate: Path, command: CommandLine) -> None:
    (made,) = command.printed("report", "--data", gate, "--day", "2022-04-01")

    assert (made["passages"], made["corrected"]) == (4, 1)
    assert made["verdicts"] == {"pass": 4, "recheck": 0, "stop": 0}
    assert made["rechecks"]["held"] == 1
    assert made["temperatures"]["tenths"] == {"36.5": 4}


def test_a_day_without_anybody_is_an_answer_too(gate: Path, command: CommandLine) -> None:
    done = command.run("report", "--data", gate, "--day", "2020-01-01")

    assert done.returncode == 1
    assert "这一天没有人过门" in done.stdout


def test_figures_are_printed_to_be_read(gate: Path, command: CommandLine) -> None:
    done = command.run("report", "--data", gate, "--day", "2022-04-01")

    assert done.returncode == 0
    assert "4 人次：通行 4，复核 0，禁止 0" in done.stdout
    assert "COM3" in done.stdout


@pytest.mark.parametrize(
    ("around", "numbers"),
    [
        (("--entry", "1"), [1, 2, 4]),
        (("--entry", "1", "--minutes", "6"), [1, 2]),
        (("--at", "2022-04-01T12:09:00", "--minutes", "5"), [2, 4]),
        (("--person", "two", "--days", "20000"), [1, 2, 4]),
        (("--person", "two", "--days", "20000", "--way", "out"), []),
    ],
)
def test_who_was_near(gate: Path, command: CommandLine, around: tuple[str, ...], numbers: list[int]) -> None:
    code = 0 if numbers else 1
    lines = command.printed("trace", "--data", gate, *around, code=code)

    assert [line["number"] for line in lines if "number" in line] == numbers
    assert all(line["name"].startswith("李*") for line in lines)


def test_the_sheet_is_the_owners_and_on_record(gate: Path, command: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    done = command.run("trace", "--data", gate, "--entry", "1", "--to", target)

    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [row[0] for row in csv.reader(target.read_text("utf-8-sig").splitlines()) if row][:4] == [
        "第几条",
        "1",
        "2",
        "4",
    ]
    now = datetime.now(UTC)
    said = read_audit(gate, datetime(2020, 1, 1, tzinfo=UTC), now)
    assert [line.what for line in said][-2:] == ["searched", "exported"]


def test_beside_a_gate_at_work_a_question_is_answered_and_told_to_the_gate(
    gate: Path, command: CommandLine, tmp_path: Path
) -> None:
    masked, clear = tmp_path / "list.xlsx", tmp_path / "names.xlsx"
    with Journal.open(gate, now=lambda: NOON) as journal:
        written = command.run("trace", "--data", gate, "--entry", "1", "--to", masked)
        names = command.run(
            "trace", "--data", gate, "--entry", "1", "--to", clear, "--names", "--reason", "x"
        )
        assert collect(gate, journal, NOON) == 2
        said = read_audit(gate, datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC))

    assert written.returncode == 0, written.stderr
    assert [line.what for line in said][-2:] == ["searched", "exported"]
    assert masked.exists()
    assert names.returncode == 3
    assert not clear.exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("--entry", "1", "--at", "2022-04-01"), ("--entry", "99"), ("--entry", "1", "--to", "x.doc")],
)
def test_what_cannot_be_asked_is_wrong_use(
    gate: Path, command: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert command.run("trace", "--data", gate, *arguments).returncode == 2
