"""What a hand-over sheet says, for the screen and for the paper: the same blocks on both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core import model
from station.core.audit import Audited
from station.core.checklist import Checklist
from station.core.contact import CLOCK_ALARM, Alarm, CenterStatus, Link
from station.core.entry import from_ms
from station.core.errand import ErrandKind
from station.core.handover import (
    NOT_HERE,
    Chore,
    Incident,
    IncidentKind,
    Instrument,
    Overridden,
    Person,
    Place,
    Sheet,
    Signature,
    Stopped,
)
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.model import DeviceKind, DeviceState, ReasonCode, Severity
from station.core.override import OverrideReason
from station.reports.handover_sheet import Block, Paper, Signed
from station.translation import stated
from station.ui import center_words, measuring_words, operator_words, override_words, visit_words, words

translate = QCoreApplication.translate

_PLACES: dict[Place, object] = {
    Place.HOME: QT_TRANSLATE_NOOP("handover", "劝回去了"),
    Place.CLINIC: QT_TRANSLATE_NOOP("handover", "送发热门诊"),
    Place.COMMUNITY: QT_TRANSLATE_NOOP("handover", "交给社区"),
    Place.ISOLATION: QT_TRANSLATE_NOOP("handover", "去隔离点"),
    Place.WENT_AWAY: QT_TRANSLATE_NOOP("handover", "自己走了"),
}
_INCIDENTS: dict[str, object] = {
    IncidentKind.NOT_STORED: QT_TRANSLATE_NOOP("handover", "记录存不进去"),
    IncidentKind.CLOCK_BACK: QT_TRANSLATE_NOOP("handover", "电脑时间倒退"),
    IncidentKind.INSTRUMENT: QT_TRANSLATE_NOOP("handover", "测温仪像是不准：{}"),
    IncidentKind.LEFT: QT_TRANSLATE_NOOP("handover", "发热的人没复测就走了"),
    IncidentKind.WHISTLE: QT_TRANSLATE_NOOP("handover", "吹哨叫了中心"),
}
_LASTING = {kind.value for kind in (IncidentKind.DEVICE, IncidentKind.INSTRUMENT, IncidentKind.WHISTLE)}
_STATES = {  # of a recheck
    "waits": QT_TRANSLATE_NOOP("handover", "等复测"),
    "left": QT_TRANSLATE_NOOP("handover", "走了没复测"),
}


def place(which: str) -> str:
    return translate("handover", str(_PLACES[Place(which)])) if which in set(Place) else which


def blocks(sheet: Sheet, zone: tzinfo) -> list[Block]:
    """All that the next shift has to know, in the order in which it is read."""
    clock = _Clock(from_ms(sheet.at_ms), zone)
    return [
        _counts(sheet),
        _rechecks(sheet, clock),
        _stopped(sheet, clock),
        _unreturned(sheet, clock),
        _others(sheet, clock),
        _chores(sheet, clock),
        _overrides(sheet, clock),
        _incidents(sheet, clock),
        _instruments(sheet, zone),
        _pending(sheet),
        _time(sheet),
    ]


class _Clock:
    """Times as a sheet tells them: the day only where it is another one."""

    def __init__(self, at: datetime, zone: tzinfo) -> None:
        self._at, self._zone = at.astimezone(zone), zone

    def said(self, milliseconds: int) -> str:
        moment = from_ms(milliseconds).astimezone(self._zone)
        today = moment.date() == self._at.date()
        return f"{moment:%H:%M}" if today else f"{moment.month}-{moment.day} {moment:%H:%M}"


def _count(number: int) -> str:
    return str(number) if number else translate("handover", "没有")


def _counts(sheet: Sheet) -> Block:
    counts = sheet.counts
    value = translate("handover", "{count} 人次").format(count=counts.total)
    told = translate("handover", "通行 {} · 复核 {} · 禁止 {}").format(
        counts.passed, counts.rechecked, counts.stopped
    )
    ways = translate("handover", "进 {} · 出 {}").format(counts.came_in, counts.went_out)
    return Block("counts", translate("handover", "这一班"), value, (told, ways))


def _rechecks(sheet: Sheet, clock: _Clock) -> Block:
    lines = [
        _joined(_person(one, clock), translate("handover", str(_STATES.get(one.note, one.note))))
        for one in sheet.rechecks
    ]
    return _block("rechecks", translate("handover", "等复测的人"), lines, pressing=bool(lines))


def _stopped(sheet: Sheet, clock: _Clock) -> Block:
    lines = [stopped(one, clock.said(one.at_ms)) for one in sheet.stopped]
    title = translate("handover", "拦下的人，送去哪里")
    count, unsaid = sheet.count("stopped"), sheet.count("unsaid")
    value = _count(count)
    if unsaid:
        value = translate("handover", "{count} 人，{open} 人没写去向").format(count=count, open=unsaid)
    return Block("stopped", title, value, _all(lines, sheet, "stopped"), bool(unsaid))


def stopped(one: Stopped, at: str) -> str:
    """Who, when, why, and where they went."""
    where = place(one.place) if one.place else translate("handover", "去向没写")
    return _joined(at, who(one), reason(one.reason), where)


def who(one: Stopped) -> str:
    return one.who or translate("handover", "没登记的人（第 {number} 条）").format(number=one.number)


def reason(code: str) -> str:
    return words.reason(ReasonCode(code)).sentence if code in set(ReasonCode) else code


def _unreturned(sheet: Sheet, clock: _Clock) -> Block:
    lines = [_person(one, clock) for one in sheet.unreturned]
    out = translate("handover", "在外面 {count} 人").format(count=sheet.away)
    title = translate("handover", "出门超时没回来")
    told = (out, *_all(lines, sheet, "unreturned"))
    return Block("unreturned", title, _count(sheet.count("unreturned")), told, bool(lines))


def _others(sheet: Sheet, clock: _Clock) -> Block:
    count, late = sheet.count("others"), sheet.count("others_late")
    lines = [_person(one, clock) for one in sheet.others]
    value = _count(count)
    if late:
        value = translate("handover", "{count} 人，{late} 人超时").format(count=count, late=late)
    title = translate("handover", "还在里面的外来人")
    return Block("others", title, value, _all(lines, sheet, "others"), bool(late))


def _chores(sheet: Sheet, clock: _Clock) -> Block:
    errands, late = sheet.count("chores") - sheet.parcels, sum(one.late for one in sheet.chores)
    title = translate("handover", "没送的东西和代办")
    value = translate("handover", "{parcels} 件 · 代办 {errands}").format(
        parcels=sheet.parcels, errands=errands
    )
    lines = [_chore(one, clock) for one in sheet.chores]
    told = _all(lines, sheet, "chores")
    return Block("chores", title, value if lines else _count(0), told, bool(late))


def _chore(one: Chore, clock: _Clock) -> str:
    kind = visit_words.kind(ErrandKind(one.kind)) if one.kind in set(ErrandKind) else one.kind
    return _joined(one.house, kind, clock.said(one.at_ms), _late(one.late))


def _overrides(sheet: Sheet, clock: _Clock) -> Block:
    lines = [_override(one, clock) for one in sheet.overrides]
    told = _all(lines, sheet, "overrides")
    return Block("overrides", translate("handover", "改判"), _count(sheet.count("overrides")), told)


def _override(one: Overridden, clock: _Clock) -> str:
    after = words.verdict_name(Severity(one.after))
    change = after if one.before == NOT_HERE else f"{words.verdict_name(Severity(one.before))}→{after}"
    why = override_words.reason(OverrideReason(one.reason)) if one.reason in set(OverrideReason) else ""
    return _joined(clock.said(one.at_ms), f"#{one.number}", change, one.by, why)


def _incidents(sheet: Sheet, clock: _Clock) -> Block:
    lines = [_incident(one, clock) for one in sheet.incidents]
    pressing = any(one.kind in _LASTING and one.ended_ms is None for one in sheet.incidents)
    told, value = _all(lines, sheet, "incidents"), _count(sheet.count("incidents"))
    return Block("incidents", translate("handover", "出过的事"), value, told, pressing)


def _incident(one: Incident, clock: _Clock) -> str:
    ended = ""
    if one.ended_ms is not None:
        ended = translate("handover", "{time} 好了").format(time=clock.said(one.ended_ms))
    return _joined(clock.said(one.at_ms), incident(one), ended)


def incident(one: Incident) -> str:
    """What happened; a newer program's word as it is."""
    if one.kind == IncidentKind.DEVICE:
        kind, _, name = one.subject.partition(" ")
        known = kind in set(DeviceKind)
        said = words.device(DeviceKind(kind), DeviceState.LOST) if known else kind
        return f"{said} {name}".strip()
    if one.kind in _INCIDENTS:
        return translate("handover", str(_INCIDENTS[one.kind])).format(one.subject)
    return operator_words.audited(one.kind) if one.kind in set(Audited) else one.kind


