"""What is said about people, and what is known about them, on the admin page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.translation import listed
from station.ui import ages
from station.ui.admin import inside_words
from station.ui.admin.people_desk import ChangeLine, FactLine

translate = QCoreApplication.translate

CATEGORIES = ("resident", "tenant", "worker", "courier", "visitor", "volunteer", "staff", "medical")

_KINDS = {
    "colour": QT_TRANSLATE_NOOP("admin", "健康码"),
    "isolation": QT_TRANSLATE_NOOP("admin", "隔离"),
    "isolation_pending": QT_TRANSLATE_NOOP("admin", "隔离（等人核对）"),
    "test": QT_TRANSLATE_NOOP("admin", "核酸"),
    "right": QT_TRANSLATE_NOOP("admin", "能进的门"),
    "block": QT_TRANSLATE_NOOP("admin", "先别放行"),
    "expected": QT_TRANSLATE_NOOP("admin", "预约来访"),
    "travel": QT_TRANSLATE_NOOP("admin", "去过重点地区"),
}

_VALUES = {
    "green": QT_TRANSLATE_NOOP("admin", "绿码"),
    "yellow": QT_TRANSLATE_NOOP("admin", "黄码"),
    "red": QT_TRANSLATE_NOOP("admin", "红码"),
    "isolation": QT_TRANSLATE_NOOP("admin", "居家隔离"),
    "close_contact": QT_TRANSLATE_NOOP("admin", "密接"),
    "sub_close_contact": QT_TRANSLATE_NOOP("admin", "次密接"),
    "negative": QT_TRANSLATE_NOOP("admin", "阴性"),
    "negative_reported": QT_TRANSLATE_NOOP("admin", "阴性（只知道出报告的时间）"),
    "positive": QT_TRANSLATE_NOOP("admin", "阳性"),
    "unknown": QT_TRANSLATE_NOOP("admin", "采了样，没出结果"),
    "yes": QT_TRANSLATE_NOOP("admin", "是"),
    "no": QT_TRANSLATE_NOOP("admin", "否"),
    "all": QT_TRANSLATE_NOOP("admin", "所有的门"),
    "none": QT_TRANSLATE_NOOP("admin", "解除了"),
    "lost_card": QT_TRANSLATE_NOOP("admin", "证丢了"),
    "moved_out": QT_TRANSLATE_NOOP("admin", "搬走了"),
    "asked": QT_TRANSLATE_NOOP("admin", "社区要求"),
}

_SOURCES = {
    "roster": QT_TRANSLATE_NOOP("admin", "名册"),
    "center": QT_TRANSLATE_NOOP("admin", "社区中心"),
    "operator": QT_TRANSLATE_NOOP("admin", "本门登记"),
}

_RELATIONS = {
    "guardian": QT_TRANSLATE_NOOP("admin", "监护人"),
    "proxy": QT_TRANSLATE_NOOP("admin", "代办人"),
}

_BATCHES = {
    "import": QT_TRANSLATE_NOOP("admin", "导入名单"),
    "edit": QT_TRANSLATE_NOOP("admin", "改资料"),
    "bind": QT_TRANSLATE_NOOP("admin", "绑码"),
    "unbind": QT_TRANSLATE_NOOP("admin", "解绑"),
    "relate": QT_TRANSLATE_NOOP("admin", "加监护或代办"),
    "unrelate": QT_TRANSLATE_NOOP("admin", "取消监护或代办"),
    "remove": QT_TRANSLATE_NOOP("admin", "移出名册"),
    "undo": QT_TRANSLATE_NOOP("admin", "撤销"),
}


WHY_UNBIND = ("lost", "new_phone", "wrong_person", "returned", "other")
WHY_REMOVE = ("moved_away", "died", "twice", "mistake", "other")
WHY_UNRELATE = ("no_longer", "mistake", "other")
_WHY = {
    "lost": QT_TRANSLATE_NOOP("admin", "手机或证丢了"),
    "new_phone": QT_TRANSLATE_NOOP("admin", "换了手机"),
    "wrong_person": QT_TRANSLATE_NOOP("admin", "绑错人了"),
    "returned": QT_TRANSLATE_NOOP("admin", "证交回来了"),
    "moved_away": QT_TRANSLATE_NOOP("admin", "搬走了"),
    "died": QT_TRANSLATE_NOOP("admin", "去世了"),
    "twice": QT_TRANSLATE_NOOP("admin", "登记重了"),
    "mistake": QT_TRANSLATE_NOOP("admin", "登记错了"),
    "no_longer": QT_TRANSLATE_NOOP("admin", "以后不用他办了"),
    "other": QT_TRANSLATE_NOOP("admin", "别的原因"),
}

_FIELDS = {
    "name": QT_TRANSLATE_NOOP("admin", "姓名"),
    "dwelling": QT_TRANSLATE_NOOP("admin", "房号"),
    "category": QT_TRANSLATE_NOOP("admin", "类别"),
    "phones": QT_TRANSLATE_NOOP("admin", "电话"),
    "id_number": QT_TRANSLATE_NOOP("admin", "证件号"),
    "birth": QT_TRANSLATE_NOOP("admin", "出生日期"),
    "occupation_written": QT_TRANSLATE_NOOP("admin", "职业"),
    "note": QT_TRANSLATE_NOOP("admin", "备注"),
}


def category(word: str) -> str:
    return inside_words.category(word)


def kind(word: str) -> str:
    return _said(_KINDS, word)


def value(word: str) -> str:
    return _said(_VALUES, word)


def source(word: str) -> str:
    return _said(_SOURCES, word)


def relation(word: str) -> str:
    return _said(_RELATIONS, word)


def batch(word: str) -> str:
    return _said(_BATCHES, word)


def _said(words: dict[str, object], word: str) -> str:
    found = words.get(word)
    return translate("admin", str(found)) if found else word


def what(fact: FactLine) -> str:
    """The value in words; who is meant, if it is the whole household."""
    said = value(fact.value)
    if fact.kind == "right" and fact.value == "none":
        said = translate("admin", "不能进")
    elif fact.kind == "right":
        said = listed(said.split(","))
    return translate("admin", "{what}（全家）").format(what=said) if fact.household else said


def said(fact: FactLine) -> str:
    """Of which kind it is and what, e.g. 核酸：阴性."""
    return about(kind(fact.kind), what(fact))


def about(title: str, content: str) -> str:
    """E.g. 代办人：李*."""
    return translate("admin", "{title}：{content}").format(title=title, content=content)


def when(fact: FactLine, now: datetime) -> str:
    """Its age, and how long it lasts."""
    at = moment(fact.as_of, now)
    if fact.until is None:
        return at
    return translate("admin", "{at}，到 {until}").format(at=at, until=moment(fact.until, now))


def moment(at: datetime, now: datetime) -> str:
    """As one says it; a time that is still to come with its date."""
    if at.date() > now.date():
        return f"{at.month}-{at.day} {at.hour}:{at.minute:02}"
    if (now.date() - at.date()).days > 1:
        return f"{at:%Y-%m-%d} {at.hour}:{at.minute:02}"
    return ages.moment(at, now)


def whose(fact: FactLine) -> str:
    """Where it comes from, and which operators answer for it."""
    people = listed(one for one in (fact.by, fact.second) if one)
    if not people:
        return source(fact.source)
    return translate("admin", "{source} · 编号 {people}").format(source=source(fact.source), people=people)


def relates(kind: str, person: str, other: str, *, speaks: bool) -> str:
    """李* 是 张*强 的监护人; the other one speaks for the person, or the person for the other one."""
    who, whose = (other, person) if speaks else (person, other)
    return translate("admin", "{who} 是 {whose} 的{relation}").format(
        who=who, whose=whose, relation=relation(kind)
    )


# --- who changed what -----------------------------------------------------------------------------


def why(text: str) -> str:
    """One of the short list, and what was typed below it."""
    word, _, more = text.partition("\n")
    return about(_said(_WHY, word), more.strip()) if more.strip() else _said(_WHY, word)


def noted(kind: str, note: str, who: Sequence[str]) -> str:
    """What is said of a whole change: an import's file; else why, and of whom."""
    said = note if kind == "import" or not note else why(note)
    return " · ".join(part for part in (listed(who), said) if part)


