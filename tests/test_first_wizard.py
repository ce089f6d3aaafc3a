"""The wizard's desk on real settings: what is chosen is written whole, and what stood there stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station import first_start
from station.commands import gate
from station.commands.result import Exit
from station.core.model import Direction
from station.core.override import Role
from station.equipment import Equipment
from station.first_start import Desk
from station.journal.audit import read
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.recovery import is_key
from station.opening import Opening
from station.running.single_instance import LOCK_NAME, claim
from station.settings import Settings, load_settings
from station.settings_file import change_settings
from station.ui.admin.bench import SaveError
from station.ui.admin.desk import DeskError
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.draft import Draft
from tests.e2e.program import Program
from tests.patience import PATIENCE_MS


def test_what_the_wizard_chose_is_written_and_what_stood_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# ours\ndoctor = "王医生 138"  # call first\nadmins = ["9999"]\n', encoding="utf-8")
    draft = Draft(
        language="en", camera="/dev/video2", thermometer="usb:1-1,lu90614", compound="幸福里",
        entrance="东门", direction=Direction.OUT,
    )  # fmt: skip
    Desk.before_the_start(tmp_path).save(draft.changes())
    assert load_settings(tmp_path) == Settings(
        language="en",
        camera="/dev/video2",
        thermometer="usb:1-1,lu90614",
        gate="幸福里 · 东门",
        direction=Direction.OUT,
        doctor="王医生 138",
        admins=("9999",),
    )
    text = file.read_text("utf-8")
    assert text.startswith('# ours\ndoctor = "王医生 138"  # call first\n')
    assert load_settings(tmp_path).direction is Direction.OUT


def test_the_first_admin_can_sign_in_at_the_first_start(tmp_path: Path) -> None:
    desk = Desk.before_the_start(tmp_path)
    assert not desk.has_operators
    desk.make_admin("1001", "730518")

    assert Desk.before_the_start(tmp_path).has_operators
    with Journal.open(tmp_path, now=lambda: datetime.now(UTC)) as journal:
        signed = Operators(journal).sign_in("1001", "730518")
    assert signed.operator
    assert signed.operator.role is Role.ADMIN
    with pytest.raises(SaveError):
        desk.make_admin("1001", "730518")


def test_the_first_admin_has_a_paper_that_helps(tmp_path: Path, application: QApplication) -> None:
    desk = Desk.before_the_start(tmp_path)
    desk.make_admin("1001", "730518")
    key = desk.new_recovery()
    desk.write_recovery(tmp_path / "recovery.pdf", key)
    assert (tmp_path / "recovery.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(DeskError):
        desk.write_recovery(tmp_path / "nowhere" / "recovery.pdf", key)
    with Journal.open(tmp_path, now=lambda: datetime.now(UTC)) as journal:
        assert is_key(journal, key)
        day = timedelta(days=1)
        made = read(journal.connection, journal.vault, datetime.now(UTC) - day, datetime.now(UTC) + day)
    assert [(line.what, line.who) for line in made] == [("operator_added", "1001"), ("recovery_made", "1001")]


def test_lists_are_changed_in_place_and_taken_out(tmp_path: Path) -> None:
    change_settings(tmp_path, {"admins": ("1234",), "gate": "东门"})
    change_settings(tmp_path, {"admins": ("1234", "5678")})
    assert (tmp_path / "settings.toml").read_text("utf-8").count("admins") == 1
    assert change_settings(tmp_path, {"admins": ()}).admins == ()
    assert load_settings(tmp_path).gate == "东门"


def test_settings_that_cannot_be_written_leave_all_as_it_was(tmp_path: Path) -> None:
    desk = Desk.before_the_start(tmp_path)
    with pytest.raises(SaveError):
        desk.save({"admins": ("not a number",)})
    assert load_settings(tmp_path) == Settings()
    assert not (tmp_path / "settings.toml").exists()


def test_before_the_first_start_no_camera_counts_as_taken(tmp_path: Path) -> None:
    bench = Desk.before_the_start(tmp_path).bench
    assert not any(camera.in_use for camera in bench.cameras())
    assert not any(port.use for port in bench.ports())


def test_center_that_is_not_there_is_told_in_words_and_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolledError, match="地址不对"):
        Desk.before_the_start(tmp_path).enrol("ftp://nowhere", "x")


@pytest.mark.parametrize(("written", "asked"), [(False, True), (True, False)])
def test_wizard_comes_before_the_first_start_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bool, asked: bool
) -> None:
    shown: list[Path] = []

    def wizard(data: Path) -> Settings:
        shown.append(data)
        return Settings(gate="东门")

    opened: list[Settings] = []

    def open_gate(opening: Opening, **_: object) -> Exit:
        opened.append(opening.settings)
        return Exit.DONE

    monkeypatch.setattr(first_start, "run", wizard)
    monkeypatch.setattr(gate, "_open", open_gate)
    monkeypatch.setattr(gate, "cameras", lambda: ["/dev/video9"])
    monkeypatch.setattr(gate, "_equipment", lambda settings: Equipment(camera=None))
    if written:
        (tmp_path / "settings.toml").write_text('gate = "西门"\n', encoding="utf-8")
    from station.cli import parser

    arguments = parser().parse_args([])
    arguments.data = tmp_path
    assert gate.start(arguments) is Exit.DONE
    assert bool(shown) is asked
    assert [settings.gate for settings in opened] == ["东门" if asked else "西门"]


def test_demo_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_start, "run", lambda data: pytest.fail("the demo was set up"))
    monkeypatch.setattr(gate, "_open", lambda opening, **_: Exit.DONE)
    monkeypatch.setattr(gate, "cameras", list)
    monkeypatch.setattr(gate, "serial_ports", list)
    from station.cli import parser

    for argv in ([], ["demo"]):
        arguments = parser().parse_args(argv)
        arguments.data = tmp_path
        assert (gate.run_demo if argv else gate.start)(arguments) is Exit.DONE


def test_gate_whose_plugs_are_out_is_no_demo_although_nobody_changed_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is recorded among made-up people is not recorded."""
    Journal.open(tmp_path, now=lambda: datetime.now(UTC)).close()
    opened: list[Path] = []

    def open_gate(opening: Opening, **_: object) -> Exit:
        opened.append(opening.data)
        return Exit.DONE

    monkeypatch.setattr(first_start, "run", load_settings)
    monkeypatch.setattr(gate, "_open", open_gate)
    monkeypatch.setattr(gate, "cameras", list)
    monkeypatch.setattr(gate, "serial_ports", list)
    from station.cli import parser

    arguments = parser().parse_args([])
    arguments.data = tmp_path
    assert gate.start(arguments) is Exit.DONE
    assert opened == [tmp_path]


