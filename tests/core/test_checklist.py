"""Checklists of a shift: what is shipped is sound, the night list is for the night, open points are told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from station.core.checklist import (
    Checklist,
    ChecklistError,
    LineProblem,
    LinesError,
    Point,
    Tick,
    as_lines,
    open_points,
    parse_checklist,
    read_lines,
    with_points,
)

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2022, 4, 16, 12, tzinfo=ZONE)
SHIPPED = sorted((Path(__file__).parents[2] / "assets" / "duty").glob("*.toml"))

ONE = """
id = "open"
zh = "上岗"
en = "Start"
[[points]]
id = "mask"
zh = "口罩戴好"
en = "Mask on"
[[points]]
id = "lamp"
zh = "灯亮着"
en = "Lamp on"
"""


def hours(first: float, last: float) -> tuple[datetime, datetime]:
    return NOON + timedelta(hours=first), NOON + timedelta(hours=last)


def test_the_shipped_lists_are_lists() -> None:
    lists = [parse_checklist(file.read_text("utf-8")) for file in SHIPPED]
    assert [one.id for one in lists] == ["open", "night", "handing_over"]


@pytest.mark.parametrize(
    ("first", "last", "applies"),
    [(-5, 7, False), (-5, 10, False), (-5, 11, True), (7, 19, True), (12, 17, True), (18, 24, False),
     (-6, 0, False),
     (-8, -6, True)],
)  # fmt: skip
def test_the_nights_list_is_for_shifts_that_reach_into_the_night(
    first: float, last: float, applies: bool
) -> None:
    night = parse_checklist(SHIPPED[1].read_text("utf-8"))
    assert night.applies(*hours(first, last), ZONE) is applies


@pytest.mark.parametrize(
    "text",
    ["", "id = 3", ONE.replace('"lamp"', '"mask"'), ONE.replace('"lamp"', '"Lamp on"'),
     ONE.replace("灯亮着", "灯" * 41),
     ONE.replace("[[points]]", "[[point]]"), ONE + "colour = 1", ONE.split("[[")[0]],
)  # fmt: skip
def test_a_broken_list_is_named(text: str) -> None:
    with pytest.raises(ChecklistError):
        parse_checklist(text)


def test_what_was_ticked_and_taken_back_is_open_again() -> None:
    one = parse_checklist(ONE)

    def still_open(*ticks: Tick) -> list[str]:
        return [point.id for _, point in open_points([one], ticks)]

    assert still_open() == ["mask", "lamp"]
    mask = Tick("open", "mask", NOON, done=True)
    assert still_open(mask, Tick("night", "lamp", NOON, done=True)) == ["lamp"], "of another list"
    assert still_open(mask, Tick("open", "mask", NOON, done=False)) == ["mask", "lamp"]


def test_both_languages_are_said() -> None:
    one: Checklist = parse_checklist(ONE)
    assert (one.said("zh"), one.said("en"), one.points[0].said("en")) == ("上岗", "Start", "Mask on")


USUAL = parse_checklist(ONE)


def test_typed_lines_keep_the_ids_of_texts_that_are_known_and_get_one_of_their_own_else() -> None:
    text = "灯亮着\n\n 口罩戴好 ｜ Mask is on\n查健康码 | Codes checked\n看后门"
    points = read_lines(text, USUAL.points)
    assert [(one.id, one.en) for one in points[:2]] == [("lamp", "Lamp on"), ("mask", "Mask is on")]
    assert points == read_lines(as_lines(points), USUAL.points), "what stands in the form is what was typed"
    assert points[2:] == read_lines("查健康码 | Codes checked\n看后门", ()), "in whatever order and list"
    assert len({one.id for one in points}) == 4
    said = with_points(USUAL, points)
    assert (said.id, said.zh, said.points[3].said("en")) == ("open", "上岗", "看后门")
    assert as_lines(said.points).endswith("看后门"), "Chinese that stands in for English is not written twice"
    assert "看后门 |" not in as_lines(said.points)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \n\n", LineProblem.NOTHING),
        ("\n".join(f"第 {number} 项" for number in range(11)), LineProblem.MANY),
        ("灯" * 41, LineProblem.LONG),
        ("灯 | " + "l" * 61, LineProblem.LONG),
        ("| only English", LineProblem.LONG),
        ("灯亮着\n灯亮着 | again", LineProblem.TWICE),
    ],
)
def test_lines_that_are_no_list_are_refused(text: str, problem: LineProblem) -> None:
    with pytest.raises(LinesError) as refused:
        read_lines(text, USUAL.points)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    "points", [(), (Point("mask", "灯", ""),) * 2, (Point("no id", "灯", ""),), (Point("x", "灯" * 41, ""),)]
)
def test_points_from_elsewhere_that_no_page_could_show_are_refused(points: tuple[Point, ...]) -> None:
    with pytest.raises(ChecklistError):
        with_points(USUAL, points)