def aside(what: str, more: str) -> str:
    """E.g. 绿码（今早 8:24）."""
    return translate("admin", "{what}（{more}）").format(what=what, more=more)


def who_did(one: ChangeLine) -> str:
    """The operator's number; else where it came from."""
    return translate("admin", "编号 {by}").format(by=one.by) if one.by else source(one.source)


def changed(one: ChangeLine, now: datetime) -> str:
    """What was done, why, and what became of it."""
    parts = [_done(one, now)]
    if one.why and one.kind != "import":
        parts.append(translate("admin", "原因：{why}").format(why=why(one.why)))
    if one.undone_at:
        by = one.undone_by or "—"
        text = translate("admin", "后来撤销了（{at}，编号 {by}）")
        parts.append(text.format(at=moment(one.undone_at, now), by=by))
    return translate("admin", "；").join(parts)


def _done(one: ChangeLine, now: datetime) -> str:
    if one.fact:
        return _said_of_fact(one, one.fact, now)
    if one.kind == "edit":
        if one.fields == ("new",):
            return translate("admin", "登记了这个人")
        fields = listed(_said(_FIELDS, name) for name in one.fields)
        return about(batch("edit"), fields) if fields else batch("edit")
    if one.kind in ("relate", "unrelate"):
        this = translate("admin", "他")
        said = relates(
            one.relation, this, one.other or translate("admin", "（已移出名册的人）"), speaks=one.speaks
        )
        return about(batch(one.kind), said) if one.relation else batch(one.kind)
    if one.kind == "import" and one.why:
        return about(batch("import"), one.why)
    return batch(one.kind)


