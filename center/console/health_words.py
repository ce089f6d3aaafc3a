"""Words of colours, isolations, check-ins and doors. Pure; Chinese, for `_()`."""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {"green": "绿码", "yellow": "黄码", "red": "红码", "": "没有"}
SHAPES: Mapping[str, str] = {"green": "✔", "yellow": "◆", "red": "✖", "": "—"}
CLASSES: Mapping[str, str] = {"green": "c0", "yellow": "c2", "red": "c4", "": "c1"}
ISOLATED: Mapping[str, str] = {
    "isolation": "居家隔离",
    "close_contact": "密接",
    "sub_close_contact": "次密接",
    "none": "解除隔离",
}
TESTS: Mapping[str, str] = {
    "negative": "阴性",
    "negative_reported": "阴性（只知道报告时间）",
    "positive": "阳性",
    "unknown": "没出结果",
    "none": "没做",
}
SYMPTOMS: Mapping[str, str] = {
    "cough": "咳嗽",
    "throat": "嗓子疼",
    "tired": "没力气",
    "breath": "喘不上气",
    "diarrhoea": "拉肚子",
    "smell": "闻不到味道",
    "other": "别的不舒服",
}
NEEDS: Mapping[str, str] = {
    "medicine": "代开药",
    "food": "买菜送饭",
    "fetch": "取物品",
    "papers": "送文件",
    "other": "别的事",
}
LINES: Mapping[str, str] = {
    "checkin": "打卡",
    "visit": "上门随访",
    "phone": "电话随访",
    "temperature": "量体温",
    "test": "核酸",
    "note": "记事",
    "door_open": "门开了",
    "door_closed": "门关上了",
    "begun": "开始隔离",
    "lifted": "解除隔离",
    "gate": "到了大门口",
    "colour": "健康码变了",
    "lookback": "大门回溯",
}
TYPED_LINES = ("visit", "phone", "temperature", "test", "note")  # which somebody may write down
# Why somebody looks at names: one of these stands in the audit.
LOOKS: Mapping[str, str] = {
    "follow_up": "随访",
    "tell": "通知本人",
    "emergency": "紧急情况",
    "check": "核对名单",
    "superior": "上级要求",
}
DIRECTIONS: Mapping[str, str] = {"in": "进", "out": "出"}


def words_of(table: Mapping[str, str], word: str) -> str:
    """Of a newer program: as it came."""
    return table.get(word, word)
