"""Why an enrolment or a stick came to nothing, by the slug of the problem, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.ui.center_words import Say

_PROBLEMS: dict[str, object] = {
    "bad_address": QT_TRANSLATE_NOOP("words", "地址不对。应该像这样：https://10.0.0.7:8443"),
    "bad_code": QT_TRANSLATE_NOOP("words", "一次性码抄错了一个字，请对着中心的再看一遍"),
    "other_center": QT_TRANSLATE_NOOP("words", "这个地址上的不是给码的那个中心。请问中心的管理员地址对不对"),
    "code_wrong": QT_TRANSLATE_NOOP("words", "中心没有这个一次性码。请让中心再给一个"),
    "code_used": QT_TRANSLATE_NOOP("words", "这个一次性码用过了。请让中心再给一个"),
    "code_expired": QT_TRANSLATE_NOOP("words", "一次性码过了十分钟，不能用了。请让中心再给一个"),
    "too_many": QT_TRANSLATE_NOOP("words", "试得太多了。请等一分钟再试"),
    "refused": QT_TRANSLATE_NOOP("words", "中心没有收这台机器。请问中心的管理员"),
    "not_enrolled": QT_TRANSLATE_NOOP("words", "还没有登记到中心，先登记再用 U 盘"),
    "no_stick": QT_TRANSLATE_NOOP("words", "这不是同步用的文件。要找的文件名以 .kkb 结尾"),
    "torn": QT_TRANSLATE_NOOP("words", "文件不完整，像是没拷完就拔了。请回去再拷一次；什么都没有改"),
    "newer": QT_TRANSLATE_NOOP("words", "这个文件是新版程序写的。请先更新这里的程序"),
    "changed": QT_TRANSLATE_NOOP("words", "文件坏了或者被改过，没有用它。请再拷一次"),
    "other_station": QT_TRANSLATE_NOOP("words", "这是给别的大门的文件。请拿给这台机器的那个"),
    "wrong_way": QT_TRANSLATE_NOOP("words", "这是大门送去中心的文件。请拿中心写回来的那个"),
    "unknown_station": QT_TRANSLATE_NOOP("words", "不认识写这个文件的大门"),
    "full": QT_TRANSLATE_NOOP("words", "U 盘满了。请腾出地方再写；U 盘上没有留下半个文件"),
    "unreadable": QT_TRANSLATE_NOOP("words", "U 盘或文件读写不了。请重新插好，或者换一个 U 盘"),
    "busy": QT_TRANSLATE_NOOP("words", "现在做不了，请过一会儿再试"),
}
_OF_A_STICK = QT_TRANSLATE_NOOP("words", "这个文件是别的中心的。请拿这台机器登记的那个中心写的")


def problem(slug: str, say: Say, *, stick: bool = False) -> str:
    """ "" for one that has words of its own elsewhere: there the trouble with the network says it."""
    if stick and slug == "other_center":
        return say("words", str(_OF_A_STICK))
    found = _PROBLEMS.get(slug)
    return say("words", str(found)) if found else ""