def _said_of_fact(one: ChangeLine, fact: FactLine, now: datetime) -> str:
    """A fact that was told at once, confirmed by a second person, rejected by one, or that waits for one."""
    what_of = aside(said(fact), when(fact, now))
    if one.kind == "proposed":
        return translate("admin", "报上来：{fact}，还没有人核对").format(fact=what_of)
    if one.kind == "rejected":
        text = translate("admin", "报上来：{fact}，编号 {second} 核对后退回了")
        return text.format(fact=what_of, second=one.second or "—")
    if one.second:
        text = translate("admin", "记了：{fact}，编号 {second} 核对过")
        return text.format(fact=what_of, second=one.second)
    return translate("admin", "记了：{fact}").format(fact=what_of)


# --- what could not be done -----------------------------------------------------------------------


def gone() -> str:
    return translate("admin", "名册里没有这个人了，请回名单再找")


def who_are_you() -> str:
    return translate("admin", "请先填您的编号，再点一次")


def same_operator() -> str:
    return translate("admin", "这一条就是您报的，要换一个人来核对：请他填自己的编号")


def not_themselves() -> str:
    return translate("admin", "自己不能当自己的监护人或代办人，请另选一个人")


def no_gate() -> str:
    return translate("admin", "请写能进哪个门，几个门用逗号隔开")


def settled() -> str:
    return translate("admin", "这一条已经有人处理过了")


def code_taken() -> str:
    return translate("admin", "这个码已经是别人的了，没有绑。请看看是不是拿错了手机或证")


def there_already(who: str) -> str:
    return translate("admin", "名册里已经有这个人：{who}。请找到他，改他的资料").format(who=who)


def no_name() -> str:
    return translate("admin", "请填姓名")


def no_house() -> str:
    return translate("admin", "请填房号，比如 3-2-501")


def roster_changed() -> str:
    return translate("admin", "看的时候名册变了，什么也没导入。请再看一遍这个文件")


def cannot_undo(changed: int) -> str:
    if not changed:
        return translate("admin", "这一批撤销不了：已经撤销过，或时间太久")
    return translate("admin", "这一批撤销不了：其中 {count} 人后来又改过。请先撤销后面的").format(
        count=changed
    )


def not_opened(why: str) -> str:
    return translate("admin", "文件打不开，请看 U 盘拔了没有：{why}").format(why=why)


def end_before_begin() -> str:
    return translate("admin", "结束的时间比开始还早，请核对")


def to_correct(name: str) -> str:
    """How the file is called that is handed back."""
    return translate("admin", "{name} 要改的").format(name=name)
