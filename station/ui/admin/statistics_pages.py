"""The pages of a day's figures as drawings: by hour, reasons, temperatures, waiting, places and shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF

from station.core.day_statistics import HOURS, Readings
from station.core.model import Severity
from station.ui import words as verdict_words
from station.ui.admin import statistics_words as words
from station.ui.admin.charts import Bar, Drawing, columns, legend, rows, text
from station.ui.admin.statistics_desk import Day
from station.ui.lettering import LEFT
from station.ui.theme import Look

PX = 18.0  # of letters, at 1366x768
_MOST_REASONS, _MOST_INSTRUMENTS, _MOST_PLACES, _MOST_DUTIES = 9, 5, 5, 6
_COLDEST, _WARMEST = 350, 385  # tenths of a degree: what lies beyond stands in the outer columns
_TENTHS_A_LABEL = 5
_LOOKS = {Severity.PASS: Look.PASS, Severity.RECHECK: Look.RECHECK, Severity.STOP: Look.STOP}

Page = Callable[[Day, QRectF, float], Drawing]


def by_hour(day: Day, box: QRectF, scale: float) -> Drawing:
    bars = [Bar(f"{hour}", _parts(day.figures.by_hour.get(hour, Counter()))) for hour in HOURS]
    return _with_legend(lambda room: columns(bars, room, PX * scale, scale), box, scale)


def reasons(day: Day, box: QRectF, scale: float) -> Drawing:
    found, total = day.figures.reasons.most_common(_MOST_REASONS), day.figures.passages
    bars = [
        Bar(words.reason(code), ((Look.ASK, count),), words.part_of(count, total)) for code, count in found
    ]
    return rows(bars, box, PX * scale, scale, label_part=0.44)


def temperatures(day: Day, box: QRectF, scale: float) -> Drawing:
    """Above, all of them; below, instrument by instrument."""
    px, figures = PX * scale, day.figures
    instruments = sorted(figures.by_instrument.items(), key=lambda one: -one[1].count)[:_MOST_INSTRUMENTS]
    low = 1.7 * px * max(1, len(instruments))
    upper, lower = _above(box, low + px), _below(box, low)
    made = columns(_histogram(figures.readings), upper, 0.8 * px, scale, room=3)
    for place, (name, readings) in enumerate(instruments):
        line = QRectF(lower.left(), lower.top() + 1.7 * px * place, lower.width(), 1.7 * px)
        half = QRectF(line.left(), line.top(), 0.34 * line.width(), line.height())
        rest = QRectF(half.right(), line.top(), line.right() - half.right(), line.height())
        made.lines.append(text(words.instrument(name), half, px, bold=True, align=LEFT))
        made.lines.append(text(words.spread(readings), rest, px, align=LEFT))
    return made


def _histogram(readings: Readings) -> list[Bar]:
    """A column for each tenth; those beyond both ends are counted in the outermost."""
    counted: Counter[int] = Counter()
    for tenths, count in readings.tenths.items():
        counted[min(max(tenths, _COLDEST), _WARMEST)] += count
    return [Bar(_tenths(one), ((Look.ASK, counted[one]),)) for one in range(_COLDEST, _WARMEST + 1)]


def _tenths(one: int) -> str:
    """Only halves of a degree are written."""
    if one == _COLDEST:
        return f"≤{one / 10:.0f}"
    if one == _WARMEST:
        return f"≥{one / 10:.1f}"
    return f"{one / 10:.1f}" if one % _TENTHS_A_LABEL == 0 else ""


def waiting(day: Day, box: QRectF, scale: float) -> Drawing:
    """On the left how long people stood; on the right how long until a recheck was settled."""
    px, half, figures = PX * scale, 0.5 * box.width(), day.figures
    made = Drawing()
    for left, wide, heading, labels, counts in (
        (0.0, 0.56, words.seconds(), words.wait_labels(), figures.wait_groups()),
        (0.6, 0.4, words.minutes(), words.settle_labels(), figures.settle_groups()),
    ):
        room = QRectF(box.left() + 2 * half * left, box.top(), 2 * half * wide, box.height())
        above = QRectF(room.left(), room.top(), room.width(), 1.6 * px)
        made.lines.append(text(heading, above, px, bold=True))
        bars = [Bar(name, ((Look.ASK, count),)) for name, count in zip(labels, counts, strict=True)]
        made.add(columns(bars, room.adjusted(0, 1.8 * px, 0, 0), px, scale))
    return made


def places(day: Day, box: QRectF, scale: float) -> Drawing:
    """In and out, gates with their lanes, and whose shift it was."""
    figures, names = day.figures, dict(day.duties)
    bars = [
        *_bars({words.way(way): counts for way, counts in figures.by_direction.items()}, 2),
        *_bars({words.place(*one): counts for one, counts in figures.by_place.items()}, _MOST_PLACES),
        *_bars({words.duty(one, names): counts for one, counts in figures.by_duty.items()}, _MOST_DUTIES),
    ]
    return _with_legend(lambda room: rows(bars, room, PX * scale, scale, label_part=0.28), box, scale)


def _bars(counted: Mapping[str, Counter[int]], most: int) -> Sequence[Bar]:
    found = sorted(counted.items(), key=lambda one: -one[1].total())[:most]
    return [Bar(name, _parts(counts), words.shares(counts)) for name, counts in found]


def _parts(counts: Counter[int]) -> tuple[tuple[Look, int], ...]:
    return tuple((_LOOKS[one], counts[int(one)]) for one in Severity)


def _with_legend(chart: Callable[[QRectF], Drawing], box: QRectF, scale: float) -> Drawing:
    px = PX * scale
    made = chart(_above(box, 2.2 * px))
    entries = [(_LOOKS[one], verdict_words.verdict_name(one)) for one in Severity]
    row = _below(box, 1.8 * px)
    row.setWidth(min(row.width(), 30 * px))
    made.add(legend(entries, row, px))
    return made


def _above(box: QRectF, low: float) -> QRectF:
    return box.adjusted(0, 0, 0, -low)


def _below(box: QRectF, low: float) -> QRectF:
    return QRectF(box.left(), box.bottom() - low, box.width(), low)


PAGES: Sequence[Page] = (by_hour, reasons, temperatures, waiting, places)
_OF_RECORDS = (1, 2, 3)  # of PAGES: what is not counted, but known of each passage


def note(day: Day, page: int) -> str:
    """What a page says in one sentence: below it, and to who cannot see it."""
    figures = day.figures
    if page in _OF_RECORDS and figures.pruned == figures.passages > 0:
        return words.pruned(figures)  # that nobody was stopped, or measured, would be said without knowing
    said = (
        words.counted(figures),
        words.reasons_note(figures),
        words.temperatures(figures.readings),
        f"{words.waits(figures)}\n{words.rechecks(figures)}",
        words.counted(figures),
    )[page]
    return f"{said}\n{words.pruned(figures)}" if page in _OF_RECORDS and figures.pruned else said
