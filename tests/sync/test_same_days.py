"""Days where calendars go wrong, at random: a new year, a leap day, the night in which summer time begins.

What the gate's journal, the center's hours and its table say of each day is one number, in the gate's zone
and in another one; a table of all days is those of each day together. Nobody is in two of them.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from center.console.policy_trial import span_of
from center.exports import Means
from center.exports import export as export_at_center
from center.scope import EVERYWHERE
from center.store.console_audit import Note
from center.store.export_jobs import ExportJob
from center.store.policies import new_id
from station.core.day_statistics import count
from station.core.entry import Entry
from station.core.model import Direction
from station.core.reasons import Severity
from station.journal.day_passages import read_day
from station.journal.reader import Reader
from tests.sync.district import District, district
from tests.sync.test_same_numbers import MIDNIGHT, ONE, ZONE, Day, Numbers, came_to, three, told

URUMQI, BERLIN = ZoneInfo("Asia/Urumqi"), ZoneInfo("Europe/Berlin")
NIGHTS = (
    (date(2021, 12, 31), ZONE),
    (date(2020, 12, 31), URUMQI),  # of a leap year, week 53
    (date(2024, 2, 29), ZONE),
    (date(2022, 3, 27), BERLIN),  # 23 hours
    (date(2022, 10, 30), BERLIN),  # 25 hours
)


def live(gate: Day, first: date, zone: tzinfo, chance: Random) -> None:
    """Three days: mostly at night, when dates change; some are corrected, at once or a day later."""
    begin = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC) - MIDNIGHT
    hours = sorted(
        chance.choice([chance.uniform(0, 72), 24 * chance.randrange(4) + chance.gauss(0, 1)])
        for _ in range(60)
    )
    passed: list[Entry] = []
    for hour in (begin / timedelta(hours=1) + max(0.0, min(one, 71.9)) for one in hours):
        if passed and chance.random() < 0.3:
            how = chance.choice([gate.corrects, gate.measures_again])
            how(hour, chance.choice(passed[-8:]), chance.choice(list(Severity)))
        else:
            way = chance.choice([Direction.IN, Direction.OUT])
            passed.append(gate.passes(hour, chance.choice(list(Severity)), way))
        if chance.random() < 0.2:
            gate.sync()
    gate.sync()


def table(place: District, folder: Path, first: date, last: date, zone: tzinfo) -> list[dict[str, str]]:
    store, ms = place.center.store, place.center.clocks.ms
    job = ExportJob(new_id(), "", "csv", str(first), str(last), True, ms, "admin")
    store.export_jobs.add(job, Note(ms, "admin", "导出了日志", ""))
    export_at_center(Means(store, folder, zone, lambda: ms, EVERYWHERE), job)
    done = store.export_jobs.get(EVERYWHERE, job.id)
    assert done
    return list(csv.DictReader(io.StringIO(Path(done.path).read_text("utf-8-sig"))))


def counts(rows: list[dict[str, str]]) -> Numbers:
    return came_to(rows, ("通行", "复核", "禁止"))


@pytest.mark.parametrize(("middle", "zone"), NIGHTS)
def test_each_day_is_one_number_and_all_days_are_their_sum(
    tmp_path: Path, middle: date, zone: tzinfo
) -> None:
    with district(tmp_path) as place:
        gate = Day(place)
        gate.at(
            (datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - MIDNIGHT) / timedelta(hours=1) - 48
        )
        place.enrol()
        live(gate, middle - ONE, zone, Random(str(middle)))
        for seen_in in (zone, UTC):
            days = [middle + by * ONE for by in (-2, -1, 0, 1, 2)]
            sums, rows = Counter[int](), 0
            for day in days:
                with Reader.open(place.folder) as reader:
                    expected = three(reader.counts(day, seen_in))
                assert three(count(read_day(place.folder, day, seen_in)).verdicts) == expected
                hours = place.center.store.gates.passed(*span_of(day, seen_in))
                assert (told(hours[place.station]) if place.station in hours else (0, 0, 0)) == expected
                one = table(place, tmp_path / "files", day, day, seen_in)
                assert counts(one) == expected
                sums.update(dict(enumerate(expected)))
                rows += len(one)
            every = table(place, tmp_path / "files", days[0], days[-1], seen_in)
            assert (counts(every), len(every)) == (tuple(sums[one] for one in range(3)), rows)
