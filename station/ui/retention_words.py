"""The words of retention, erasing, backups and their repair; for screen and terminal.

`say(context, text)` translates: Qt's own on the screen, `commands.words.translate` in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

Say = Callable[[str, str], str]

# Kinds of `journal.retention_rules.Kind`.
_KINDS: dict[str, object] = {
    "entries": QT_TRANSLATE_NOOP("retention", "记录里出示的码"),
    "movements": QT_TRANSLATE_NOOP("retention", "谁什么时候进出"),
    "whereabouts": QT_TRANSLATE_NOOP("retention", "人最后在里面还是外面"),
    "visits": QT_TRANSLATE_NOOP("retention", "访客登记"),
    "errands": QT_TRANSLATE_NOOP("retention", "代办的事"),
    "duty": QT_TRANSLATE_NOOP("retention", "值班和交班单"),
    "reports": QT_TRANSLATE_NOOP("retention", "报给中心的吹哨和求助"),
    "said": QT_TRANSLATE_NOOP("retention", "情况是谁说的"),
    "tasks": QT_TRANSLATE_NOOP("retention", "回溯任务和复测名单"),
    "proposals": QT_TRANSLATE_NOOP("retention", "办完的双人申请"),
    "former": QT_TRANSLATE_NOOP("retention", "名册改动前的内容"),
    "codes": QT_TRANSLATE_NOOP("retention", "没有主人的码"),
    "notes": QT_TRANSLATE_NOOP("retention", "操作时写的原因"),
    "passes": QT_TRANSLATE_NOOP("retention", "过期的出入证"),
}

# Traces of `journal.erasing_steps.Trace`, as a receipt counts them.
_TRACES: dict[str, object] = {
    "roster": QT_TRANSLATE_NOOP("retention", "名册里的人"),
    "codes": QT_TRANSLATE_NOOP("retention", "绑定的码"),
    "numbers": QT_TRANSLATE_NOOP("retention", "电话和证件号"),
    "relations": QT_TRANSLATE_NOOP("retention", "监护和代办关系"),
    "former": QT_TRANSLATE_NOOP("retention", "名册以前的内容"),
    "facts": QT_TRANSLATE_NOOP("retention", "健康和隔离情况"),
    "proposals": QT_TRANSLATE_NOOP("retention", "双人申请"),
    "entries": QT_TRANSLATE_NOOP("retention", "记录里出示的码"),
    "movements": QT_TRANSLATE_NOOP("retention", "进出轨迹"),
    "visits": QT_TRANSLATE_NOOP("retention", "访客登记"),
    "passes": QT_TRANSLATE_NOOP("retention", "出入证（同时作废）"),
    "tasks": QT_TRANSLATE_NOOP("retention", "回溯任务"),
    "notes": QT_TRANSLATE_NOOP("retention", "操作时写的原因"),
    "mentions": QT_TRANSLATE_NOOP("retention", "别人写的话里提到的地方"),
}
_MENTIONED = QT_TRANSLATE_NOOP("retention", "别人写的话里有 {count} 处提到同样的名字或号码：")

_MENTION = QT_TRANSLATE_NOOP("retention", "{where}：{said}")

_FILES: dict[str, object] = {
    "not_ours": QT_TRANSLATE_NOOP("retention", "这不是本程序的备份文件，请另选一个"),
    "newer": QT_TRANSLATE_NOOP("retention", "这份备份是新版程序做的，请先更新本程序"),
    "passphrase": QT_TRANSLATE_NOOP("retention", "口令不对。口令分大小写，空格也算"),
    "torn": QT_TRANSLATE_NOOP(
        "retention", "备份文件不完整，只有前 {size} 是好的：可能没拷完，请从原来的 U 盘再拷一次"
    ),
    "changed": QT_TRANSLATE_NOOP(
        "retention", "备份文件在 {size} 处坏了：请换一份备份，或者从原来的 U 盘再拷一次"
    ),
}

_EXPORTS = QT_TRANSLATE_NOOP(
    "retention", "以前导出的表格和做过的备份不在这里，本程序删不到：到期了请自己删掉。"
)
_RECEIPT = QT_TRANSLATE_NOOP("retention", "个人信息删除回执")
_RECEIPT_DAY = QT_TRANSLATE_NOOP("retention", "{gate} · 第 {number} 号 · {day}")
_RECEIPT_DONE = QT_TRANSLATE_NOOP(
    "retention", "应本人要求，下面这些个人信息已经从这台卡口电脑里删除，不能恢复："
)
_RECEIPT_LINE = QT_TRANSLATE_NOOP("retention", "{kind}：{count}")
_RECEIPT_STAYS = QT_TRANSLATE_NOOP(
    "retention",
    "进出记录本身（时间、方向、体温、结果）依规定保留，已经不带姓名和码，只剩一个没有主人的代号。",
)
_RECEIPT_CENTER = QT_TRANSLATE_NOOP(
    "retention",
    "中心收到过的那一份，由中心删除：请把这张回执交给中心。还没送出的 {count} 条，送出时不带个人信息。",
)
_RECEIPT_COPIES = QT_TRANSLATE_NOOP(
    "retention", "以前导出的表格、打印的名单和做过的备份，由保管的人另行销毁。"
)
_RECEIPT_HEAD = QT_TRANSLATE_NOOP("retention", "记录校验：第 {number} 条，{head}")
_ASKED = QT_TRANSLATE_NOOP("retention", "个人信息：{day} 应本人要求删除了")
_OLD = QT_TRANSLATE_NOOP("retention", "个人信息：过了保存期，已经删除")


def kind(which: str, say: Say) -> str:
    """A newer program's word stands for itself."""
    return say("retention", str(_KINDS.get(which, which)))