def test_second_click_on_the_icon_opens_no_wizard_over_the_gate_or_another_wizard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, application: QApplication
) -> None:
    """What is chosen in a second one would be written beside a gate that goes on as it was."""
    opened: list[Path] = []

    def open_gate(opening: Opening, **_: object) -> Exit:
        opened.append(opening.data)
        return Exit.DONE

    monkeypatch.setattr(first_start, "Wizard", lambda *_, **__: pytest.fail("a wizard came up"))
    monkeypatch.setattr(gate, "_open", open_gate)
    monkeypatch.setattr(gate, "cameras", lambda: ["/dev/video9"])
    from station.cli import parser

    first = claim(tmp_path)
    assert first
    try:
        arguments = parser().parse_args([])
        arguments.data = tmp_path
        assert gate.start(arguments) is Exit.DONE
        assert opened == [tmp_path]
    finally:
        first.close()


def test_wizard_that_is_open_comes_to_the_front_when_the_icon_is_clicked_again(
    tmp_path: Path, qtbot: QtBot
) -> None:
    def is_claimed() -> bool:
        """To try it would be to hold it for a moment, in which the wizard would find another one open."""
        lock = tmp_path / LOCK_NAME
        held = [line.split() for line in Path("/proc/locks").read_text().splitlines()]  # proc_locks(5)
        writing = {one[5].rpartition(":")[2] for one in held if "WRITE" in one and "->" not in one}
        return lock.exists() and str(lock.stat().st_ino) in writing

    words, screen = ("setup", "--data", tmp_path), {"QT_QPA_PLATFORM": "offscreen"}
    with Program(*words, env=screen) as wizard:
        qtbot.waitUntil(is_claimed, timeout=PATIENCE_MS)
        with Program(*words, env=screen) as again:
            assert again.ended() == 0
        assert is_claimed()
        wizard.kill()
