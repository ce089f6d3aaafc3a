"""Which column is what: the header row under any titles, in any order, in the many words of communities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.roster.sheets import Row
from station.roster.text import clean

_SEARCHED_ROWS = 40  # titles and instructions above a header are shorter
_LONGEST_HEADER = 24


class Column(StrEnum):
    NAME = "name"
    HOUSE = "house"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    BIRTH = "birth"
    CATEGORY = "category"
    CODE = "code"
    COLOUR = "colour"
    COLOUR_AT = "colour_at"
    TEST = "test"
    TEST_AT = "test_at"
    OCCUPATION = "occupation"
    GUARDIAN = "guardian"
    PROXY = "proxy"
    NOTE = "note"


_EXACT = {
    Column.NAME: "姓名 名字 住户 住户姓名 居民姓名 人员姓名 业主姓名 成员姓名 家庭成员 租户姓名 name",
    Column.HOUSE: "房号 门牌 门牌号 房屋 房屋号 房间号 地址 住址 家庭住址 现住址 居住地址 详细地址 住房 户号 "
    "楼栋房号 房屋地址 小区住址 栋单元室 幢单元室 楼栋单元室 dwelling house",
    Column.BUILDING: "楼栋 栋 幢 楼号 栋号 幢号 楼幢 楼栋号 号楼 楼 座 几栋 几幢 building",
    Column.UNIT: "单元 单元号 几单元 梯 unit",
    Column.ROOM: "室 室号 房间 房 几室 户室 room",
    Column.PHONE: "手机 手机号 手机号码 电话 电话号码 联系方式 联系电话 本人电话 固话 座机 固定电话 "
    "tel phone",
    Column.ID_NUMBER: "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 身份号码 id_number",
    Column.BIRTH: "出生日期 生日 出生年月 出生年月日 birth",
    Column.CATEGORY: "类别 人员类别 类型 人员类型 人员性质 身份 居住性质 居住类型 住户类型 户籍性质 category",
    Column.CODE: "健康码 二维码 码 小区码 出入码 通行码 code",
    Column.COLOUR: "颜色 健康码颜色 码色 健康码状态 colour color",
    Column.COLOUR_AT: "颜色时间 健康码时间 赋码时间 更新时间",
    Column.TEST: "核酸 核酸结果 核酸检测 核酸检测结果 检测结果 最近一次核酸结果",
    Column.TEST_AT: "核酸时间 采样时间 核酸采样时间 核酸检测时间 检测时间 最近一次核酸时间",
    Column.OCCUPATION: "职业 工种 行业 从事行业 岗位 工作 从业 occupation",
    Column.GUARDIAN: "监护人 监护人姓名 家长 家长姓名 guardian",
    Column.PROXY: "代办人 代理人 代办人姓名 亲属代办 代申领人 proxy",
    Column.NOTE: "备注 说明 其他 note",
}
# If no column says it exactly. Words of other people come first, so that 监护人电话 is nobody's phone here.
_NOT_OURS = re.compile("监护|家长|代办|紧急|亲属|家属|户主|房东|联系人|单位|网格员|登记人|填表|工作地|序")
_CONTAINING = (
    (Column.ID_NUMBER, "身份证|证件号"),
    (Column.PHONE, "手机|电话|联系方式"),
    (Column.NAME, "姓名"),
    (Column.HOUSE, "房号|门牌|住址|幢.*室|栋.*室"),
    (Column.CATEGORY, "类别|类型"),
    (Column.OCCUPATION, "职业|工种"),
    (Column.BIRTH, "出生"),
    (Column.NOTE, "备注"),
)
_LAST_CHOICE = (Column.NAME, "户主|户主姓名|业主|户主名字|承租人|访客|联系人")
_WORDS = {word: column for column, words in _EXACT.items() for word in words.split()}
_SEVERAL = {Column.PHONE, Column.NOTE}  # these may have more than one column


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are: `places` by column, `titles` as the file writes them, by place."""

    row: int  # index among the sheet's rows of the last header row
    places: dict[Column, tuple[int, ...]]
    titles: tuple[str, ...]

    def title(self, column: Column) -> str:
        """What the file calls this column; empty if it has none."""
        places = self.places.get(column, ())
        return self.titles[places[0]] if places else ""


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row that names most columns, a name among them; None if none names two."""
    found = [
        header
        for index in range(min(len(rows), _SEARCHED_ROWS))
        if (header := _header(index, rows[index].cells))
    ]
    best = max(found, key=lambda header: len(header.places), default=None)
    return _with_second_line(best, rows) if best else None


def is_header_again(row: Row, header: Header) -> bool:
    """The header repeated at the top of a printed page."""
    place = header.places[Column.NAME][0]
    return place < len(row.cells) and _plain(row.cells[place]) == _plain(header.titles[place])


def _header(index: int, cells: Sequence[str]) -> Header | None:
    places = _places(cells)
    if Column.NAME not in places or len(places) < 2:
        return None
    return Header(index, places, tuple(cells))


def _with_second_line(header: Header, rows: Sequence[Row]) -> Header:
    """A header of two lines: 家庭住址 over 楼栋, 单元, 室. The second line names nobody."""
    if header.row + 1 >= len(rows):
        return header
    below = rows[header.row + 1].cells
    place = header.places[Column.NAME][0]
    name_below = _plain(below[place]) if place < len(below) else ""
    if name_below not in ("", _plain(header.titles[place])) or not _places(below):
        return header
    width = max(len(below), len(header.titles))
    both = [_at(below, place) or _at(header.titles, place) for place in range(width)]
    return _header(header.row + 1, both) or header


def _places(cells: Sequence[str]) -> dict[Column, tuple[int, ...]]:
    words = [_plain(cell) for cell in cells]
    found: dict[Column, tuple[int, ...]] = {}
    for choose in (_exactly, _containing):
        for place, word in enumerate(words):
            column = choose(word)
            if column and _free(place, found) and (column in _SEVERAL or column not in found):
                found[column] = (*found.get(column, ()), place)
    if Column.NAME not in found:
        column, pattern = _LAST_CHOICE
        places = [place for place, word in enumerate(words) if re.fullmatch(pattern, word)]
        found |= {column: (places[0],)} if places and _free(places[0], found) else {}
    return found


def _free(place: int, found: dict[Column, tuple[int, ...]]) -> bool:
    return not any(place in places for places in found.values())


def _exactly(word: str) -> Column | None:
    return _WORDS.get(word)


def _containing(word: str) -> Column | None:
    if not word or _NOT_OURS.search(word):
        return None
    return next((column for column, pattern in _CONTAINING if re.search(pattern, word)), None)


def _plain(cell: str) -> str:
    """The word of a header cell: without spaces, stars, colons and what stands in brackets."""
    if len(cell) > _LONGEST_HEADER:
        return ""
    word = re.sub(r"\(.*?\)|[\s*:、/_]", "", clean(cell))
    return word.lower()


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def texts(row: Row, places: Iterable[int]) -> list[str]:
    """What stands in these columns of a row, without the empty ones."""
    return [row.cells[place] for place in places if place < len(row.cells) and row.cells[place]]