def trace(which: str, say: Say) -> str:
    return say("retention", str(_TRACES.get(which, which)))


def mentions(places: Sequence[tuple[str, str]], say: Say) -> list[str]:
    """Where else they are named, by kind and what stands there; nothing if nowhere."""
    if not places:
        return []
    head = say("retention", str(_MENTIONED)).format(count=len(places))
    line = say("retention", str(_MENTION))
    return [head, *(f"  {line.format(where=kind(where, say), said=excerpt)}" for where, excerpt in places)]


def file_problem(which: str, at: int, say: Say) -> str:
    """Why a backup cannot be opened; `at`: how many bytes of it are good."""
    return say("retention", str(_FILES[which])).format(size=f"{at / 10**6:.1f} MB")


def exports(say: Say) -> str:
    """What is not ours to delete."""
    return say("retention", str(_EXPORTS))


def fate(day: str, say: Say) -> str:
    """Why an entry lacks what was personal; `day` of the request, or empty."""
    return say("retention", str(_ASKED)).format(day=day) if day else say("retention", str(_OLD))


def receipt_title(say: Say) -> str:
    return say("retention", str(_RECEIPT))


class Receipt(Protocol):
    """What a receipt tells (`journal.receipts.Receipt`)."""

    @property
    def gate(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def day(self) -> str: ...
    @property
    def kinds(self) -> Mapping[str, int]: ...
    @property
    def enrolled(self) -> bool: ...
    @property
    def unsent(self) -> int: ...
    @property
    def head_number(self) -> int: ...
    @property
    def head(self) -> str: ...


def receipt(one: Receipt, say: Say) -> list[str]:
    """The lines of a receipt, below its title."""

    def told(text: object) -> str:
        return say("retention", str(text))

    line = told(_RECEIPT_LINE)
    center = [told(_RECEIPT_CENTER).format(count=one.unsent)] if one.enrolled else []
    return [
        told(_RECEIPT_DAY).format(gate=one.gate, number=one.number, day=one.day),
        "",
        told(_RECEIPT_DONE),
        *(f"  {line.format(kind=trace(each, say), count=count)}" for each, count in one.kinds.items()),
        "",
        told(_RECEIPT_STAYS),
        *center,
        told(_RECEIPT_COPIES),
        told(_RECEIPT_HEAD).format(number=one.head_number, head=one.head),
    ]
