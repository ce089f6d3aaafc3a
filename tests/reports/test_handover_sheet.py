"""The hand-over sheet on paper: one page whatever happened, nothing left out unsaid, nobody named in full."""

from __future__ import annotations

import itertools
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from station.core.handover import MOST_OF_REMARK
from station.reports.handover_sheet import Block, Paper, Signed, arrange, sheet_image, shortened, write_sheet
from station.reports.lettering import Slot
from station.reports.passes import PrintError


def busy(lines: int) -> list[Block]:
    told = [f"{one} 周* 2-3-401 红码" for one in range(lines)]
    return [Block(f"b{n}", "拦下的人", f"{lines} 人", tuple(told), n % 2 == 0) for n in range(13)]


def paper(lines: int) -> Paper:
    signed = (Signed("交班", "李*英 2002", "2022-04-16 10:24"),)
    return Paper("交班单", "幸福里小区 · 东门 · 1 道", "2022-04-15 19:44 – 10:24", tuple(busy(lines)), signed)


@pytest.mark.parametrize("lines", [0, 1, 3, 9, 200])
def test_everything_stands_on_one_page_and_nothing_covers_another(
    application: QApplication, lines: int
) -> None:
    placed = arrange(busy(lines))
    assert len(placed) == 13
    assert all(one.box.bottom() <= 262 for one in placed)
    assert not any(one.box.intersects(other.box) for one, other in itertools.combinations(placed, 2))


def test_what_has_no_room_is_counted(application: QApplication) -> None:
    assert shortened(["a", "b", "c"], 3) == ("a", "b", "c")
    assert shortened(["a", "b", "c", "d"], 3) == ("a", "b", "还有 2 条，在电脑里看")
    for one in arrange(busy(200)):
        if one.lines:
            assert "还有" in one.lines[-1]


@pytest.mark.parametrize("lines", [0, 3, 200])
def test_what_somebody_wrote_stands_there_whole_in_letters_as_large_as_all_others(
    application: QApplication, lines: int
) -> None:
    said = ("药放在桌子下面的蓝色箱子里，三幢的王阿姨中午来拿，她没有手机。" * 7)[:MOST_OF_REMARK]
    *others, remark = arrange([*busy(lines)[:12], Block("remark", "补一句", "", (said,), whole=True)])
    assert "".join(remark.lines) == said
    assert all(Slot(QRectF(0, 0, 87, 5), 3.7).holds_in_one_line(line) for line in remark.lines)
    assert len(others) == 12
    assert all(one.box.bottom() <= 262 for one in (*others, remark))


def test_it_is_one_page_of_a_pdf_for_its_owner_only(application: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    write_sheet(path, paper(9))
    content = path.read_bytes()
    assert content.count(b"/Type /Page\n") == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_said(application: QApplication, tmp_path: Path) -> None:
    with pytest.raises(PrintError):
        write_sheet(tmp_path / "nowhere" / "sheet.pdf", paper(1))


def test_whatever_is_to_be_done_has_a_thick_frame(application: QApplication) -> None:
    image = sheet_image(paper(1), 60)
    assert not image.isNull()
    assert image.width() < image.height()
