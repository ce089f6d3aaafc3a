"""The words of exports: what was found in a file that was checked, and how each day's export stands."""

from __future__ import annotations

from station.core.problems import ExportProblem
from station.translation import QT_TRANSLATE_NOOP, translate

_TROUBLES: dict[str, object] = {  # by the words of `export_check.Trouble`
    "not_ours": QT_TRANSLATE_NOOP("words", "文件末尾没有校验信息：不是本程序导出的，或者被截断了"),
    "signature": QT_TRANSLATE_NOOP("words", "校验信息被改过，或者是别的卡口导出的"),
    "other_journal": QT_TRANSLATE_NOOP("words", "这份文件不是从这本登记本导出的"),
    "changed": QT_TRANSLATE_NOOP("words", "{number} 号：「{column}」被改过"),
    "somewhere": QT_TRANSLATE_NOOP("words", "文件被改过；登记本里已经没有这些记录，说不出是哪一条"),
    "personal": QT_TRANSLATE_NOOP("words", "姓名、住址或身份被改过"),
    "missing": QT_TRANSLATE_NOOP("words", "{number} 号：少了这一条"),
    "extra": QT_TRANSLATE_NOOP("words", "{number} 号：多出来的，或者重复了"),
    "order": QT_TRANSLATE_NOOP("words", "顺序被换过"),
    "header": QT_TRANSLATE_NOOP("words", "表头被改过：列的名字对不上"),
    "summary": QT_TRANSLATE_NOOP("words", "“汇总”那一页被改过，或者和记录对不上"),
    "counts": QT_TRANSLATE_NOOP("words", "条数对不上"),
}
_PROBLEMS: dict[ExportProblem, object] = {
    ExportProblem.NO_STICK: QT_TRANSLATE_NOOP("words", "请插上 U 盘，插上就会自动存"),
    ExportProblem.NO_PLACE: QT_TRANSLATE_NOOP("words", "找不到那个文件夹，请另选一个地方"),
    ExportProblem.FULL: QT_TRANSLATE_NOOP("words", "盘满了，请换一个，或者删掉不用的文件"),
    ExportProblem.NOT_WRITTEN: QT_TRANSLATE_NOOP(
        "words", "写不进去：看看 U 盘是不是锁住了，或者另选一个地方"
    ),
    ExportProblem.LOCKED: QT_TRANSLATE_NOOP("words", "请先签到，签到后会自动存"),
    ExportProblem.NOT_READ: QT_TRANSLATE_NOOP("words", "登记本读不出来，请打开“自检”看看"),
}


def pruned(count: int) -> str:
    """Why a log has fewer rows than the figures of its days have passages."""
    return translate("words", "另有 {count} 人次的记录已按期清理，日志里没有，只在统计里算人次").format(
        count=f"{count:,}"
    )


def finding(what: str, number: str, column: str) -> str:
    """`column`: as it stands over the column."""
    return translate("words", str(_TROUBLES[what])).format(number=number, column=column)


def agrees(rows: int, *, on_paper: bool, gone: bool) -> str:
    """Of a file in which nothing is wrong; what could not be compared is said."""
    said = translate("words", "文件和登记本一致：{} 条").format(rows)
    if gone:
        said = translate("words", "签名是真的：{} 条。这些记录早就移出了登记本，没法再逐条比。").format(rows)
    if on_paper:
        said += "\n" + translate("words", "PDF 上印的字没有比：要逐条核对，请用 CSV 或 XLSX。")
    return said


def problem(what: ExportProblem) -> str:
    """What to do about it."""
    return translate("words", str(_PROBLEMS[what]))
