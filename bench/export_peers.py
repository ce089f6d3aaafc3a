"""The peers of `bench.export`: what each gets, and what of it is timed. Each returns the work to be timed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from bench.decision import START
from station.core.entry import ReasonPart, decode
from station.core.model import Severity
from station.journal.connection import open_reader
from station.journal.daily_log import DailyLog, LoggedRecord, Named
from station.journal.masking import mask_name
from station.journal.person import COLUMNS as PERSON_COLUMNS
from station.journal.person import open_person
from station.journal.vault import open_vault
from station.log_words import LogWords
from station.reports.log_table import COLUMNS, PERSONAL, Filter, LogTable

Work = Callable[[], int]  # returns how many rows it wrote
FIRST, LAST = (START - timedelta(days=400)).date(), (START + timedelta(days=4000)).date()
_reasons = msgspec.msgpack.Decoder(tuple[ReasonPart, ...]).decode
_lean = msgspec.msgpack.Decoder(LoggedRecord).decode


def pandas_csv(decoded: bool, folder: Path, target: Path) -> Work:
    """From the same journal. `decoded`: with our decoder of the columns that a log has; else with the one of
    entries. The words of a column are mapped over the whole column."""
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

    def work() -> int:
        frame = _frame(pd, folder, _lean if decoded else decode)
        frame.to_csv(
            target.with_suffix(".csv"),
            index=False,
            encoding="utf-8-sig",
            float_format="%.1f",
            lineterminator="\r\n",
        )
        return len(frame)

    return work


def pandas_to_csv(folder: Path, target: Path) -> Work:
    """Its writer by itself: the frame is ready, and nobody counts what that took."""
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

    frame = _frame(pd, folder, _lean)

    def work() -> int:
        frame.to_csv(target.with_suffix(".csv"), index=False, encoding="utf-8-sig", float_format="%.1f")
        return len(frame)

    return work


def _frame(pd: Any, folder: Path, decoder: Callable[[bytes], Any]) -> Any:
    """The same columns, by vectors where pandas has them. Without guards against formulas."""
    connection = open_reader(folder)
    words, vault = LogWords(), open_vault(folder, create=False)
    corrected = {}
    for (record,) in connection.execute(
        "SELECT record FROM entry WHERE amends IS NOT NULL ORDER BY position"
    ):
        correction = decode(record)
        corrected[correction.amends] = correction
    raw = []
    for number, record in connection.execute(
        "SELECT number, record FROM entry WHERE amends IS NULL AND at_ms >= 0 ORDER BY position"
    ):
        one = decoder(record)
        warm, code, new = one.temperature, one.code, corrected.get(one.id)
        raw.append(
            (
                number, one.at_ms, one.direction, one.lane, new.severity if new else one.severity,
                words.correction(words.verdict(Severity(one.severity)), new.override, new.operator)
                if new else "",
                _key(one.reasons), warm.value_c if warm else None, warm.site if warm else "",
                warm.instrument if warm else "", code.kind if code else "", code.status if code else "",
                one.person_id, one.operator or "", one.policy, int(one.emulated),
            )
        )  # fmt: skip
    frame = pd.DataFrame(raw, columns=[one for one in COLUMNS if one not in PERSONAL[1:]])
    people = {}
    for row in connection.execute(f"SELECT {PERSON_COLUMNS} FROM person"):
        person = open_person(vault, row)
        people[person.id] = (mask_name(person.name), person.dwelling, words.category(person.category))
    whose = frame["name"]
    frame["at"] = pd.to_datetime(frame["at"] // 1000, unit="s")
    frame["direction"] = frame["direction"].map(words.direction)
    frame["verdict"] = frame["verdict"].map({int(one): words.verdict(one) for one in Severity})
    said = {
        why: "；".join(words.reason(one.code) for one in (_reasons(why) if isinstance(why, bytes) else why))
        for why in frame["reasons"].unique()
    }
    frame["reasons"] = frame["reasons"].map(said)
    for column, say in (("site", words.site), ("code", words.code), ("code_status", words.code_status)):
        frame[column] = frame[column].map(
            {word: say(word) if word else "" for word in frame[column].unique()}
        )
    for at, column in enumerate(PERSONAL):
        frame[column] = whose.map({person_id: person[at] for person_id, person in people.items()})
    return frame[list(COLUMNS)].rename(
        columns=dict(zip(COLUMNS, LogTable(words, UTC, Named, Filter(), masked=True).headers, strict=True))
    )


def _key(reasons: object) -> object:
    """What a column can be mapped by."""
    return bytes(reasons) if isinstance(reasons, msgspec.Raw) else reasons


def _typed(folder: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The rows as values of Python, for those who write only."""
    vault = open_vault(folder, create=False)
    with DailyLog.open(folder, FIRST, LAST, UTC) as log:
        table = LogTable(LogWords(), UTC, partial(log.person, vault), Filter(), masked=True)
        return table.headers, [
            (int(row[0]), datetime.fromisoformat(row[1]), *row[2:7], float(row[7]), *row[8:17], int(row[17]))
            for row in csv.reader(table.rows(log))
        ]


def xlsxwriter_alone(folder: Path, target: Path) -> Work:
    import xlsxwriter

    headers, rows = _typed(folder)
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}

    def work() -> int:
        with xlsxwriter.Workbook(str(target.with_suffix(".xlsx")), options) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, headers)
            for at, row in enumerate(rows, start=1):
                sheet.write_row(at, 0, row)
        return len(rows)

    return work


def openpyxl_alone(folder: Path, target: Path) -> Work:
    from openpyxl import Workbook  # type: ignore[import-untyped,import-not-found,unused-ignore]

    headers, rows = _typed(folder)

    def work() -> int:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(headers)
        for row in rows:
            sheet.append(row)
        book.save(target.with_suffix(".xlsx"))
        return len(rows)

    return work


def rust_alone(folder: Path, target: Path) -> Work:
    """rust_xlsxwriter, through rustpy-xlsxwriter: no chart, no second sheet by our hand."""
    from rustpy_xlsxwriter import write_worksheet  # type: ignore[import-not-found,unused-ignore]

    headers, rows = _typed(folder)
    records = [dict(zip(headers, row, strict=True)) for row in rows]

    def work() -> int:
        write_worksheet(records, str(target.with_suffix(".xlsx")))
        return len(rows)

    return work
