"""Tracing at the desk: masked at first, names only for an admin who says why, every step on record."""

from __future__ import annotations

import csv
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from station.core.audit import Line
from station.core.model import Direction
from station.core.operators import Operator
from station.core.override import Role
from station.core.reasons import Severity
from station.journal.audit import read
from station.reports.trace_sheet import write_csv, write_xlsx
from station.signing_in import SigningIn
from station.tracing_desk import StationTraceDesk
from station.tracing_sheet import write_trace
from station.ui.admin.tracing_desk import AskedTrace, DeskError, Relation, Trace
from station.ui.admin.work import CancelledError, Progress
from tests.answering import ADMIN, GUARD, PINS, VOLUNTEER, Gate, run
from tests.compound import MORNING, Compound
from tests.ui.scenes import ZONE

INTO, OUT = Direction.IN, Direction.OUT


class Page(SigningIn):
    """Whoever opened the admin page, as a test says; without operators nobody has to."""

    role: Role | None = None
    any_made = False

    @property
    def page(self) -> Operator | None:
        return Operator("1001", "王", self.role) if self.role else None

    @property
    def operators(self) -> Page:  # type: ignore[override]
        return self

    def any(self) -> bool:
        return self.any_made


@dataclass
class Desk:
    compound: Compound
    desk: StationTraceDesk
    signing: Page
    folder: Path

    def trace(self, asked: AskedTrace) -> Trace:
        found = self.desk.trace(asked)(Progress(lambda part: None))
        assert isinstance(found, Trace)
        return found

    def write(self, trace: Trace, ending: str, *, masked: bool = True, why: str = "") -> Path:
        job = self.desk.write(trace, self.folder / "stick", ending, masked=masked, why=why)
        path = job(Progress(lambda part: None))
        assert isinstance(path, Path)
        return path

    def record(self) -> list[Line]:
        journal, day = self.compound.journal, timedelta(days=1)
        return read(journal.connection, journal.vault, MORNING - day, MORNING + day)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    compound = Compound.open(tmp_path / "station")
    for name, way, ago in (
        ("李红", OUT, 61), ("徐桂英", INTO, 33), ("张小强", INTO, 30), ("somebody", INTO, 24),
        ("John Fernández", INTO, 16), ("John Fernández", OUT, 2),
    ):  # fmt: skip
        compound.go(name, way, MORNING - timedelta(minutes=ago))
    signing = Page(lambda: compound.journal)
    made = StationTraceDesk(
        tmp_path / "station", lambda: compound.journal, signing, compound.clock.now, ZONE, lambda: "东门"
    )
    yield Desk(compound, made, signing, tmp_path)
    compound.journal.close()


PERSON = AskedTrace(15, person_id="张小强")


def test_who_was_near_who_lives_there_too_and_who_is_inside(desk: Desk) -> None:
    found = desk.trace(PERSON)

    assert [(one.masked or one.code, one.relation, one.inside) for one in found.lines] == [
        ("徐*英", Relation.OTHER, True),
        ("张*强", Relation.SELF, True),
        (desk.compound.key("somebody")[:4].upper(), Relation.OTHER, True),
        ("J***", Relation.OTHER, False),
        ("李*", Relation.HOUSEHOLD, False),  # not near, and out
    ]
    assert (found.anchors, found.people, found.household, found.inside, found.unsure) == (1, 3, 1, 2, 0)
    assert "张小强" not in repr(found)


def test_one_damaged_row_hides_nobody_who_was_near(desk: Desk) -> None:
    desk.compound.journal.connection.execute("UPDATE person SET name = zeroblob(80) WHERE id = '徐桂英'")
    found = desk.trace(PERSON)
    assert [one.masked for one in found.lines][:2] == ["", "张*强"], "nobody knows who, but when and where"
    assert found.people == 3


def test_only_one_way(desk: Desk) -> None:
    found = desk.trace(AskedTrace(15, at=MORNING - timedelta(minutes=10), way="out"))

    assert [(one.number, one.stands) for one in found.near] == [(6, Severity.PASS)]


def test_an_entry_by_its_number(desk: Desk) -> None:
    assert desk.trace(AskedTrace(5, number=3)).near[0].number == 2
    with pytest.raises(DeskError, match="没有第 99 条"):
        desk.trace(AskedTrace(5, number=99))


def test_that_somebody_asked_is_on_record(desk: Desk) -> None:
    desk.trace(PERSON)

    (line,) = desk.record()
    assert (line.what, line.subject) == ("searched", "张小强")
    assert dict(line.facts) == {"what": "trace", "minutes": "15"}


@pytest.mark.parametrize("role", [None, Role.VOLUNTEER, Role.GUARD])
def test_names_are_for_an_admin_only(desk: Desk, role: Role | None) -> None:
    found = desk.trace(PERSON)
    desk.signing.any_made, desk.signing.role = True, role

    for act in (
        lambda: desk.desk.unmask(found, "街道要"),
        lambda: desk.write(found, ".csv", masked=False, why="街道要"),
    ):
        with pytest.raises(DeskError):
            act()
    assert [line.what for line in desk.record()] == ["searched"]
    assert not (desk.folder / "stick").exists()


