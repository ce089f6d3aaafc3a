"""Lists of people: the time to read, plan, seal and write 20,000 rows, to build the index, and to search.

    python -m bench.roster [--people 20000] [--folder DIR]

Names are made of common surnames and of every 29th character of the table of readings, so that far more of
them differ than in a real place: the index is as large as it can get.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import xlsxwriter

from bench.machine import description, load
from station.journal import importing
from station.journal.batches import Batches
from station.journal.directory import Directory
from station.journal.entries import Journal
from station.journal.people import People
from station.journal.planning import make_plan
from station.judge import ASSETS
from station.roster.id_number import check_character
from station.roster.pinyin import Pinyin
from station.roster.rows import Reading, read_people

PEOPLE = 20_000
SURNAMES = (
    "张王李赵陈刘杨黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严单解仇"
)
HEADER = ("序号", "姓名", "房号", "手机号码", "身份证号", "人员类别", "职业", "健康码", "颜色", "颜色时间")
SEARCHES = (
    *("z", "zh", "zhang", "zx", "zhangxq", "dz", "l", "li", "wang"),
    *("张", "王小", "3-2-501", "3栋", "501", "12-3", "1234", "003X", "zx 3-2", "张 3栋", "nobodyhere"),
)
NOW = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
T = TypeVar("T")


def rows(people: int, table: str, rng: random.Random) -> Iterator[tuple[str, ...]]:
    """Made-up people, three to a dwelling, each with a valid ID number of a region that has none."""
    given = [one for line in table.splitlines()[2:] for one in line.partition(" ")[2] if "一" <= one <= "龥"]
    given = given[::29]
    for number in range(people):
        house = number // 3
        dwelling = f"{house // 144 + 1}栋{house // 36 % 4 + 1}单元{house // 2 % 18 + 1}0{house % 2 + 1}"
        name = rng.choice(SURNAMES) + rng.choice(given) + (rng.choice(given) if rng.random() < 0.8 else "")
        birth = date(1940, 1, 1) + timedelta(days=number % 25_000)
        first = f"330199{birth:%Y%m%d}{number // 25_000 + number % 900 + 100:03d}"
        yield (
            *(str(number + 1), name, dwelling, f"1{30 + number % 60:02d}{number:08d}"),
            *(f"{first}{check_character(first)}", "居民", "教师" if number % 7 else "快递"),
            *(f"https://kakou.invalid/{number:032x}", "绿", "2022-04-01 07:30"),
        )


def workbook(table: list[tuple[str, ...]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, "住户登记表")
        for number, row in enumerate((HEADER, *table), start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return content.getvalue()


def timed(name: str, do: Callable[[], T]) -> T:
    start = perf_counter()
    result = do()
    print(f"{name:44} {(perf_counter() - start) * 1000:10,.0f} ms")
    return result


def measure(people: int, folder: Path) -> None:
    print(description(folder), load(), sep="\n")
    table_of_readings = (ASSETS / "pinyin.txt").read_text("utf-8")
    table = list(rows(people, table_of_readings, random.Random(1)))
    content = workbook(table)
    with Journal.open(folder, now=lambda: NOW) as journal:
        everybody = People(journal)
        print(f"\nfirst import, XLSX, {people:,} rows")
        first = bring_in(journal, content)
        print(f"\nthe same list again, CSV, {people:,} rows")
        text = "\n".join(",".join(row) for row in (HEADER, *table)).encode("gb18030")
        second = bring_in(journal, text)
        for batch in (second, first):
            timed(f"undo of batch {batch}", partial(Batches(journal).undo, batch, now=NOW))
        bring_in(journal, content)
        print("\nsearch")
        search(everybody, table_of_readings)
    print(f"journal: {(folder / 'journal.db').stat().st_size / 2**20:.0f} MB")


def bring_in(journal: Journal, content: bytes) -> int:
    start, before = perf_counter(), process_time()
    vault = journal.vault
    people = timed("read the file (any thread)", lambda: read_people(content, Reading(NOW, UTC)))
    sealed = timed("read the roster (the lane's thread)", lambda: importing.snapshot(journal))
    known = timed("open the roster (any thread)", lambda: importing.open_snapshot(vault, sealed))
    plan = timed("plan (any thread)", lambda: make_plan(people, known, vault))
    prepared = timed("seal (any thread)", lambda: importing.prepare(vault, plan))
    batch = timed(
        "write, one transaction (the lane's thread)", lambda: importing.write(journal, prepared, now=NOW)
    )
    took, busy = perf_counter() - start, process_time() - before
    print(f"{'together':44} {took:10.2f} s ({busy:.2f} s of the processor), {len(plan.wrong)} rows wrong")
    return batch


def search(people: People, table_of_readings: str) -> None:
    tracemalloc.start()
    Directory(people, Pinyin(table_of_readings)).refresh()
    print(f"{'memory of building it, at most':44} {tracemalloc.get_traced_memory()[1] / 2**20:10.0f} MB")
    tracemalloc.stop()
    directory = Directory(people, Pinyin(table_of_readings))
    timed("build the index", directory.refresh)
    spent: list[tuple[float, str]] = []
    for typed in SEARCHES * 20:
        start = perf_counter()
        directory.search(typed)
        spent.append(((perf_counter() - start) * 1000, typed))
    spent.sort()
    for share in (0.5, 0.95, 0.99, 1.0):
        slowest, typed = spent[min(len(spent) - 1, int(share * len(spent)))]
        print(f"{f'search, p{share * 100:.0f}':44} {slowest:10.2f} ms ({typed})")
    timed("buildings", directory.buildings)
    timed("people of one building", lambda: directory.of_building(directory.buildings()[0]))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--folder", type=Path, help="where the journal is written; its disk is measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        measure(arguments.people, Path(folder))


if __name__ == "__main__":
    main()
