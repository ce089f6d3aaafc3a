"""Handing over at the gate: the sheet that wrote itself, two signatures, a gate that goes on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from station.core.audit import Audited
from station.core.handover import MOST_OF_REMARK, Party
from station.core.model import Scan
from station.core.operators import Who
from station.core.override import Role
from station.journal.duties import Duties
from station.journal.handovers import Handovers, Kept
from station.journal.reports import read_made
from station.sync.reports import DutyReport, HandoverReport
from station.ui.buttons import LEAST_PX
from station.ui.handover_cards import PointTile, SheetCard
from station.ui.painted import Painted
from station.ui.person_tile import PersonTile
from tests.compound import MORNING
from tests.ui import scenes
from tests.ui.duty_desk import GUARD, PINS, VOLUNTEER
from tests.ui.shift_office import NAMELESS, STATES, ShiftOffice, done, sheet, stops, take_over

YEARS_LATER = MORNING.replace(year=2100)
ENTER, HOME, ESC = Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_Escape


@pytest.fixture
def office(application: QApplication, tmp_path: Path) -> Iterator[ShiftOffice]:
    office = ShiftOffice.open(tmp_path)
    yield office
    office.close()


@pytest.fixture
def nameless(application: QApplication, tmp_path: Path) -> Iterator[ShiftOffice]:
    """Nobody ever made an operator."""
    office = ShiftOffice.open(tmp_path, staff=False)
    yield office
    office.close()


def last(office: ShiftOffice) -> Kept:
    kept = Handovers(office.journal).newest()
    assert kept is not None
    return kept


def write(office: ShiftOffice, text: str) -> None:
    """Somebody types into the field, slowly, and presses ENTER."""
    for letter in text:
        QTest.keyClicks(office.page.field, letter, delay=120)
    QApplication.processEvents()
    QTest.keyClick(office.page.field, ENTER, delay=200)
    QApplication.processEvents()


# --- the sheet --------------------------------------------------------------------------------


def test_the_sheet_has_written_itself(office: ShiftOffice) -> None:
    sheet(office)
    shown = office.shown()
    for told in (
        "04-15 19:44",
        "14 人次",
        "王*英 3-2-101",
        "3 人，3 人没写去向",
        "李* 3-2-501",
        "5 人，1 人超时",
        "1 件 · 代办 1",
        "手动开门",
        "比一小时前高了 0.6 度",
        "42",
        "快 3 秒",
        "还有 16 项没做",
    ):
        assert told in shown, told
    assert "王秀英" not in shown, "masked: it lies open at the gate"


def test_a_gate_where_nothing_happened_hands_over_too(office: ShiftOffice) -> None:
    office.ask()
    assert "0 人次" in office.shown()
    assert "上一班没交班" in office.shown(), "nobody has handed over before: it says so"


def test_home_signs_in_and_home_again_hands_over(office: ShiftOffice) -> None:
    office.gate.press(HOME)
    assert office.gate.window.pages.sign_in.isVisible()
    office.gate.press(HOME)
    assert office.page.isVisible()


def test_fingers_come_there_by_the_header(office: ShiftOffice) -> None:
    header = office.gate.window.header
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() - 60, 30))
    office.gate.clock.advance(1)
    office.gate.window.pages.sign_in.hand_over.click()
    assert office.page.isVisible()


# --- two signatures ---------------------------------------------------------------------------


def test_both_sign_and_the_new_shift_stands_in_the_header(office: ShiftOffice) -> None:
    done(office)
    kept = last(office)
    assert [(one.party, one.number) for one in kept.signatures] == [
        (Party.OUT, VOLUNTEER),
        (Party.IN, GUARD),
    ]
    assert "当班 张*" in office.header
    assert office.journal.on_duty() == Who(GUARD, Role.GUARD)
    duty = Duties(office.journal).current()
    assert duty is not None
    assert (duty.number, duty.lane) == (GUARD, "1")
    told = [one for one, _ in office.told()]
    assert told.index(Audited.HANDED_OVER) < told.index(Audited.TOOK_OVER)


def test_one_signature_alone_waits_and_says_so(office: ShiftOffice) -> None:
    take_over(office)
    office.gate.press(ESC)
    assert "等人接班" in office.header
    assert office.journal.on_duty().number == VOLUNTEER, "until then it is theirs"
    office.later(0.5)
    office.gate.press(HOME)
    assert "李*英 交了班。谁接班？" in office.shown()
    office.tap("张伟")
    office.type(PINS[GUARD])
    assert last(office).signed(Party.IN) is not None
    assert last(office).sheet.at_ms < int(last(office).signatures[1].at.timestamp() * 1000)


def test_a_sheet_that_nobody_took_over_for_hours_is_written_anew(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.press(ENTER)
    office.type(PINS[VOLUNTEER])
    signed = last(office)
    office.later(8)
    office.ask()
    office.gate.press(HOME)
    assert "重写交班单" in office.shown()
    QApplication.processEvents()
    assert too_wide(office.gate.window) == []
    office.gate.type("0")
    office.gate.press(ENTER)
    office.type(PINS[VOLUNTEER])
    assert last(office).id != signed.id
    assert last(office).sheet.began_ms == signed.sheet.began_ms
    assert last(office).sheet.at_ms == signed.sheet.at_ms + 8 * 3600_000
    waits = office.handover.waits()
    assert waits
    assert waits.sheet == last(office).sheet


def test_a_wrong_pin_signs_nothing_and_is_said_kindly(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.press(ENTER)
    office.type("9999")
    assert Handovers(office.journal).newest() is None
    assert "请等 5 秒" in office.shown()
    office.later(0.01)
    office.type(PINS[VOLUNTEER])
    assert last(office).waits


def test_a_wrong_pin_of_the_incoming_leaves_the_shift_whose_it_is(office: ShiftOffice) -> None:
    take_over(office)
    office.tap("张伟")
    office.type("999999")
    assert last(office).waits
    assert office.journal.on_duty().number == VOLUNTEER


def test_whoever_hands_over_is_not_there(office: ShiftOffice) -> None:
    office.ask()
    office.gate.press(ENTER)
    assert "谁交班" in office.shown()
    office.gate.type("0")
    office.tap("张伟")
    office.type(PINS[GUARD])
    absent = last(office).signed(Party.OUT)
    assert absent is not None
    assert absent.absent
    assert "当班 张*" in office.header


def test_the_next_sheet_begins_where_this_one_ended(office: ShiftOffice) -> None:
    done(office)
    first = last(office)
    office.later(8)
    office.ask()
    office.gate.press(ENTER)
    office.type(PINS[GUARD])
    assert last(office).sheet.began_ms == first.sheet.at_ms
    assert last(office).sheet.counts.total == 0


# --- nobody has a PIN -------------------------------------------------------------------------


def test_without_operators_names_are_typed_and_believed(nameless: ShiftOffice) -> None:
    assert "签到" not in nameless.header
    nameless.gate.press(HOME)
    nameless.gate.press(ENTER)
    nameless.gate.press(ENTER)
    write(nameless, "Zhang")
    assert last(nameless).waits
    write(nameless, "Li")
    out, taken = last(nameless).signatures
    assert (out.name, taken.name) == ("Zhang", "Li")
    assert "当班 L*" in nameless.header


def test_whoever_took_over_by_name_hands_over_by_name(nameless: ShiftOffice) -> None:
    test_without_operators_names_are_typed_and_believed(nameless)
    nameless.gate.press(ESC)
    nameless.later(8)
    nameless.gate.press(HOME)
    nameless.gate.press(ENTER)
    assert "Li 交班" in nameless.shown()
    nameless.gate.press(ENTER)
    signed = last(nameless).signed(Party.OUT)
    assert signed is not None
    assert signed.name == "Li"
    assert "Li" in nameless.shown(), "former names are offered"


def test_whoever_is_on_the_rota_is_offered_first(nameless: ShiftOffice) -> None:
    NAMELESS["nameless"](nameless)
    assert "欧阳建国 1 · 值班表上" in nameless.shown()


def test_a_code_that_is_scanned_while_somebody_writes_goes_to_the_lane(nameless: ShiftOffice) -> None:
    heard: list[object] = []
    nameless.gate.bridge.device_event.connect(heard.append)
    NAMELESS["typing"](nameless)
    QTest.keyClicks(nameless.page.field, "GX:0042:token")
    QTest.keyClick(nameless.page.field, ENTER)
    QApplication.processEvents()
    assert [event.text for event in heard if isinstance(event, Scan)] == ["GX:0042:token"]
    assert nameless.page.field.text() == ""
    assert Handovers(nameless.journal).newest() is None, "its ENTER signs nothing"


# --- checklist, stopped, remark ---------------------------------------------------------------


def test_a_tick_says_when_and_by_whom_and_can_be_taken_back(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("1")
    office.gate.type("1")
    assert "口罩、手套、面屏戴好 做好了 10:24 李*英" in office.shown()
    office.gate.press(Qt.Key.Key_PageDown)
    assert "夜班清单" in office.shown()
    office.gate.press(HOME)
    assert "还有 15 项没做" in office.shown()
    office.gate.type("1")
    office.gate.type("1")
    office.gate.press(HOME)
    assert "还有 16 项没做" in office.shown()


def test_open_points_stand_on_the_sheet_that_is_signed(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("1")
    office.gate.type("1")
    office.gate.press(HOME)
    office.gate.press(ENTER)
    office.type(PINS[VOLUNTEER])
    assert len(last(office).sheet.open_points) == 15
    assert ("open", "protected") not in last(office).sheet.open_points


def test_where_each_stopped_person_went_is_said_with_two_taps(office: ShiftOffice) -> None:
    stops(office)
    office.tap("周*")
    office.tap("送发热门诊")
    assert "1 · 红码 · 去向没写" in office.shown(), "who is left comes first"
    for _ in range(2):
        office.gate.type("1")
        office.gate.type("1")
    assert "送发热门诊" in office.shown()
    assert "没写去向" not in office.shown()


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("length", [30, 110, MOST_OF_REMARK])
def test_whoever_takes_over_reads_all_that_was_written(
    application: QApplication, tmp_path: Path, size: tuple[int, int], length: int
) -> None:
    office = ShiftOffice.open(tmp_path, size)
    said = ("药放在桌子下面的蓝色箱子里，三幢的王阿姨中午来拿，她没有手机。" * 7)[:length]
    assert office.handover.hand_over(office.handover.draft(said), None, "") == ""
    office.ask()
    office.page.show_sheet()
    title, *_, text = office.page.cards[12].lines()
    assert (text.text, text.fits()) == (said, True)
    wide = QFontMetricsF(title.font()).horizontalAdvance(title.text)
    assert not text.box.intersects(QRectF(title.box.topLeft(), QSizeF(wide, title.box.height() - 1)))
    office.close()


def test_a_remark_is_on_the_sheet(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("3")
    write(office, "key at 3-1")
    office.gate.press(ENTER)
    office.type(PINS[VOLUNTEER])
    assert last(office).sheet.remark == "key at 3-1"


# --- the gate goes on -------------------------------------------------------------------------


def test_a_stop_takes_the_page_away_and_what_was_signed_stays(office: ShiftOffice) -> None:
    take_over(office)
    office.gate.tell(scenes.red())
    assert not office.gate.window.pages.any_open
    assert last(office).waits


def test_no_digit_that_was_typed_waits_for_the_next_one(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.press(ENTER)
    office.gate.type("40")
    office.gate.press(ESC)
    office.ask()
    office.gate.press(ENTER)
    office.type("71")
    assert Handovers(office.journal).newest() is None


def test_the_gates_keys_are_heard_again_after_writing(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("3")
    assert office.page.field.hasFocus()
    QTest.keyClick(office.page.field, ESC)
    assert not office.gate.window.pages.any_open
    assert all(one.focusPolicy() is Qt.FocusPolicy.NoFocus for one in office.page.findChildren(QWidget))


def test_a_page_that_nobody_touches_goes_by_itself(office: ShiftOffice) -> None:
    office.ask()
    office.gate.wait(181)
    assert not office.gate.window.pages.any_open


# --- the center hears of it -------------------------------------------------------------------


def test_the_center_is_told_the_sheet_and_who_is_on_duty(office: ShiftOffice) -> None:
    done(office)
    journal = office.journal
    ((_, told),) = read_made(
        journal.connection, journal.vault, "handover", HandoverReport, MORNING, YEARS_LATER
    )
    assert (told.outgoing, told.incoming) == ((VOLUNTEER,), (GUARD,))
    assert dict(told.counts)["stop"] == 3
    duties = read_made(journal.connection, journal.vault, "duty", DutyReport, MORNING, YEARS_LATER)
    assert ((GUARD,), True) in [(one.who, one.until_ms is None) for _, one in duties]


# --- what is seen -----------------------------------------------------------------------------


def too_wide(window: QWidget) -> list[str]:
    labels = [one for one in window.findChildren(QLabel) if one.isVisible()]
    cut = [one.text() for one in labels if _width(one) > one.contentsRect().width()]
    painted: list[Painted | PersonTile | SheetCard | PointTile] = [
        *window.findChildren(Painted), *window.findChildren(PersonTile),
        *window.findChildren(SheetCard), *window.findChildren(PointTile),
    ]  # fmt: skip
    return cut + [line.text for one in painted if one.isVisible() for line in one.lines() if not line.fits()]


def _width(label: QLabel) -> float:
    return QFontMetricsF(label.font()).horizontalAdvance(label.text())


@pytest.mark.parametrize("name", [*STATES, *NAMELESS])
def test_everything_fits_and_can_be_hit(
    application: QApplication, tmp_path: Path, view_size: tuple[int, int], name: str
) -> None:
    office = ShiftOffice.open(tmp_path, view_size, staff=name not in NAMELESS)
    (STATES | NAMELESS)[name](office)
    QApplication.processEvents()
    assert too_wide(office.gate.window) == []
    for button in office.page.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= LEAST_PX
            assert button.accessibleName() or not button.isEnabled()
    office.close()