def _instruments(sheet: Sheet, zone: tzinfo) -> Block:
    lines = [line for one in sheet.instruments for line in _instrument(one, zone)]
    bad = [
        one
        for one in sheet.instruments
        if one.findings or one.state in (DeviceState.LOST, DeviceState.SILENT)
    ]
    value = translate("handover", "正常")
    if bad:
        value = translate("handover", "{count} 支有问题").format(count=len(bad))
    if not sheet.instruments:
        value = translate("handover", "没接，用手量")
    title = translate("handover", "测温仪")
    return Block("instruments", title, value, tuple(lines), bool(bad) or not sheet.instruments)


def _instrument(one: Instrument, zone: tzinfo) -> list[str]:
    """What looks false first; then how it is, and when it was compared."""
    named = model.Instrument(one.name, "")
    found = [
        measuring_words.finding(Finding(named, FindingCode(code), figures, 0.0), lambda name: name)
        for code, figures in one.findings
        if code in set(FindingCode)
    ]
    lost = one.state in (DeviceState.LOST, DeviceState.SILENT)
    state = words.device(DeviceKind.THERMOMETER, DeviceState(one.state)) if lost else ""
    if one.calibrated_ms is None:
        compared = translate("handover", "没校准过")
    else:
        day = from_ms(one.calibrated_ms).astimezone(zone)
        compared = translate("handover", "{day} 校准，差 {offset} 度").format(
            day=f"{day:%Y-%m-%d}", offset=f"{one.offset_c or 0.0:+.2f}"
        )
    return [*found, _joined(one.name, state, compared)]