def test_an_admin_says_why_and_that_is_sealed_in_the_record(desk: Desk) -> None:
    found = desk.trace(PERSON)
    desk.signing.any_made, desk.signing.role = True, Role.ADMIN

    with pytest.raises(DeskError, match="为什么"):
        desk.desk.unmask(found, " ")
    desk.desk.unmask(found, "街道流调组要")

    assert (desk.record()[-1].what, desk.record()[-1].note) == ("unmasked", "街道流调组要")


def test_the_names_of_a_rush_hour_take_two_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.tracing_desk.ALONE_AT_MOST", 1)
    gate = Gate.open(tmp_path / "station")
    gate.compound.go("张小强", INTO, MORNING)
    gate.compound.go("徐桂英", INTO, MORNING)
    desk, stick = gate.tracing, tmp_path / "stick"
    found = run(desk.trace(PERSON))
    assert isinstance(found, Trace)
    admin, guard, volunteer = ((one, PINS[one]) for one in (ADMIN, GUARD, VOLUNTEER))

    with pytest.raises(DeskError, match="两个人签"):
        desk.write(found, stick, ".csv", masked=False, why="街道要")
    for signatures in ((), (admin,), (admin, admin), (admin, volunteer)):
        with pytest.raises(DeskError):
            desk.unmask(found, "街道要", signatures)
    assert {"unmasked", "exported"}.isdisjoint(line.what for line in gate.lines())

    desk.unmask(found, "街道要", (admin, guard))
    run(desk.write(found, stick, ".csv", masked=False, why="街道要"))
    line = next(line for line in gate.lines() if line.what == "unmasked")
    assert (line.who, dict(line.facts)["second"], line.note) == (ADMIN, GUARD, "街道要")
    with pytest.raises(DeskError):
        desk.write(run(desk.trace(PERSON)), stick, ".csv", masked=False, why="x")  # type: ignore[arg-type]
    gate.journal.close()


@pytest.mark.parametrize(
    ("masked", "name", "phone"), [(True, "张*强", "5501"), (False, "张小强", "13800005501")]
)
def test_the_sheet_says_the_same_as_csv_and_as_xlsx(desk: Desk, masked: bool, name: str, phone: str) -> None:
    found, why = desk.trace(PERSON), "" if masked else "街道要"

    text = desk.write(found, ".csv", masked=masked, why=why).read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    path = desk.write(found, ".xlsx", masked=masked, why=why)
    sheets = CalamineWorkbook.from_path(path)
    cells = sheets.get_sheet_by_index(0).to_python()

    assert rows[0] == cells[0]
    assert rows[2][:3] == ["3", "2022-04-16 09:54:00", "0.0"]
    assert rows[2][6:11] == ["本人", name, "3-2-501", phone, "在"]
    assert [str(cell) for cell in cells[2][6:11]] == rows[2][6:11]
    assert [len(row) for row in cells] == [12] * 6
    about = {str(name): value for name, value in sheets.get_sheet_by_index(1).to_python()}
    assert about["卡口"] == "东门"
    assert about["姓名"] == ("打码" if masked else "全名")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert desk.record()[-1].what == "exported"
    assert dict(desk.record()[-1].facts)["masked"] == ("yes" if masked else "no")


def test_a_sheet_that_is_stopped_leaves_nothing(desk: Desk) -> None:
    found = desk.trace(PERSON)

    def stop(done: int, most: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        write_trace(desk.folder / "list.xlsx", found, "东门", stop, masked=True)
    assert [path.name for path in desk.folder.iterdir()] == ["station"]


def test_a_full_disk_is_said_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **more: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("station.tracing_desk.write_trace", full)
    with pytest.raises(DeskError, match="没有写成"):
        desk.write(desk.trace(PERSON), ".csv")


def test_without_a_journal_it_is_said(desk: Desk) -> None:
    closed: Callable[[], None] = lambda: None  # noqa: E731
    away = StationTraceDesk(desk.folder, closed, None, desk.compound.clock.now, ZONE, lambda: "")
    with pytest.raises(DeskError):
        away.trace(PERSON)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_stick_that_is_pulled_out_is_the_disks_fault_whatever_the_file(
    tmp_path: Path, write: Callable[..., None]
) -> None:
    with pytest.raises(OSError):
        write(tmp_path / "gone" / "list", [f"{column}" for column in range(12)], [], [])


def test_names_of_a_sheet_lie_nowhere_but_in_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))  # whoever wants one meets an error
    write_xlsx(tmp_path / "list.xlsx", [f"{column}" for column in range(12)], [("张小强",) * 12], [])
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]
