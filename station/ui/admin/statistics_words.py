"""What is said about the figures of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.day_statistics import SETTLES_MIN, WAITS_S, DayStatistics, Readings
from station.core.model import Severity
from station.core.reasons import ReasonCode
from station.core.temperature import BY_HAND, CLINICAL
from station.ui import words

translate = QCoreApplication.translate

_CODES = set(ReasonCode)
_INSTRUMENTS = {
    BY_HAND.name: QT_TRANSLATE_NOOP("figures", "手填的（体温枪）"),
    CLINICAL.name: QT_TRANSLATE_NOOP("figures", "体温计"),
}


def headline(made: DayStatistics) -> str:
    """1,204 人次：通行 1,150，复核 40，禁止 14。最忙 7 点，96 人次。"""
    if made.busiest is None:
        return translate("figures", "这一天没有人过门")
    counts = verdicts(made.verdicts)
    told = translate("figures", "{count} 人次：{verdicts}。").format(
        count=f"{made.passages:,}", verdicts=counts
    )
    told += translate("figures", "最忙 {hour} 点，{count} 人次。").format(
        hour=made.busiest, count=f"{made.in_hour(made.busiest):,}"
    )
    return told


def counted(made: DayStatistics) -> str:
    """What one has to know to read the figures; empty, if nothing."""
    told = []
    if made.corrected:
        told.append(translate("figures", "更正过 {count} 条，按更正后的算").format(count=made.corrected))
    if made.emulated:
        told.append(translate("figures", "其中演示 {count} 条").format(count=made.emulated))
    if made.by_hand:
        told.append(translate("figures", "其中人工登记 {count} 条（没人看见）").format(count=made.by_hand))
    if made.pruned:
        told.append(pruned(made))
    return translate("figures", "；").join(told)


def pruned(made: DayStatistics) -> str:
    """Why there is less in a log, and less to tell, than somebody counted."""
    said = translate(
        "figures", "{count} 人次的记录已按期清理，只剩人次：日志里没有，原因、体温和等候也不知道了"
    )
    return said.format(count=f"{made.pruned:,}")


def verdicts(counts: Counter[int]) -> str:
    parts = [f"{words.verdict_name(one)} {counts[int(one)]:,}" for one in Severity]
    return translate("figures", "，").join(parts)


def shares(counts: Counter[int]) -> str:
    """40 · 通行 36 · 复核 3 · 禁止 1."""
    return " · ".join([f"{counts.total():,}", *_parts(counts)])


def _parts(counts: Counter[int]) -> Sequence[str]:
    return [f"{words.verdict_name(one)} {counts[int(one)]:,}" for one in Severity if counts[int(one)]]


def reason(code: str) -> str:
    return words.reason(ReasonCode(code)).sentence if code in _CODES else code


def part_of(count: int, total: int) -> str:
    """12，3%."""
    return translate("figures", "{count}，{part:.0%}").format(count=f"{count:,}", part=count / max(1, total))


def reasons_note(made: DayStatistics) -> str:
    if not made.reasons:
        return translate("figures", "没有人被拦下")
    return translate("figures", "第一次判定时为什么没有放行；一个人可以有几条原因")


def temperatures(readings: Readings) -> str:
    if not readings.count:
        return translate("figures", "这一天没有量体温")
    return translate("figures", "量了 {count} 次，一半不超过 {median:.1f}°C，偏高 {high} 次").format(
        count=f"{readings.count:,}", median=readings.quantile_c(0.5), high=readings.high
    )


def instrument(name: str) -> str:
    return translate("figures", str(_INSTRUMENTS[name])) if name in _INSTRUMENTS else name


def spread(readings: Readings) -> str:
    """812 次 · 中位 36.4 · 35.1–37.9°C · 偏高 3."""
    told = translate("figures", "{count} 次 · 中位 {median:.1f} · {low:.1f}–{top:.1f}°C").format(
        count=f"{readings.count:,}",
        median=readings.quantile_c(0.5),
        low=readings.quantile_c(0),
        top=readings.quantile_c(1),
    )
    high = translate("figures", " · 偏高 {count}").format(count=readings.high) if readings.high else ""
    return told + high


def waits(made: DayStatistics) -> str:
    half, most = made.wait_s(0.5), made.wait_s(0.95)
    if half is None or most is None:
        return translate("figures", "这一天没有记下等候时间")
    return translate(
        "figures", "从亮码或量温到出结果：一半人 {half:.1f} 秒以内，95% 的人 {most:.1f} 秒以内"
    ).format(half=half, most=most)


def wait_labels() -> Sequence[str]:
    return [*_ranges((0, *WAITS_S)), translate("figures", "{low} 秒以上").format(low=WAITS_S[-1])]


def rechecks(made: DayStatistics) -> str:
    if not made.held:
        return translate("figures", "没有人要复核")
    told = translate("figures", "复核 {held} 人次，现在：{verdicts}").format(
        held=made.held, verdicts=verdicts(made.held_now)
    )
    half = made.settle_min(0.5)
    if half is None:
        return told
    return told + translate("figures", "；改判的一半在 {half:.0f} 分钟以内").format(half=half)


def settle_labels() -> Sequence[str]:
    return [*_ranges((0, *SETTLES_MIN)), translate("figures", "{low} 分以上").format(low=SETTLES_MIN[-1])]


def _ranges(ends: Sequence[int]) -> Sequence[str]:
    return [f"{low}–{end}" for low, end in pairwise(ends)]


def seconds() -> str:
    return translate("figures", "等了几秒")


def minutes() -> str:
    return translate("figures", "复核后几分钟改判")


def place(gate: str, lane: str) -> str:
    if not lane:
        return translate("figures", "早先的（没分通道）")
    said = translate("figures", "{lane} 号通道").format(lane=lane)
    return f"{gate} {said}".strip()


def duty(number: str, names: dict[str, str]) -> str:
    if not number:
        return translate("figures", "没有人签到")
    if number == "?":
        return translate("figures", "没有编号的人")
    return f"{names[number]} {number}" if number in names else number


def way(word: str) -> str:
    return translate("figures", "出门") if word == "out" else translate("figures", "进门")


def pages() -> Sequence[str]:
    return [
        translate("figures", "每小时"),
        translate("figures", "原因"),
        translate("figures", "体温"),
        translate("figures", "等候复核"),
        translate("figures", "通道班次"),
    ]


def headings() -> Sequence[str]:
    return [
        translate("figures", "每小时人次"),
        translate("figures", "复核、禁止的原因"),
        translate("figures", "体温分布（°C）"),
        translate("figures", "等候和复核"),
        translate("figures", "各通道、各班次"),
    ]