def _pending(sheet: Sheet) -> Block:
    center = sheet.center
    title = translate("handover", "没上传的记录")
    link = Link(center.link) if center.link in set(Link) else Link.NONE
    lines = [center_words.link(CenterStatus(link), translate)]
    if center.lists_as_of_ms is not None:
        age = timedelta(milliseconds=max(sheet.at_ms - center.lists_as_of_ms, 0))
        lines.append(
            translate("handover", "名单是 {age}前的").format(age=center_words.length(age, translate))
        )
    lines += [center_words.alarm(Alarm(one), translate) for one in center.alarms if one in set(Alarm)]
    pressing = bool(center.alarms) or link is Link.PAUSED
    return Block("pending", title, _count(center.pending), tuple(lines), pressing)


def _time(sheet: Sheet) -> Block:
    offset, back = sheet.center.offset_s, any(one.kind == Audited.CLOCK_BACK for one in sheet.incidents)
    wrong = offset is not None and abs(offset) > CLOCK_ALARM.total_seconds()
    if offset is None:
        value = translate("handover", "没法对时")
        lines = [translate("handover", "没连中心，请看手机对一对")]
    else:
        said = (
            translate("handover", "慢 {seconds} 秒")
            if offset > 0
            else translate("handover", "快 {seconds} 秒")
        )
        value = said.format(seconds=f"{abs(offset):.0f}") if abs(offset) >= 1 else translate("handover", "准")
        lines = [translate("handover", "请管理员校准") if wrong else translate("handover", "和中心对过")]
    if back:
        lines.insert(0, translate("handover", "这一班里倒退过"))
    return Block("time", translate("handover", "电脑时间"), value, tuple(lines), wrong or back)


