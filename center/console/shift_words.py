"""Why a shift or a name was not taken, in words. Chinese, for `_()`."""

from __future__ import annotations

from center.store.rota import Refusal
from station.core.shift import LONGEST, MOST_OF_NAME, ShiftError, ShiftProblem, SignupProblem

_HOURS = int(LONGEST.total_seconds() // 3600)
PROBLEMS: dict[ShiftProblem | SignupProblem, str] = {
    ShiftProblem.NO_DAY: "日期看不懂，请写成 2022-04-01",
    ShiftProblem.NO_TIME: "时间看不懂，请写成 07:00",
    ShiftProblem.SAME_TIME: "开始和结束不能一样",
    ShiftProblem.TOO_SHORT: "一班最少半小时",
    ShiftProblem.TOO_LONG: "一班最多 16 小时",
    ShiftProblem.OVER: "这一班已经过去了",
    ShiftProblem.TOO_FAR: "最多排两个月",
    ShiftProblem.NEEDED: "要几个人：写 1 到 20",
    ShiftProblem.DAYS: "排几天：写 1 到 31",
    ShiftProblem.OVERLAPS: "这个时间已经有一班了",
    SignupProblem.NO_NAME: "请写您的姓名",
    SignupProblem.LONG_NAME: "姓名最多 20 个字",
    SignupProblem.TWICE: "您已经报了这一班",
    SignupProblem.FULL: "这一班人满了，谢谢您。请看看别的班",
    SignupProblem.ELSEWHERE: "您这个时间已经报了另一班",
    SignupProblem.OVER: "这一班已经过去了",
    SignupProblem.GONE: "这一班没有了，请看看别的班",
}
REFUSED = {
    Refusal.ELSEWHERE: "这一班不是这个大门的",
    Refusal.LONG_NAME: "姓名最多 20 个字",
    Refusal.FULL: "这一班的名字太多了",
}
assert _HOURS == 16
assert MOST_OF_NAME == 20


def shift_words(error: ShiftError) -> str:
    """What the error says."""
    return PROBLEMS[error.problem]
