"""The entries of a day as a table: CSV that Excel and WPS open, in which nothing runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from center.store import SqlStore, of_days
from station.core.formulas import FORMULA_STARTS

BOM = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
_SELECT = """
    SELECT entry.corrected_ms, entry.at_ms, entry.uncertainty_ms, station.name, entry.gate, entry.lane,
           entry.direction, entry.severity, entry.reasons, entry.closing, entry.value_c, entry.site,
           entry.code_kind, entry.code_trust, entry.code_status, entry.person_id, entry.operator,
           entry.policy, entry.amends, entry.override, entry.emulated, entry.incarnation, entry.number,
           entry.id, entry.station
    FROM entry LEFT JOIN station ON station.station = entry.station
    WHERE
"""
_QUERY = f"""
    {_SELECT} entry.day >= ? AND entry.day <= ? AND entry.at_ms >= ? AND entry.at_ms < ?
    ORDER BY entry.at_ms, entry.station, entry.number
"""
TITLES = (
    "时间 大门电脑的时间 误差秒 门 大门 通道 方向 结果 原因 收尾 体温 部位 码 可信 码的状态 人员编号 操作员"
    " 规则 更正哪条 改判原因 模拟 段 号 编号"
)
_RESULTS = ("pass", "recheck", "stop")
_DAY_MS, _A_DAY = 86_400_000, timedelta(days=1)


def rows_of_day(store: SqlStore, day: date, zone: tzinfo | None) -> Iterator[tuple[Any, ...]]:
    """The entries of a day of this zone, by the gate's clock, as they are to be written.

    A correction is of the day of what it corrects.
    """
    begin, end = (_ms(datetime(one.year, one.month, one.day, tzinfo=zone)) for one in (day, day + _A_DAY))
    with store.database.read() as connection:
        found = of_days.corrections(connection, begin, end)
        for *row, station in connection.each(_QUERY, begin // _DAY_MS, end // _DAY_MS, begin, end):
            if (bytes(station), bytes(row[-1])) not in found.elsewhere:
                yield _written(row, zone)
        for *row, _ in of_days.rows_of(connection, _SELECT, found):
            yield _written(row, zone)


def csv_lines(rows: Iterable[Iterable[Any]], titles: Iterable[str]) -> Iterator[bytes]:
    """RFC 4180 with a BOM in front; texts that a spreadsheet would run begin with an apostrophe."""
    yield BOM + _line(titles)
    for row in rows:
        yield _line(row)


def neutral(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _line(cells: Iterable[Any]) -> bytes:
    return (",".join(map(_cell, cells)) + "\r\n").encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = neutral(str(value))
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def _written(row: Sequence[Any], zone: tzinfo | None) -> tuple[Any, ...]:
    corrected, at, uncertainty, name, gate, lane, direction, severity, *rest = row
    *between, amends, override, emulated, incarnation, number, entry_id = rest
    result = _RESULTS[severity] if 0 <= severity < len(_RESULTS) else severity
    times = (moment(corrected, zone), moment(at, zone), round(uncertainty / 1000, 1))
    ids = (hex_of(amends), override, "emulated" if emulated else "", incarnation, number, hex_of(entry_id))
    return (*times, name, gate, lane, direction, result, *between, *ids)


def moment(ms: int, zone: tzinfo | None) -> str:
    """Local time to the second; what no calendar holds stays a number."""
    try:
        return datetime.fromtimestamp(ms / 1000, zone).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return str(ms)


def hex_of(value: bytes | None) -> str | None:
    """Of an id, whatever type the database gives bytes in."""
    return None if value is None else bytes(value).hex()


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
