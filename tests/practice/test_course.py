"""Practice on the real screen with emulated devices, and the proof that the real station is not touched."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.journal.entries import Journal
from station.practice.cast import CAST, Situation
from station.practice.scoring import Result, Score, needs_hands
from station.practice_screen import Course
from station.practising import practice
from station.readiness import practice_command
from station.settings import Settings
from station.ui import practice_words
from station.ui.application import prepare
from station.ui.practice_overlay import Told
from tests.journal.samples import passage
from tests.patience import PATIENCE_MS

HANDS = frozenset(filter(needs_hands, Situation))


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file with its bytes and the time of its last change."""
    return {
        str(
            file.relative_to(folder)
        ): f"{file.stat().st_mtime_ns} {hashlib.sha256(file.read_bytes()).hexdigest()}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The folder of the real station, with an entry."""
    folder = tmp_path / "real"
    with Journal.open(folder, now=lambda: datetime.now(UTC)) as journal:
        journal.append(passage(at=datetime.now(UTC)))
    (folder / "settings.toml").write_text('gate = "东门"\n', encoding="utf-8")
    return folder


@pytest.fixture
def course(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    prepare(qapp, "zh")
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    with practice("练习", Settings(theme="day")) as made:
        course = Course(made)
        course.page.leave.disconnect(course.leave)  # no loop of a later test would run after `exit`
        course.lane.show = course.lane.window.show  # type: ignore[method-assign]
        course.lane.window.resize(1366, 768)
        course.open()
        yield course
        course.close()
        qapp.processEvents()


def test_real_station_is_not_touched_and_nothing_is_left_behind(
    real: Path, course: Course, qtbot: QtBot, tmp_path: Path
) -> None:
    before = fingerprint(real)
    window = course.lane.window
    assert course.page.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not window.pages.any_open, "before it begins the gate hears no key"
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: course.director.score().results[0].seconds > 0 or _settled(course), timeout=PATIENCE_MS
    )
    assert "练习" in course.overlay.accessibleName()
    assert all(str(real) not in str(path) for path in (course.lane._opening.data,))

    QTest.keyClick(window, Qt.Key.Key_F10)
    assert course.page.isVisible()
    assert course.director.over
    assert fingerprint(real) == before
    data = course.lane._opening.data
    assert tmp_path / "temp" in data.parents
    assert data.exists()


def _settled(course: Course) -> bool:
    act = course.director.act
    return act is not None and act.settled is not None


def test_folder_of_a_practice_is_gone_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with practice("练习", Settings()) as made:
        folder = made.opening.data
        assert (folder / "journal.db").exists()
        assert made.opening.equipment.emulated
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_it_starts_as_a_program_of_its_own_beside_the_gate(tmp_path: Path) -> None:
    assert practice_command(tmp_path)[-3:] == ["practice", "--data", str(tmp_path)]


def test_key_for_another_page_does_not_take_the_score_away(course: Course, qtbot: QtBot) -> None:
    """The three minutes end while the learner is about to leave a page with ESC, or to finish typing."""
    window = course.lane.window
    QTest.keyClick(window, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_F1)
    course.director.stop()
    course.tick()
    assert course.page.isVisible()
    for wished, key in ((course.page.leave, Qt.Key.Key_Escape), (course.page.go, Qt.Key.Key_Return)):
        with qtbot.assertNotEmitted(wished):
            QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: course.page.ready, timeout=PATIENCE_MS)
    with qtbot.waitSignal(course.page.leave, timeout=PATIENCE_MS):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_score_that_was_asked_for_hears_keys_at_once(course: Course, qtbot: QtBot) -> None:
    window = course.lane.window
    QTest.keyClick(window, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_F10)
    course.tick()
    with qtbot.waitSignal(course.page.leave, timeout=PATIENCE_MS):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_page_open_moves_what_is_said_out_of_the_way(course: Course) -> None:
    course.overlay.show_play("练习", "“我没有手机。”", Told(), page_open=False)
    over_picture = course.overlay.lines()[-1].box
    course.overlay.show_play("练习", "“我没有手机。”", Told(), page_open=True)
    assert course.overlay.lines()[-1].box.bottom() <= 52 < over_picture.top()


def test_what_people_say_fits_wherever_it_is_written(course: Course) -> None:
    course.overlay.dress(course.lane.window.theme, 1.0)
    for arrival, page_open, right in product(CAST, (False, True), (False, True)):
        told = Told(practice_words.told(Result(arrival, right)), right=right)
        hint = practice_words.hint(arrival.situation)
        for band in (practice_words.band(30, 30, 30, 180.0), hint):
            course.overlay.show_play(band, practice_words.says(arrival), told, page_open=page_open)
            assert [line.text for line in course.overlay.lines() if line.text and not line.fits()] == []


def test_worst_score_is_shown_whole_with_a_mark_for_each(course: Course) -> None:
    results = [Result(arrival, arrival.situation in HANDS, 20.0) for arrival in CAST[:28]]
    course.page.dress(course.lane.window.theme, 1.0)
    course.page.show_score(Score((*results, *(Result(arrival, None) for arrival in CAST[28:]))))
    QApplication.processEvents()
    texts = [label for label in course.page.texts if label.text()]
    assert len(texts) == 3 + practice_words.MOST_LESSONS + 1
    for label in texts:
        assert label.height() >= label.heightForWidth(label.width()), label.text()
        assert label.mapTo(course.page, label.rect().bottomLeft()).y() < course.page.height() - 136


def test_learner_hears_of_each_one_how_it_went(course: Course, qtbot: QtBot) -> None:
    QTest.keyClick(course.lane.window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "对了，不用您动手" in course.overlay.accessibleName(), timeout=PATIENCE_MS)


def test_everybody_is_told_something_kind() -> None:
    for right in range(31):
        results = tuple(Result(arrival, number < right, 2.0) for number, arrival in enumerate(CAST))
        score = Score(results)
        assert practice_words.kind(score)
        assert bool(practice_words.lessons(score)) is (right < 30)
        assert len(practice_words.lessons(score)) <= practice_words.MOST_LESSONS
        assert practice_words.times(score).startswith("平均每人 2 秒")
    assert "还没有开始" in practice_words.kind(Score(tuple(Result(one, None) for one in CAST)))


def test_feverish_people_who_were_let_through_are_named_with_the_three_minutes() -> None:
    results = tuple(Result(arrival, arrival.situation != "fever", 2.0) for arrival in CAST)
    assert practice_words.lessons(Score(results)) == ["发烧的人要等 3 分钟再测，先别改成通行。"]


def test_whom_to_call_is_in_practice_whom_this_gate_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody faints while a volunteer practises: the number on the screen is this gate's, not any."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    like = Settings(help_phone="0571-8888 0000", doctor="王医生 138 0000 0000")
    with practice("练习", like) as made:
        assert made.opening.settings.help_phone == like.help_phone
        assert made.opening.settings.doctor == like.doctor


def test_before_it_begins_it_says_what_to_do_when_somebody_really_comes(course: Course) -> None:
    assert "真有人来了：按 F10，再按 Esc" in course.page.accessibleName()
    QTest.keyClick(course.lane.window, Qt.Key.Key_Return)
    left: list[bool] = []
    course.page.leave.connect(lambda: left.append(True))
    QTest.keyClick(course.lane.window, Qt.Key.Key_F10)
    QTest.keyClick(course.lane.window, Qt.Key.Key_Escape)
    assert left, "two keys, and the gate is back"
