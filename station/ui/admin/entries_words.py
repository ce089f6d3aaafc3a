"""What is said about past entries and about deciding them again."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.entry import CodePart, Entry, FactPart, TemperaturePart
from station.core.explained import Explained, Said
from station.core.model import Obstacle
from station.core.moments import from_ms
from station.core.override import OverrideReason, Role
from station.core.reasons import ReasonCode, Severity
from station.core.temperature import BY_HAND, CLINICAL, RULE_RAW
from station.translation import listed
from station.ui import measuring_words, override_words, words
from station.ui.admin import people_words, policy_speech, rechecks_words
from station.ui.admin.entries_desk import EntryLine, Overrides

translate = QCoreApplication.translate

_KINDS = {
    "gate_pass": QT_TRANSLATE_NOOP("admin", "出入证"),
    "hcert": QT_TRANSLATE_NOOP("admin", "国际健康证明"),
    "shc": QT_TRANSLATE_NOOP("admin", "智能健康卡"),
    "regional": QT_TRANSLATE_NOOP("admin", "地方健康码"),
    "place": QT_TRANSLATE_NOOP("admin", "场所码"),
    "payment": QT_TRANSLATE_NOOP("admin", "付款码"),
    "link": QT_TRANSLATE_NOOP("admin", "网址"),
    "other_health": QT_TRANSLATE_NOOP("admin", "别处的健康证明"),
    "other": QT_TRANSLATE_NOOP("admin", "别的码"),
}
_VOUCHES = {
    "known": QT_TRANSLATE_NOOP("admin", "没有亮码，值班的人认得他"),
    "stranger": QT_TRANSLATE_NOOP("admin", "没有亮码，值班的人不认得他"),
}
_ROLES = {
    Role.VOLUNTEER: QT_TRANSLATE_NOOP("admin", "志愿者"),
    Role.GUARD: QT_TRANSLATE_NOOP("admin", "保安"),
    Role.ADMIN: QT_TRANSLATE_NOOP("admin", "管理员"),
}
_INSTRUMENTS = {
    BY_HAND.name: QT_TRANSLATE_NOOP("admin", "手填的（体温枪）"),
    CLINICAL.name: QT_TRANSLATE_NOOP("admin", "体温计"),
}


# --- one line -----------------------------------------------------------------------------------


def who(line: EntryLine) -> str:
    if line.masked:
        return line.masked
    if line.code:
        return translate("admin", "不认识的码 {code}").format(code=line.code)
    return translate("admin", "没亮码的人")


def way(word: str) -> str:
    return translate("admin", "出") if word == "out" else translate("admin", "进")


def verdicts(line: EntryLine) -> str:
    """What was decided, and what it was changed to: 禁止 → 通行."""
    return " → ".join(words.verdict_name(one) for one in dict.fromkeys((line.decided, line.stands)))


def degrees(value_c: float | None) -> str:
    return "—" if value_c is None else f"{value_c:.1f}"


def sentence(code: str, kind: str | None = None) -> str:
    """What a volunteer read of this reason; of a newer program, the word itself."""
    return words.reason(ReasonCode(code), kind).sentence if code in _CODES else code


def day(one: date, today: date) -> str:
    """今天, 昨天, 4 月 14 日."""
    if one == today:
        return translate("admin", "今天")
    if (today - one).days == 1:
        return translate("admin", "昨天")
    return translate("admin", "{year} 年 {month} 月 {day} 日").format(
        year=one.year, month=one.month, day=one.day
    )


# --- one entry explained ------------------------------------------------------------------------


def reason_lines(entry: Entry) -> list[tuple[str, str]]:
    """Every reason of that day, the gravest first: what was read, what was said, what was to be done."""
    lines: list[tuple[str, str]] = []
    for part in sorted(entry.reasons, key=lambda one: -one.severity):
        verdict = words.verdict_name(Severity(part.severity))
        said = words.reason(ReasonCode(part.code), _kind(entry)) if part.code in _CODES else None
        heading = f"{verdict} · {said.sentence if said else part.code}"
        if said and said.resident:
            lines.append((heading, translate("admin", "跟他说：{words}").format(words=said.resident)))
        if said and said.step:
            lines.append((heading, translate("admin", "接着做：{step}").format(step=said.step)))
        if not said or not (said.resident or said.step):
            lines.append((heading, ""))
    return lines


def fact_lines(entry: Entry, now: datetime) -> list[tuple[str, str]]:
    """What was known, and how old it was when it was decided."""
    title = translate("admin", "那时知道的")
    lines = [(title, _fact(part, entry, now)) for part in entry.facts]
    return lines or [(title, translate("admin", "什么也不知道"))]


def rules_lines(entry: Entry) -> list[tuple[str, str]]:
    """The rules of that day."""
    rules = translate("admin", "按哪套规则")
    lines = [(rules, policy_speech.said_label(entry.policy))]
    if entry.policy_digest:
        lines.append((rules, translate("admin", "编号 {digest}").format(digest=entry.policy_digest[:8])))
    return lines


def evidence_lines(entry: Entry) -> list[tuple[str, str]]:
    """The code and the temperature."""
    title, lines = translate("admin", "亮的什么"), list[tuple[str, str]]()
    lines.append((title, _code(entry.code) if entry.code else _vouched(entry)))
    title = translate("admin", "体温")
    if entry.temperature:
        lines += [(title, text) for text in _temperature(entry.temperature)]
    else:
        lines.append((title, translate("admin", "没有测")))
    if entry.in_doubt:
        title = translate("admin", "有一个读数可能是别人的，没有用")
        lines += [(title, text) for text in _temperature(entry.in_doubt)]
    return lines


def corrected(entry: Entry, now: datetime) -> str:
    """A correction in a line: who, when, to what and why."""
    at = entry.at.astimezone(now.tzinfo)
    verdict = words.verdict_name(entry.decision)
    if not entry.operator and not entry.override:
        return translate("admin", "{at} 重新判定：{verdict}").format(at=f"{at:%H:%M:%S}", verdict=verdict)
    person = " ".join(part for part in (_role(entry.role), entry.operator or "") if part)
    said = translate("admin", "{at} {who} 改判：{verdict}").format(
        at=f"{at:%H:%M:%S}", who=person, verdict=verdict
    )
    return people_words.aside(said, override(entry.override)) if entry.override else said


def outcome(explained: Explained) -> str:
    """What deciding it again came to."""
    if explained.why_not or explained.again is None:
        why = override_words.unexplained(explained.why_not) if explained.why_not else ""
        return translate("admin", "没有重新判定：{why}").format(why=why)
    if explained.same:
        return "✓ " + translate("admin", "重新判定：结果相同")
    now, then = explained.again.severity, explained.stored.entry.decision
    if now is then:
        text = translate("admin", "重新判定：还是{verdict}，可是理由不同。").format(
            verdict=words.verdict_name(now)
        )
    else:
        text = translate("admin", "重新判定：那时{then}，现在算是{now}。").format(
            then=words.verdict_name(then), now=words.verdict_name(now)
        )
    return "\n".join([text, *_difference(explained)])


def _difference(explained: Explained) -> list[str]:
    """Rules and facts are those of that day, so that only the program can be another."""
    parts = []
    if explained.missing:
        parts.append(translate("admin", "少了：{reasons}。").format(reasons=_reasons(explained.missing)))
    if explained.added:
        parts.append(translate("admin", "多了：{reasons}。").format(reasons=_reasons(explained.added)))
    parts.append(translate("admin", "规则和那时知道的都没变，是程序换了版本，算法不一样。请告诉装机的人"))
    return parts


def _reasons(said: list[Said]) -> str:
    return listed(sentence(code) for code, _ in said)


def _fact(part: FactPart, entry: Entry, now: datetime) -> str:
    as_of = from_ms(part.as_of_ms)
    text = translate("admin", "{what}：{value} · {age}（{at}）· {source}").format(
        what=policy_speech.fact(part.kind),
        value=policy_speech.fact_value(part.kind, part.value),
        age=policy_speech.age(entry.at - as_of),
        at=_moment(part.as_of_ms, now),
        source=source(part.source),
    )
    if part.valid_until_ms is None:
        return text
    return text + translate("admin", " · 到 {until}").format(until=_moment(part.valid_until_ms, now))


def _moment(milliseconds: int, now: datetime) -> str:
    at = from_ms(milliseconds).astimezone(now.tzinfo)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"


_SOURCES = {
    "roster": QT_TRANSLATE_NOOP("admin", "名册"),
    "center": QT_TRANSLATE_NOOP("admin", "社区中心"),
    "operator": QT_TRANSLATE_NOOP("admin", "本门登记"),
    "journal": QT_TRANSLATE_NOOP("admin", "本门记录"),
    "lane": QT_TRANSLATE_NOOP("admin", "本门"),
}


def source(word: str) -> str:
    """Who said it."""
    return translate("admin", str(_SOURCES[word])) if word in _SOURCES else word


def _code(part: CodePart) -> str:
    kind = translate("admin", str(_KINDS[part.kind])) if part.kind in _KINDS else part.kind
    return people_words.aside(kind, listed(part.gates)) if part.gates else kind


def _vouched(entry: Entry) -> str:
    if entry.vouch in _VOUCHES:
        return translate("admin", str(_VOUCHES[entry.vouch]))
    return translate("admin", "没有亮码")


def _temperature(part: TemperaturePart) -> list[str]:
    """Value and place, instrument, rule and limit."""
    value = f"{part.value_c:.1f} ℃ · {rechecks_words.site(part.site)}"
    if part.obstacle:
        value += f" · {_obstacle(part.obstacle)}"
    lines = [value, translate("admin", "仪器：{name}").format(name=instrument(part.instrument))]
    lines.append(_rule(part))
    if part.limit_c is not None:
        text = translate("admin", "到 {limit} ℃ 就算偏高").format(limit=f"{part.limit_c:.1f}")
        lines.append(text)
    if part.ambient_c is not None:
        text = translate("admin", "那时气温 {ambient} ℃").format(ambient=f"{part.ambient_c:.1f}")
        lines.append(text)
    return lines


def _rule(part: TemperaturePart) -> str:
    if part.rule == RULE_RAW:
        return translate("admin", "仪器的原数，没有折算")
    return translate("admin", "原数 {raw} ℃，按 {rule} 折算").format(raw=f"{part.raw_c:.1f}", rule=part.rule)


def instrument(name: str) -> str:
    return translate("admin", str(_INSTRUMENTS[name])) if name in _INSTRUMENTS else name


def _obstacle(word: str) -> str:
    known = {one.value: one for one in Obstacle}
    return measuring_words.not_measured(known[word]).sentence if word in known else word


def _kind(entry: Entry) -> str | None:
    """Of the code, if this program knows it."""
    return entry.code.kind if entry.code and entry.code.kind in _KINDS else None


# --- changed by hand ----------------------------------------------------------------------------


def override(word: str | None) -> str:
    known = {one.value: one for one in OverrideReason}
    return override_words.reason(known[word]) if word in known else (word or "")


def _role(word: str | None) -> str:
    known = {one.value: text for one, text in _ROLES.items()}
    return translate("admin", str(known[word])) if word in known else ""


def overrides(counts: Overrides, most: int) -> str:
    """Who changed verdicts how often and why, the most frequent first; of so many people at most."""
    by_person: Counter[str] = Counter()
    for (person, _, _), count in counts.items():
        by_person[person] += count
    said = [_of_person(person, total, counts) for person, total in by_person.most_common(most)]
    if len(by_person) > most:
        rest = len(by_person) - most
        said.append(translate("admin", "还有 {count} 个人").format(count=rest))
    return translate("admin", "；").join(said)


def _of_person(person: str, total: int, counts: Overrides) -> str:
    why = Counter[str]()
    for (one, reason, _), count in counts.items():
        if one == person:
            why[reason] += count
    reasons = translate("admin", "、").join(
        f"{override(reason)} {count}" for reason, count in why.most_common()
    )
    name = person or translate("admin", "没写名字")
    return translate("admin", "{who}：{count} 次（{reasons}）").format(who=name, count=total, reasons=reasons)


def no_entry() -> str:
    return translate("admin", "这一条不在这里了，请再找一遍")


_CODES = frozenset(one.value for one in ReasonCode)