def open_points(sheet: Sheet, lists: Sequence[Checklist], language: str) -> Block:
    """What of the checklists nobody did; what is on no list any more as the sheet has it, or by its id."""
    texts = {
        (one.id, p.id): stated(one.said(language), p.said(language)) for one in lists for p in one.points
    }
    kept = dict(zip(sheet.open_points, sheet.point_texts, strict=False))
    lines = [texts.get(point) or kept.get(point) or "/".join(point) for point in sheet.open_points]
    title = translate("handover", "清单没做完的")
    return _block("open_points", title, lines, pressing=bool(lines))


def remark(sheet: Sheet) -> Block:
    title = translate("handover", "补一句")
    said = (sheet.remark,) if sheet.remark else ()
    return Block("remark", title, "" if said else "—", said, whole=True)


# --- paper --------------------------------------------------------------------------------------


def paper(
    sheet: Sheet,
    signatures: Iterable[Signature],
    zone: tzinfo,
    lists: Sequence[Checklist],
    language: str,
    mask: Callable[[str], str],
) -> Paper:
    """The sheet as it is printed; whoever signed is masked like everybody else on it."""
    told = [*blocks(sheet, zone), open_points(sheet, lists, language), remark(sheet)]
    lane = translate("handover", "{lane} 道").format(lane=sheet.lane)
    return Paper(
        translate("handover", "交班单"),
        f"{sheet.gate} · {lane}",
        span(sheet, zone),
        tuple(told),
        tuple(_signed(one, zone, mask) for one in signatures),
        translate("handover", "演示") if sheet.emulated else "",
    )


def span(sheet: Sheet, zone: tzinfo, *, year: bool = True) -> str:
    """From when to when; on the gate screen, where there is little room, without the `year`."""
    began, until = (from_ms(one).astimezone(zone) for one in (sheet.began_ms, sheet.at_ms))
    last = f"{until:%H:%M}" if until.date() == began.date() else f"{until:%m-%d %H:%M}"
    first = f"{began:%Y-%m-%d %H:%M}" if year else f"{began:%m-%d %H:%M}"
    text = f"{first} – {last}"
    return text if sheet.known else translate("handover", "{span}（上一班没交班）").format(span=text)


def _signed(one: Signature, zone: tzinfo, mask: Callable[[str], str]) -> Signed:
    party = translate("handover", "交班") if one.party == "out" else translate("handover", "接班")
    name = translate("handover", "人不在") if one.absent else _joined(mask(one.name), one.number)
    return Signed(party, name, f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}")


# --- parts --------------------------------------------------------------------------------------


def _block(slug: str, title: str, lines: Sequence[str], *, pressing: bool = False) -> Block:
    return Block(slug, title, _count(len(lines)), tuple(lines), pressing)


def _all(lines: Sequence[str], sheet: Sheet, which: str) -> tuple[str, ...]:
    """The lines of a list, and how many of it are only counted."""
    left = sheet.count(which) - len(lines)
    more = translate("handover", "还有 {count} 条没列出来").format(count=left)
    return (*lines, more) if left else tuple(lines)


def _person(one: Person, clock: _Clock) -> str:
    return _joined(one.who, one.house, clock.said(one.since_ms), _late(one.late))


def _late(late: bool) -> str:
    return translate("handover", "超时") if late else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
