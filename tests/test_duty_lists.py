"""The center's checklists at a gate: they stand instead of its own, and nothing makes its list empty."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.core.checklist import Tick
from station.core.handover import Person, Sheet, bounded
from station.core.moments import to_ms
from station.core.operators import Who
from station.duty_facts import load_checklists
from station.duty_lists import DutyLists
from station.duty_reports import report_duty, report_handover
from station.journal import center_pages
from station.journal.center_lists import CenterLists, Outcome
from station.journal.duties import Comer, Duties
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.handovers import Handovers
from station.journal.reports import to_send
from station.sync.items import ChecklistItem, ChecklistPoint, encode_item
from station.sync.reports import DutyReport, HandoverReport, decode_body
from station.ui import handover_words
from tests.journal.given import Channel, enrol, fact, gone
from tests.journal.samples import NOON, open_journal

ZONE = timezone(timedelta(hours=8))
STREET = "江北区/和平街道"
MASK, CODES = ChecklistPoint("protected", "口罩戴好", "Mask on"), ChecklistPoint("p1", "查健康码")


def written(
    *points: ChecklistPoint, kind: str = "open", branch: str = STREET, minute: int = 0
) -> tuple[str, str, bytes]:
    at = NOON + timedelta(minutes=minute)
    return "checklist", f"{kind}:{branch}", encode_item(ChecklistItem(kind, branch, to_ms(at), points))


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Channel]:
    with open_journal(tmp_path / "station") as journal:
        enrol(journal)
        yield Channel(CenterLists(journal), journal)


@pytest.fixture
def lists(quick: Channel) -> DutyLists:
    return DutyLists(lambda: quick.journal, load_checklists())


def points(lists: DutyLists, kind: str = "open") -> list[str]:
    return [point.id for one in lists.now() if one.id == kind for point in one.points]


def test_a_list_of_the_center_stands_instead_of_the_usual_one_until_it_is_taken_back(
    quick: Channel, lists: DutyLists
) -> None:
    usual = points(lists)
    quick.give(written(MASK, CODES))
    assert points(lists) == ["protected", "p1"]
    assert [one.id for one in lists.now()] == ["open", "night", "handing_over"], "the others stay"
    assert lists.now()[0].said("zh") == "上岗"
    assert lists.now()[0].points[1].said("en") == "查健康码", "without English the Chinese is said"
    quick.give(gone("checklist", f"open:{STREET}"))
    assert points(lists) == usual


def test_the_list_of_the_street_counts_before_that_of_the_district(quick: Channel, lists: DutyLists) -> None:
    quick.give(written(MASK))
    quick.give(written(CODES, branch="江北区", minute=5), written(CODES, branch="", minute=9))
    assert points(lists) == ["protected"]
    quick.give(gone("checklist", f"open:{STREET}"))
    assert points(lists) == ["p1"]


BROKEN = {
    "no points": written(),
    "eleven points": written(*(ChecklistPoint(f"p{number}", "灯") for number in range(11))),
    "two of one id": written(MASK, MASK),
    "an id that is none": written(ChecklistPoint("../x", "灯")),
    "a text that fits nowhere": written(ChecklistPoint("p1", "灯" * 41)),
    "no list at all": ("checklist", "open:x", b"\xc1"),
    "of no time": ("checklist", "open:x", encode_item(ChecklistItem("open", "", -1, (MASK,)))),
    "of a kind of tomorrow": written(MASK, kind="midday"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_list_that_cannot_be_used_leaves_the_usual_one_and_is_said_once(
    quick: Channel, lists: DutyLists, broken: tuple[str, str, bytes], caplog: pytest.LogCaptureFixture
) -> None:
    usual = points(lists)
    assert quick.give(broken, fact("code", "c1", "colour", "red")).outcome is Outcome.APPLIED
    with caplog.at_level(logging.WARNING):
        assert [points(lists) for _ in range(3)] == [usual] * 3
    assert len(caplog.records) == 1
    assert "the usual one stays" in caplog.text


def test_fields_that_a_newer_center_appends_are_no_fault(quick: Channel, lists: DutyLists) -> None:
    name, key, body = written(MASK)
    assert body[:1] == b"\x94"
    quick.give((name, key, b"\x95" + body[1:] + b"\xa4new!"))
    assert points(lists) == ["protected"]


def test_an_older_station_skips_the_list_and_has_it_after_its_update(
    quick: Channel, lists: DutyLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.delitem(center_pages._READ, "checklist")
        applied = quick.give(written(MASK), fact("code", "c1", "colour", "red"))
    assert (applied.outcome, applied.skipped, len(applied.facts)) == (Outcome.APPLIED, 1, 1)
    assert points(lists) == ["protected"]


def test_a_gate_without_a_journal_has_the_usual_lists() -> None:
    nowhere = DutyLists(lambda: None, load_checklists())
    assert len(nowhere.now()) == 3
    assert not nowhere.changed()


def test_a_change_is_noticed_once(quick: Channel, lists: DutyLists) -> None:
    assert not lists.changed(), "a program that starts has seen nothing change"
    quick.give(written(MASK))
    assert [lists.changed(), lists.changed()] == [True, False]
    quick.give(gone("checklist", f"open:{STREET}"))
    assert lists.changed()


def reported(journal: Journal) -> list[tuple[str, int | None, str]]:
    (report,) = to_send(journal.connection, journal.vault)
    return list(decode_body(report.body, DutyReport).checklist)


def test_ticks_and_reports_go_on_when_the_list_changes_in_the_middle_of_a_shift(
    quick: Channel, lists: DutyLists
) -> None:
    journal, at = quick.journal, to_ms(NOON)
    Duties(journal).begin(Comer("王建国"), NOON)
    log = DutyLog(journal.connection)
    for point, done in (("protected", True), ("disinfected", True), ("selftest", True), ("selftest", False)):
        log.tick(Tick("open", point, NOON, done, "17"))
    report_duty(journal, "东门", lists.now(), ZONE, NOON)
    before = [one for one in reported(journal) if one[0].startswith("open/")]
    assert before[:3] == [
        ("open/protected", at, "17"),
        ("open/disinfected", at, "17"),
        ("open/thermometer", None, ""),
    ]
    assert len(before) == 6, "also what nobody has done yet"
    assert not [one for one in reported(journal) if one[0].startswith("night/")], "it is not night (20:00)"

    quick.give(written(MASK, CODES))
    report_duty(journal, "东门", lists.now(), ZONE, NOON + timedelta(minutes=1))
    after = [one for one in reported(journal) if one[0].startswith("open/")]
    assert after == [
        ("open/protected", at, "17"),
        ("open/p1", None, ""),
        ("open/disinfected", at, "17"),
    ], "what was done of the list of before is not lost; what is open of it is not asked any more"


def test_a_sheet_says_its_open_points_in_words_also_when_the_list_is_another_one() -> None:
    sheet = Sheet(
        gate="东门", lane="1", began_ms=0, at_ms=0,
        open_points=(("open", "p1"), ("open", "lamp"), ("open", "phones")),
        point_texts=("上岗：查健康码", ""),
    )  # fmt: skip
    block = handover_words.open_points(sheet, load_checklists(), "zh")
    assert block.lines == ("上岗：查健康码", "open/lamp", "上岗：知道发热送哪里、有事打谁电话")


def test_the_sheet_and_the_center_say_how_many_are_inside_also_where_there_are_no_lines_for_all(
    application: QApplication, quick: Channel
) -> None:
    inside = tuple(Person("王*", "3-1-101", to_ms(NOON), late=n < 230) for n in range(350))
    sheet = Sheet(gate="东门", lane="1", began_ms=0, at_ms=1, residents_inside=1000, others=inside)
    journal = quick.journal
    Handovers(journal).hand_over(bounded(sheet), Who(), "张伟", NOON)
    kept = Handovers(journal).newest()
    assert kept
    report_handover(journal, kept, NOON)
    (report,) = [one for one in to_send(journal.connection, journal.vault) if one.kind == "handover"]
    counts = dict(decode_body(report.body, HandoverReport).counts)
    assert (counts["inside"], counts["others_inside"]) == (1350, 350)
    (told,) = [one for one in handover_words.blocks(kept.sheet, ZONE) if one.slug == "others"]
    assert (told.value, told.lines[-1]) == ("350 人，230 人超时", "还有 150 条没列出来")
