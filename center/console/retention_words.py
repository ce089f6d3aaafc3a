"""What is erased, by what rule, and what waits: in the words of the page and of the command line."""

from __future__ import annotations

from center.retention_rules import Kind

# What it is called, and when it goes: so many days after that.
KINDS: dict[str, tuple[str, str]] = {
    Kind.PARTS: ("通行记录里封好的个人部分", "收到以后"),
    Kind.HEALTH: ("健康卡：打卡、随访、体温、核酸", "隔离结束以后"),
    Kind.ISOLATIONS: ("谁被隔离、限制，谁提出谁核对", "隔离、限制结束以后"),
    Kind.COLOURS: ("健康码变色", "变色以后"),
    Kind.FACTS: ("过期的核酸结果，名单里没有的人的码色", "采样、报来以后"),
    Kind.ALARMS: ("隔离的人到大门的报警", "报警以后，有人看过的"),
    Kind.DOORS: ("拆掉的门磁", "拆掉以后"),
    Kind.CASES: ("事项里写的字、照片、办的人", "办结以后"),
    Kind.REPORTS: ("交接班单、值班、已读、任务回报、回溯", "收到以后"),
    Kind.LINKS: ("个人链接（打卡、报名）", "过期或收回以后"),
    Kind.PASSES: ("出入证的底", "过期或作废以后"),
    Kind.DELIVERIES: ("推送过的消息", "推送以后"),
    Kind.EXPORTS: ("导出的登记（文件一天就删）", "导出以后"),
    Kind.REQUESTS: ("没有同意的删除申请", "答复以后"),
    Kind.AUDIT: ("操作记录", "做了以后"),
    Kind.ROWS: ("导入时没收下的行", "不会自己清：改好或扔掉"),
    Kind.UNREAD: ("比中心新的大门报来的、还看不懂的", "不会自己清：等中心更新"),
    Kind.STICKS: ("U盘带来、前面还缺一段的", "不会自己清：等缺的那段来"),
}
TAKEN_OFF = "list"  # of a receipt: how often somebody was taken off the list
TAKEN_OFF_WORDS = "住户名单"
# Why something that is past waits, and where it is settled.
HELD: dict[str, tuple[str, str]] = {
    Kind.PARTS: (
        "有看不懂的、对不上账的，整批先留着；人还在隔离、事没办结的，只留这个人的。最多再留 180 天",
        "/reconciling",
    ),
    Kind.HEALTH: ("人还在隔离，或者事还没办结", "/isolation"),
    Kind.ISOLATIONS: ("还在隔离、限制，或者事还没办结", "/watches"),
    Kind.COLOURS: ("人还在隔离，或者事还没办结", "/isolation"),
    Kind.ALARMS: ("还没有人看过，或者人还在隔离", "/alarms"),
    Kind.REPORTS: ("通知、任务还挂着，或者人还在隔离", "/tasks"),
    Kind.ROWS: ("请去改好，或者扔掉", "/quality"),
    Kind.UNREAD: ("请更新中心", ""),
    Kind.STICKS: ("请把缺的那段带来", ""),
}
REASONS: dict[str, str] = {"self": "本人要求", "guardian": "监护人要求", "mistake": "登记错了"}
STATES: dict[str, str] = {"waiting": "等另一位管理员", "done": "删好了", "refused": "没有同意"}

# Of one person it is not only what is past.
_OF_A_PERSON: dict[str, str] = {
    Kind.PARTS: "通行记录里封好的个人部分",
    Kind.ISOLATIONS: "隔离、限制的登记",
    Kind.FACTS: "大门知道的：码色、核酸、限制",
    Kind.ALARMS: "大门的报警",
    Kind.DOORS: "门磁",
    Kind.CASES: "办结的事项里写的字",
    Kind.REPORTS: "大门的回溯",
    Kind.LINKS: "打卡的个人链接",
    Kind.PASSES: "出入证",
}


def texts() -> list[str]:
    """What the command line says too, in Chinese."""
    return [*(name for name, _ in KINDS.values()), TAKEN_OFF_WORDS, *(why for why, _ in HELD.values())]


def of_a_person(name: str) -> str:
    """What a kind is called where somebody is erased."""
    return _OF_A_PERSON.get(name) or kind(name)


def kind(name: str) -> str:
    """What a kind is called, in Chinese; one of a newer center as it is."""
    return TAKEN_OFF_WORDS if name == TAKEN_OFF else KINDS[name][0] if name in KINDS else name
