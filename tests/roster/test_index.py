"""Finding one of many people by whatever the volunteer types."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.roster.index import Findable, Fit, PeopleIndex, building_of
from station.roster.pinyin import KEY, Pinyin, beginnings, is_initials, spells

TABLE = (Path(__file__).parents[2] / "assets" / "pinyin.txt").read_text("utf-8")
PINYIN = Pinyin(TABLE)

PEOPLE = [
    Findable("zhang", "张小强", ("3", "2", "501"), ("13812345678",), "123X"),
    Findable("zhang2", "张强", ("3", "2", "502"), ("13900005678", "057188001234"), "0017"),
    Findable("shan", "单曾", ("12", "1", "302"), ("13700001111",)),
    Findable("lv", "吕绿", ("12", "1", "301")),
    Findable("aili", "买买提·艾力", ("平房", "15")),
    Findable("john", "John Smith", (), ("13600002222",)),
    Findable("qiang", "李强", ("13", "2", "501")),
]


@pytest.fixture
def index() -> PeopleIndex:
    index = PeopleIndex(PINYIN)
    for person in PEOPLE:
        index.put(person)
    return index


def found(index: PeopleIndex, typed: str) -> list[str]:
    return [hit.person.person_id for hit in index.search(typed)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("zxq", ["zhang"]),
        ("ZXQ", ["zhang"]),
        ("zhangxq", ["zhang"]),
        ("zhxq", ["zhang"]),
        ("zhangxiaoqiang", ["zhang"]),
        ("zhangx", ["zhang"]),
        ("zq", ["zhang2"]),
        ("zhang", ["zhang", "zhang2"]),
        ("xq", ["zhang"]),
        ("qiang", ["zhang", "zhang2", "qiang"]),
        ("sz", ["shan"]),  # all readings of 单 and of 曾
        ("sc", ["shan"]),
        ("dz", ["shan"]),
        ("cc", ["shan"]),
        ("shanzeng", ["shan"]),
        ("chanceng", ["shan"]),
        ("lv", ["lv"]),
        ("lu", ["lv"]),
        ("lü", ["lv"]),
        ("mmt", ["aili"]),
        ("smi", ["john"]),
        ("john", ["john"]),
        ("张", ["zhang2", "zhang"]),
        ("小强", ["zhang"]),
        ("艾力", ["aili"]),
        ("3-2-501", ["zhang"]),
        ("3栋2单元501", ["zhang"]),
        ("３栋", ["zhang", "zhang2"]),
        ("3-2-50", ["zhang", "zhang2"]),
        ("12-1", ["lv", "shan"]),
        ("501", ["zhang", "qiang"]),
        ("平房", ["aili"]),
        ("5678", ["zhang", "zhang2"]),
        ("2345678", ["zhang"]),
        ("1234", ["zhang2"]),
        ("123x", ["zhang"]),
        ("0017", ["zhang2"]),
        ("zhang 502", ["zhang2"]),
        ("501 qiang", ["zhang", "qiang"]),
        ("zz", []),
        ("9999", []),
        ("", []),
        ("   ", []),
        ("?", []),
        ("2022-03-12", []),
    ],
)
def test_somebody_is_found_by_what_one_knows_of_them(index: PeopleIndex, typed: str, who: list[str]) -> None:
    assert sorted(found(index, typed)) == sorted(who)


def test_the_whole_name_stands_before_a_beginning_and_that_before_a_part(index: PeopleIndex) -> None:
    assert [hit.fit for hit in index.search("张强")] == [Fit.WHOLE]
    assert found(index, "qiang")[-1] != found(index, "zq")[0] or len(found(index, "qiang")) == 3
    assert [(hit.person.person_id, hit.fit) for hit in index.search("zq")] == [("zhang2", Fit.INITIALS)]
    assert found(index, "3-2-501")[0] == "zhang"


def test_a_changed_person_is_found_as_they_are_now_and_not_as_they_were(index: PeopleIndex) -> None:
    index.put(Findable("zhang", "李小强", ("9", "1", "101"), ("13800000000",)))

    assert found(index, "lxq") == found(index, "9-1") == found(index, "0000") == ["zhang"]
    assert "zhang" not in found(index, "张") + found(index, "3-2") + found(index, "5678")
    assert len(index) == len(PEOPLE)


def test_somebody_who_is_gone_is_not_found(index: PeopleIndex) -> None:
    index.remove("aili")
    index.remove("aili")

    assert found(index, "mmt") == []
    assert ("平房",) not in index.buildings()


def test_two_taps_building_then_person(index: PeopleIndex) -> None:
    assert index.buildings() == [("3",), ("12",), ("13",), ("平房",), ()]
    assert [person.person_id for person in index.of_building(("12",))] == ["lv", "shan"]
    assert [person.person_id for person in index.of_building(())] == ["john"]
    assert index.count(("3",)) == 2
    assert building_of(("东区", "3", "2", "501")) == ("东区", "3")


# Slow and obvious: every way to spell a name letter by letter, to compare the index with.
def spellings(readings: tuple[tuple[str, ...], ...]) -> set[str]:
    if not readings:
        return {""}
    return {
        reading[:taken] + rest
        for reading in readings[0]
        for taken in range(1, len(reading) + 1)
        for rest in spellings(readings[1:])
    }


names = st.text(alphabet="张单曾小强吕绿解仇万俟尉迟乐行安鄂", min_size=1, max_size=3)


@given(names, st.text(alphabet="abceghijlnoqsuvwxyz", min_size=1, max_size=5))
@settings(deadline=None)  # other programs may have the processor
def test_what_spells_a_name_is_the_beginning_of_a_spelling(name: str, typed: str) -> None:
    readings = PINYIN.of_name(name)
    obvious = any(
        whole.startswith(typed) or typed == whole
        for end in range(1, len(readings) + 1)
        for whole in spellings(readings[:end])
    )
    assert spells(typed, readings) == obvious


@given(names, st.integers(1, KEY), st.data())
@settings(deadline=None)  # other programs may have the processor
def test_the_index_keys_are_exactly_what_spells(name: str, length: int, data: st.DataObject) -> None:
    readings = PINYIN.of_name(name)
    assert all(spells(key, readings) for key in beginnings(readings))
    whole = data.draw(st.sampled_from(sorted(spellings(readings))))
    assert whole[:length] in beginnings(readings)


@given(names)
@settings(deadline=None)  # other programs may have the processor
def test_initials_in_any_reading_are_the_initials(name: str) -> None:
    readings = PINYIN.of_name(name)
    for choice in range(max(len(choices) for choices in readings)):
        typed = "".join(choices[min(choice, len(choices) - 1)][0] for choices in readings)
        assert is_initials(typed, readings)


def test_a_search_in_twenty_thousand_people_stays_within_a_key_press() -> None:
    rng, index = random.Random(1), PeopleIndex(PINYIN)
    surnames, given = (
        "张王李赵陈刘杨黄周吴郑朱单曾",
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲",
    )
    for number in range(20_000):
        name = rng.choice(surnames) + rng.choice(given) + rng.choice(given)
        house = (str(number // 300), str(number // 100 % 3), str(number % 100))
        index.put(Findable(str(number), name, house, (f"138{number:08}",), f"{number % 10000:04}"))

    def seconds(typed: str) -> float:
        start = process_time()
        assert index.search(typed)
        return process_time() - start

    # 20-50 ms here. Not the figure (`python -m bench.roster`): only that nothing grows with the square.
    for typed in ("z", "zh", "zhang", "zw", "张", "12", "12-1", "1234", "zhang 12"):
        assert median(seconds(typed) for _ in range(5)) < 0.5, typed


def test_nothing_personal_is_in_a_repr(index: PeopleIndex) -> None:
    shown = repr(index.search("zxq"))
    assert not [text for text in ("张小强", "501", "5678", "123X") if text in shown]
