"""A gate that was taken over: it is known and signs well, and tells absurd things by the real ways up.

All of it is kept, shown as text in its order, and no page or export stumbles over it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from center.console.pages import PAGES
from center.console.templating import Templates
from center.exports import FORMATS, Means, export
from center.jobs import new_id
from center.store.console_audit import Note
from center.store.export_jobs import ExportJob
from station.core.entry import CodePart, ReasonPart, TemperaturePart
from station.core.model import ReasonCode
from station.sync import bundle
from station.sync.reports import (
    CaseLine,
    CaseReport,
    DutyReport,
    HandoverReport,
    Lane,
    LookbackReport,
    NoticeRead,
    Report,
    Reports,
    Signup,
    TaskDone,
    encode_body,
)
from tests.center.console.browser import Browser
from tests.center.console.district import FIRST, District, open_district
from tests.center.console.test_every_route import paths
from tests.center.console.test_owasp import ALIVE, check
from tests.center.gate import Gate, record
from tests.center.office import SHANGHAI

TURNING = "\u202e\u2066门东\u200f\u0301"
FAR_MS, YEAR_2200_MS = 2**53, 7_258_118_400_000
WORDS = (TURNING, ALIVE[:100], "NUL\0 {} %s", "\x1b[31m\x07", "")
ISOLATED = ReasonPart(ReasonCode.ISOLATED_LEAVING.value, 2)


def measured(value_c: float) -> TemperaturePart:
    return TemperaturePart(value_c, value_c, "forehead", None, ALIVE, "x", "r", ())


ABSURD: tuple[dict[str, Any], ...] = (
    *({"at_ms": ms} for ms in (0, -FAR_MS, FAR_MS, 2**63 - 1, YEAR_2200_MS)),
    *({"temperature": measured(value)} for value in (-40.0, 1e308, math.nan, math.inf)),
    *({"severity": severity} for severity in (-1, 3, 9)),
    *({field: word} for field in ("lane", "gate", "operator", "policy", "person_id") for word in WORDS),
    *({"person_id": person} for person in ("f" * 600, "../../x", "a/b?c#d", "..")),
    {"direction": "sideways", "closing": "exploded", "override": ALIVE},
    {"reasons": (ISOLATED, *(ReasonPart(word, 2) for word in (*WORDS, "no such reason"))), "severity": 2},
    {"code": CodePart("=1+1", ALIVE, TURNING)},
    {"amends": b"\1" * 3},
    {"id": b"short"},
    {"lane": "x" * 1_000_000},
)
NO_ENTRIES = (b"", b"\xc1", b"\x91" * 2000, b"\xdd\xff\xff\xff\xff", b"\xff" * 1000)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[District, Browser]]:
    with open_district(tmp_path_factory.mktemp("hostile")) as district:
        push_entries(district, district.first)
        tell_reports(district, district.first)
        greet(district, district.first)
        district.center.store.following.step(district.center.clocks.ms - 3600_000)
        yield district, district.browser("admin")


def push_entries(district: District, gate: Gate) -> None:
    first, ms = len(gate.records) + 1, district.center.clocks.ms
    for number, fields in enumerate(ABSURD, first):
        gate.records.append(record(number, **{"at_ms": ms - number * 1000, **fields}))
    gate.records += NO_ENTRIES
    for start in range(first, len(gate.records) + 1, 10):
        batch = gate.batch(start, min(start + 9, len(gate.records)))
        answer = gate.post(district.center.client, "/v1/push", bundle.pack(batch))
        assert answer.status_code == 200, answer.content


def tell_reports(district: District, gate: Gate) -> None:
    bodies = [body for word in WORDS for ms in (0, FAR_MS) for body in absurd_bodies(district, word, ms)]
    told = [Report(number.to_bytes(16, "big"), *body) for number, body in enumerate(bodies, 1000)]
    for start in range(0, len(told), 40):
        some = Reports(1, gate.station, tuple(told[start : start + 40]))
        answer = gate.post(district.center.client, "/v1/report", bundle.pack(some))
        assert answer.status_code == 200, answer.content
    district.ids["case"] += [one.id.hex() for one in told if one.kind == "case"]
    district.ids["sheet"] += [one.id.hex() for one in told if one.kind == "handover"]


def absurd_bodies(district: District, word: str, ms: int) -> Iterator[tuple[str, int, int, bytes]]:
    lane = Lane(
        word, word, word, ((word, word),), word, word, (word,), FAR_MS, FAR_MS, b"\1" * 16, ms, FAR_MS
    )
    case = CaseReport("whistle", ms, word, word, word, lane, b"no JPEG", "open", word, word, word, ms)
    found = {
        "case": case,
        "case_line": CaseLine((1000).to_bytes(16, "big"), ms, word, word),
        "handover": HandoverReport(ms, 0, word, word, (word,), (word,), ((word, -(2**63)),), ((word, word),)),
        "duty": DutyReport(ms, (word,) * 5, None, word, word, word, ((word, ms, word),)),
        "lookback": LookbackReport(ms, word, f"colour {word}, ,x", ms, (b"x",), FAR_MS, FAR_MS, (word,)),
        "task_done": TaskDone(district.ids["task"][0], ms, word, True, word),
        "notice_read": NoticeRead(district.ids["notice"][0], ms, word),
        "signup": Signup(district.ids["shift"][0], word, ms),
        "of tomorrow": case,
    }
    for kind, body in found.items():
        yield kind, 1, ms, encode_body(body)
    for kind in found:
        yield kind, 1, ms, b"\x91\xcf" + b"\xff" * 8


def greet(district: District, gate: Gate) -> None:
    for word in WORDS:
        state = ((word, word), ("camera", word), ("clock", word))
        hello = gate.hello(app=word, boot=word, fingerprint=word, state=state, wall_ms=FAR_MS)
        assert gate.post(district.center.client, "/v1/hello", bundle.pack(hello)).status_code == 200


def test_no_page_stumbles_over_what_a_hostile_gate_told(hostile: tuple[District, Browser]) -> None:
    district, browser = hostile
    for page in (page for page in PAGES if page.method == "GET" and page.path != "/signout"):
        for path in paths(page, district.ids):
            answer = browser.get(path)
            check(answer, page)
            assert answer.status_code in (200, 204, 303, 400, 404), path
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert not set(answer.text) & set("\u202e\u2066\u200f\x1b\x07\0"), path


def test_all_of_it_is_kept(hostile: tuple[District, Browser]) -> None:
    district, browser = hostile
    station = district.first.station

    with district.center.store.database.read() as connection:
        kept = connection.row("SELECT count(*) FROM entry WHERE station = ?", station)
        aside = connection.row("SELECT count(*) FROM quarantine WHERE station = ?", station)
    assert kept is not None
    assert aside is not None
    assert kept[0] + aside[0] == len(district.first.records)
    assert aside[0] >= len(NO_ENTRIES)
    assert "门东" in browser.get("/cases").text


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_of_it_is_written(hostile: tuple[District, Browser], format: str, tmp_path: Path) -> None:
    center = hostile[0].center
    job = ExportJob(new_id(), FIRST, format, "2022-04-14", "2022-04-16", False, center.clocks.ms, "admin")
    center.store.export_jobs.add(job, Note(center.clocks.ms, "admin", "导出了日志", FIRST))

    export(Means(center.store, tmp_path, SHANGHAI, lambda: center.clocks.ms), job)

    (file,) = tmp_path.iterdir()
    assert file.stat().st_size > 100
    if format == "csv":
        lines = file.read_text("utf-8-sig").splitlines()
        assert not any(
            cell.strip('"').startswith(("=", "@", "+")) for line in lines for cell in line.split(",")
        )


def test_a_name_does_not_turn_what_stands_beside_it() -> None:
    made = Templates().environment.from_string("<b>{{ name }}</b> {{ n }} {{ safe }}")

    text = made.render(name="东\u202e门<", n=7, safe="买买提·艾力 \u3000👨‍👩‍👧\n")

    assert text == "<b>东\ufffd门&lt;</b> 7 买买提·艾力 \u3000👨‍👩‍👧\n"
