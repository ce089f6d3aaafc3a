"""Reports (报表): a day of a branch as plots: passages by hour, decisions, temperatures, reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from center.console.moments import clock
from center.console.notices import branch_typed
from center.console.page import Page
from center.console.policy_trial import day_typed, span_of
from center.console.reason_words import REASONS
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import Scope
from center.store.gates import Passed

_HOUR_MS = 3600_000
_RECENT_S, _PAST_S = 20.0, 600.0  # of a day that is over, only what a gate sends late is missing
WIDTH, HEIGHT = 960, 240
LOW, HIGH = 340, 400  # tenths of a degree; what lies beyond is put to the ends
_MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Of a plot, in its own units: from the left, from the top."""

    x: float
    y: float
    width: float
    height: float
    kind: str  # a class of the style sheet: v0 v1 v2, bar
    number: int
    label: str


def show(visit: Visit) -> Response:
    branch, day = _chosen(visit)
    begin, end = span_of(day, visit.console.zone)
    stations = [gate.station for gate in visit.store.gates.overview(Scope((branch,)))]
    hours = visit.store.statistics.by_hour(stations, begin, end)
    starts = range(begin, end, _HOUR_MS)
    passed = [hours.get(start // _HOUR_MS, Passed()) for start in starts]
    total = Passed(
        *(sum(getattr(one, name) for one in passed) for name in ("passed", "rechecked", "stopped"))
    )
    return visit.render(
        "reports.html",
        branch=branch,
        day=day.isoformat(),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat() if end <= visit.now_ms else "",
        gates=len(stations),
        total=total,
        bars=hour_bars(passed, [clock(start, visit.console.zone)[:2] for start in starts]),
        most=max((one.all for one in passed), default=0),
        size=(WIDTH, HEIGHT),
    )


def show_more(visit: Visit) -> Response:
    """What has to look at the entries themselves; the page asks for it when it is there."""
    branch, day = _chosen(visit)
    begin, end = span_of(day, visit.console.zone)
    stations = [gate.station for gate in visit.store.gates.overview(Scope((branch,)))]

    def look() -> tuple[Counter[int], Counter[str]]:
        store = visit.store.statistics
        return store.temperatures(stations, begin, end), store.reasons(stations, begin, end)

    key = ("reports", branch, str(day))
    kept_s = _RECENT_S if end > visit.now_ms else _PAST_S
    temperatures, reasons = visit.console.recent.get(key, visit.office.mono(), kept_s, look)
    return visit.render("reports_more.html", **_more(visit, temperatures, reasons))


def hour_bars(passed: list[Passed], names: list[str]) -> list[Bar]:
    """Three parts one on the other: passed, rechecked, stopped. Names are what the clock says."""
    most, bars = max((one.all for one in passed), default=0) or 1, []
    wide = WIDTH / max(len(passed), 1)
    for hour, (one, name) in enumerate(zip(passed, names, strict=True)):
        top = float(HEIGHT)
        for kind, number in (("v0", one.passed), ("v1", one.rechecked), ("v2", one.stopped)):
            high = HEIGHT * number / most
            top -= high
            bars.append(
                Bar(
                    round(hour * wide + 2, 1),
                    round(top, 1),
                    round(wide - 4, 1),
                    round(high, 1),
                    kind,
                    number,
                    name,
                )
            )
    return bars


def temperature_bars(counts: Counter[int]) -> list[Bar]:
    inside: Counter[int] = Counter()
    for tenths, count in counts.items():
        inside[min(max(tenths, LOW), HIGH)] += count
    most, wide = max(inside.values(), default=0) or 1, WIDTH / (HIGH - LOW + 1)
    return [
        Bar(
            round((tenths - LOW) * wide + 1, 1),
            round(HEIGHT - HEIGHT * inside[tenths] / most, 1),
            round(wide - 2, 1),
            round(HEIGHT * inside[tenths] / most, 1),
            "bar",
            inside[tenths],
            f"{tenths / 10:.1f}",
        )
        for tenths in range(LOW, HIGH + 1)
        if inside[tenths]
    ]


def _more(visit: Visit, temperatures: Counter[int], reasons: Counter[str]) -> dict[str, Any]:
    named = [
        (visit.text(REASONS[code]) if code in REASONS else code, number)
        for code, number in reasons.most_common(_MOST_REASONS)
    ]
    return {
        "bars": temperature_bars(temperatures),
        "measured": temperatures.total(),
        "reasons": named,
        "most_reason": named[0][1] if named else 1,
        "size": (WIDTH, HEIGHT),
        "ticks": [
            (round((tenths - LOW) * WIDTH / (HIGH - LOW + 1)), f"{tenths / 10:.0f}")
            for tenths in range(LOW, HIGH, 10)
        ],
    }


def _chosen(visit: Visit) -> tuple[str, Any]:
    asked = visit.query("branch") if "branch" in visit.request.query_params else visit.scope.branches[0]
    branch = branch_typed(visit, asked)
    typed = visit.query("day", 10)
    today = datetime.fromtimestamp(visit.now_ms / 1000, visit.console.zone).date()
    return branch, day_typed(visit, typed) if typed else today


PAGES = (
    Page("GET", "/reports", Permission.LOOK, show, menu="报表", ids=("branch",)),
    Page("GET", "/reports/more", Permission.LOOK, show_more, ids=("branch",), polls=True),
)
