"""What cases are called: kinds, what happened, and how far they are. Pure; Chinese, for `_()`."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "whistle": "吹哨",
    "question": "问中心",
    "request": "住户求助",
    "hotline": "热线",
    "door": "门磁",
}
WHATS: Mapping[str, str] = {
    "fever": "有人发烧",
    "quarrel": "起冲突",
    "fainted": "有人晕倒",
    "device": "设备坏了",
    "medicine": "代开药",
    "papers": "送文件",
    "fetch": "取物品",
    "food": "买菜送饭",
    "sick": "身体不舒服",
    "door_open": "隔离住户的门开了",
    "other": "其他",
    "": "还没说",
}
STATES: Mapping[str, str] = {
    "new": "刚报来",
    "answered": "答复了",
    "going": "有人在路上",
    "arrived": "到了",
    "closed": "办结",
}
TYPED_KINDS = ("request", "hotline")  # which somebody at the center may write down
TYPED_WHATS = ("medicine", "papers", "fetch", "food", "sick", "quarrel", "other")
DEVICES: Mapping[str, str] = {
    "camera": "摄像头",
    "thermometer": "体温计",
    "scanner": "扫码枪",
    "barrier": "道闸",
    "sound": "声音",
}


def kind_words(kind: str) -> str:
    """Of a newer gate: as it came."""
    return KINDS.get(kind, kind)


def what_words(what: str) -> str:
    """Of a newer gate: as it came."""
    return WHATS.get(what, what)


def state_words(state: str) -> str:
    """Of a newer center: as it came."""
    return STATES.get(state, state)
