"""The five-colour work picture: what of a gate is red, orange, yellow, blue, and what is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.console.attention import (
    COLOUR_WORDS,
    SHAPES,
    Colour,
    Matter,
    lists_as_of,
    look_at,
)
from center.store import GateRow

NOW_MS = 1_795_348_800_000
MINUTE_MS, HOUR_MS = 60_000, 3_600_000
WELL = GateRow(b"1" * 16, "东门", "东门", "a", False, NOW_MS, 0, 0, "0.1", (), (), 10, 10, 0, 0)


def told(ms: int) -> tuple[str, str]:
    return ("lists_as_of", datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds"))


def seen(
    heard_ms: int | None = NOW_MS, more: tuple[Matter, ...] = (), **changes: Any
) -> tuple[Colour, list[str]]:
    state = look_at(replace(WELL, **changes), heard_ms, NOW_MS, more)
    return state.colour, [matter.words for matter in state.matters]


def test_a_gate_that_works_is_green_and_there_is_nothing_to_say() -> None:
    assert seen() == (Colour.GREEN, [])
    assert seen(NOW_MS - 80_000) == (Colour.GREEN, [])
    assert seen(pending=50, offset_ms=120_000, state=(("camera x", "ok"), told(NOW_MS - HOUR_MS))) == (
        Colour.GREEN,
        [],
    )


@pytest.mark.parametrize(
    ("changes", "colour", "words"),
    [
        ({"heard_ms": None}, Colour.BLUE, "还没来过，等它接上"),
        ({"revoked": True, "heard_ms": 0}, Colour.BLUE, "已撤销，不再收到名单"),
        ({"heard_ms": NOW_MS - 2 * MINUTE_MS}, Colour.YELLOW, "{} 分钟没有消息"),
        ({"heard_ms": NOW_MS - 11 * MINUTE_MS}, Colour.ORANGE, "{} 分钟没有消息"),
        ({"heard_ms": NOW_MS - 61 * MINUTE_MS}, Colour.RED, "{} 分钟没有消息"),
        ({"heard_ms": NOW_MS - 5 * HOUR_MS}, Colour.RED, "{} 小时没有消息"),
        ({"alarms": ("duplicate_station",)}, Colour.RED, "两台电脑在用同一个身份"),
        ({"alarms": ("fork",)}, Colour.RED, "同一段记录有两个样子"),
        ({"alarms": ("clock",)}, Colour.ORANGE, "电脑的钟差 {} 秒"),
        ({"offset_ms": -120_001}, Colour.ORANGE, "电脑的钟差 {} 秒"),
        ({"state": (("camera usb", "lost"),)}, Colour.ORANGE, "{}断了"),
        ({"state": (("thermometer gy", "silent 30 s"),)}, Colour.ORANGE, "{}没有数据"),
        ({"state": (("scanner", "searching"),)}, Colour.YELLOW, "{}还没找到"),
        ({"state": (("barrier relay", "lost"),)}, Colour.YELLOW, "{}断了"),
        ({"pending": 51}, Colour.YELLOW, "{} 条记录还没有送到"),
        ({"pending": 501}, Colour.ORANGE, "{} 条记录还没有送到"),
        ({"quarantined": 1}, Colour.YELLOW, "{} 条记录看不懂，已收好"),
        ({"state": (told(NOW_MS - 2 * HOUR_MS),)}, Colour.YELLOW, "名单是 {} 小时以前的"),
        ({"state": (told(NOW_MS - 25 * HOUR_MS),)}, Colour.ORANGE, "名单是 {} 小时以前的"),
    ],
)
def test_what_is_the_matter_has_a_colour_and_words(
    changes: dict[str, Any], colour: Colour, words: str
) -> None:
    assert seen(**changes) == (colour, [words])


def test_the_worst_is_said_first_and_gives_the_colour() -> None:
    colour, words = seen(
        pending=60,
        alarms=("fork",),
        state=(("camera x", "lost"),),
        more=(Matter(Colour.BLUE, "近了"), Matter(Colour.RED, "吹哨")),
    )

    assert colour is Colour.RED
    assert words == ["同一段记录有两个样子", "吹哨", "{}断了", "{} 条记录还没有送到", "近了"]


def test_a_gate_that_is_silent_is_not_blamed_for_lists_that_grew_old_meanwhile() -> None:
    heard_ms = NOW_MS - 30 * HOUR_MS

    assert seen(heard_ms, state=(told(heard_ms - MINUTE_MS),)) == (Colour.RED, ["{} 小时没有消息"])


def test_what_a_gate_is_called_in_one_word() -> None:
    def word(heard_ms: int | None, **changes: Any) -> str:
        return look_at(replace(WELL, **changes), heard_ms, NOW_MS).state

    assert word(NOW_MS) == "online"
    assert word(NOW_MS - HOUR_MS) == "silent"
    assert word(None) == "never"
    assert word(NOW_MS, revoked=True) == "revoked"


@given(st.text(max_size=40))
def test_an_absurd_time_of_the_lists_is_no_time(text: str) -> None:
    found = lists_as_of(replace(WELL, state=(("lists_as_of", text),)))

    assert found is None or isinstance(found, int)


def test_no_colour_is_without_its_own_word_and_shape() -> None:
    assert len(set(COLOUR_WORDS.values())) == len(set(SHAPES.values())) == len(Colour)
