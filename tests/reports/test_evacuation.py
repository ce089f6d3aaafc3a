"""The evacuation list: everybody who may be inside, in full, on numbered pages, by building."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from station.cli import main
from station.reports.evacuation import ToFind, page_image, write_evacuation
from station.reports.passes import PrintError
from tests.compound import Compound, busy
from tests.reports.paper import CHINA, COMMUNITY, MORNING, printed, words


@pytest.fixture
def compound(tmp_path: Path) -> Iterator[Compound]:
    compound = Compound.open(tmp_path / "station")
    yield compound
    compound.journal.close()


def resident(house: str, name: str = "张小强") -> ToFind:
    return ToFind(name, house, "resident", "5678", MORNING - timedelta(hours=1))


def write(folder: Path, people: list[ToFind]) -> tuple[Path, int]:
    path = folder / "list.pdf"
    return path, write_evacuation(path, people, COMMUNITY, MORNING, CHINA)


def test_a_command_names_everybody_in_full_and_says_who_may_be_at_home(
    compound: Compound, tmp_path: Path
) -> None:
    busy(compound)
    pdf = tmp_path / "list.pdf"
    data = ["--data", str(tmp_path / "station")]
    assert main(["inside", "--pdf", str(pdf), "--unseen", *data]) == 0
    said = words(pdf)
    for part in ("共9人", "欧阳建国", "尾号3401", "3-2-501", "没过", "张小强", "第1"):
        assert part in said
    assert "李红" not in said  # she is out
    assert pdf.stat().st_mode & 0o077 == 0


def test_buildings_come_in_the_order_of_numbers_and_those_without_a_house_first(tmp_path: Path) -> None:
    people = [resident("10-1-101"), resident("2-1-101"), ToFind("刘师傅", "", "worker", "", MORNING)]
    path, pages = write(tmp_path, people)
    said = words(path)
    assert pages == 1
    assert said.index("没有房号") < said.index("2号楼") < said.index("10号楼")


def test_nobody_is_lost_between_pages(tmp_path: Path) -> None:
    people = [resident(f"{1 + number // 37}-1-{number}", f"人{number:03}") for number in range(200)]
    path, pages = write(tmp_path, people)
    said = words(path)
    assert all(said.count(one.name) == 1 for one in people)
    assert f"第{pages}" in said
    assert len(printed(path, dpi=30)) == pages


def test_no_line_runs_into_the_foot_of_the_page(tmp_path: Path) -> None:
    for count, pages in ((20, 1), (21, 2)):  # 238 mm: a heading and 20 lines of 11 mm
        assert write(tmp_path, [resident(f"3-1-{number}") for number in range(count)])[1] == pages


def test_long_names_do_not_keep_a_list_waiting_in_an_emergency(tmp_path: Path) -> None:
    """Each was laid out at up to fifty sizes: five thousand of them took a minute."""
    long = "买买提艾力·古丽巴哈尔·阿不都热合曼"
    short = [resident(f"3-1-{number}") for number in range(150)]
    write(tmp_path, short)  # fonts are loaded
    took = list[float]()
    for people in (short, [resident(f"幸福里小区东区三号楼{one.dwelling}", long) for one in short]):
        begun = process_time()
        write(tmp_path, people)
        took.append(process_time() - begun)
    assert took[1] < 8 * took[0]  # it was thirteen times


def test_an_empty_compound_is_said(tmp_path: Path) -> None:
    path, pages = write(tmp_path, [])
    assert (pages, "里面没有人" in words(path)) == (1, True)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrintError):
        write(tmp_path / "nowhere", [])


def test_every_line_has_a_box_to_tick() -> None:
    image = page_image([resident("3-2-501")], COMMUNITY, MORNING, CHINA, page=0, dpi=100)
    dark = image.pixelColor(round(16 / 25.4 * 100), round((42 + 11 + 2.25) / 25.4 * 100))
    assert dark.lightness() < 100  # its upper edge


def test_nobody_is_told_in_a_repr() -> None:
    assert "张小强" not in repr(resident("3-2-501"))
