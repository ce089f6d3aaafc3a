"""What the gate does for a house: parcels that wait to be handed over, and errands that are run. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class ErrandKind(StrEnum):
    EXPRESS = "express"  # 快递
    TAKEAWAY = "takeaway"  # 外卖
    MEDICINE = "medicine"  # 药, brought to the gate
    VEGETABLES = "vegetables"  # 菜
    PRESCRIPTION = "prescription"  # 代开药
    DOCUMENT = "document"  # 送文件
    FETCH = "fetch"  # 取物品
    OTHER = "other"


PARCELS = (ErrandKind.TAKEAWAY, ErrandKind.EXPRESS, ErrandKind.MEDICINE, ErrandKind.VEGETABLES)
SERVICES = (ErrandKind.PRESCRIPTION, ErrandKind.DOCUMENT, ErrandKind.FETCH, ErrandKind.OTHER)

# After so long it is late. Own judgement: food goes cold, medicine is waited for, a parcel may lie a night.
_PATIENCE = {
    ErrandKind.TAKEAWAY: timedelta(minutes=30),
    ErrandKind.MEDICINE: timedelta(hours=1),
    ErrandKind.VEGETABLES: timedelta(hours=2),
    ErrandKind.EXPRESS: timedelta(hours=12),
    ErrandKind.PRESCRIPTION: timedelta(hours=24),
    ErrandKind.DOCUMENT: timedelta(hours=4),
    ErrandKind.FETCH: timedelta(hours=4),
    ErrandKind.OTHER: timedelta(hours=12),
}


class Ending(StrEnum):
    """How it was closed; the first four are of parcels."""

    OWNER = "owner"  # 住户自己拿
    TO_THE_DOOR = "to_the_door"  # 志愿者送到门口
    NEIGHBOUR = "neighbour"  # 家人邻居代拿
    RETURNED = "returned"  # 退回
    DONE = "done"  # 办好了
    IMPOSSIBLE = "impossible"  # 办不了


HANDED_OVER = (Ending.TO_THE_DOOR, Ending.OWNER, Ending.NEIGHBOUR, Ending.RETURNED)
SETTLED = (Ending.DONE, Ending.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing for one house. Times are UTC; `by` and `closed_by` are operators, where they are known."""

    id: str
    kind: ErrandKind
    house: str = field(repr=False)
    at: datetime
    from_whom: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    by: str = ""
    closed_at: datetime | None = None
    ending: Ending | None = None
    closed_by: str = field(default="", repr=False)

    @property
    def is_parcel(self) -> bool:
        return self.kind in PARCELS

    def is_late(self, now: datetime) -> bool:
        """Open for longer than is kind. A clock that was set back makes nothing late."""
        return self.closed_at is None and now - self.at > _PATIENCE[self.kind]


def endings(kind: ErrandKind) -> tuple[Ending, ...]:
    """How something of this kind can be closed, the usual way first."""
    return HANDED_OVER if kind in PARCELS else SETTLED
