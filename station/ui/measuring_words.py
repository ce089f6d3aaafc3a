"""What the screen says about measuring: readings that are none, instruments that look false, and staff.

Every sentence says what is the matter; every step what to do about it. Which instrument is meant, the caller
writes (`Instruments.called`). No decision here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.measurability import Advice
from station.core.model import Obstacle
from station.ui.words import Headline, Words

translate = QCoreApplication.translate

_Pair = tuple[object, object]  # as QT_TRANSLATE_NOOP returns its texts

_OBSTACLES: dict[Obstacle, _Pair] = {
    Obstacle.NOBODY: (
        QT_TRANSLATE_NOOP("measuring", "测温仪前面没有人"),
        QT_TRANSLATE_NOOP("measuring", "请他站到测温仪前面，额头对准"),
    ),
    Obstacle.TOO_FAR: (
        QT_TRANSLATE_NOOP("measuring", "站得太远，测不准"),
        QT_TRANSLATE_NOOP("measuring", "请他靠近，离测温仪一拳远"),
    ),
    Obstacle.COLD_SKIN: (
        QT_TRANSLATE_NOOP("measuring", "额头太凉，测不准"),
        QT_TRANSLATE_NOOP("measuring", "请他把手腕或脖子对准测温仪"),
    ),
    Obstacle.NOT_SETTLED: (
        QT_TRANSLATE_NOOP("measuring", "测温仪刚搬来，还没稳下来"),
        QT_TRANSLATE_NOOP("measuring", "先用体温枪，按 F3；过一刻钟它就好了"),
    ),
    Obstacle.AMBIENT_TOO_COLD: (
        QT_TRANSLATE_NOOP("measuring", "天太冷，测温仪测不准"),
        QT_TRANSLATE_NOOP("measuring", "请用体温枪测手腕或脖子，按 F3 记下"),
    ),
    Obstacle.AMBIENT_TOO_HOT: (
        QT_TRANSLATE_NOOP("measuring", "太热了，测温仪测不准"),
        QT_TRANSLATE_NOOP("measuring", "先用体温枪，按 F3；给测温仪遮遮太阳"),
    ),
}


def not_measured(obstacle: Obstacle) -> Words:
    """Why a reading is none, and what to do instead."""
    sentence, step = _OBSTACLES[obstacle]
    return Words(translate("measuring", str(sentence)), translate("measuring", str(step)))


def asking(advice: Advice) -> Headline:
    """What the person in front is asked for, large."""
    if advice is Advice.STEP_CLOSER:
        return Headline(
            translate("measuring", "请靠近"), translate("measuring", "COME CLOSER", "other language")
        )
    if advice is Advice.WRIST_OR_NECK:
        return Headline(
            translate("measuring", "请测手腕"), translate("measuring", "SHOW YOUR WRIST", "other language")
        )
    return Headline(
        translate("measuring", "用体温枪"), translate("measuring", "USE THE GUN", "other language")
    )


# --- instruments that look false ----------------------------------------------------------------

_FINDINGS: dict[FindingCode, object] = {
    FindingCode.STUCK: QT_TRANSLATE_NOOP("measuring", "{which} {seconds} 秒一直是 {value} 度，可能卡住了"),
    FindingCode.SILENT: QT_TRANSLATE_NOOP("measuring", "{which} {seconds} 秒没有读数"),
    FindingCode.CROWDED: QT_TRANSLATE_NOOP(
        "measuring", "{which}测谁都差不多：100 人有 {count} 人是 {lowest} 到 {highest} 度"
    ),
    FindingCode.ALWAYS_36: QT_TRANSLATE_NOOP("measuring", "{which}测 100 人，{count} 人是 36 度几，不像真的"),
    FindingCode.MADE_UP_DIGITS: QT_TRANSLATE_NOOP("measuring", "{which}的小数点后面不像是量出来的"),
    FindingCode.HOLE_BELOW_FEVER: QT_TRANSLATE_NOOP(
        "measuring", "{which}从没测出过 37.0 到 37.3 度，本该有 {count} 人，可能在改数"
    ),
    FindingCode.SAGGING: QT_TRANSLATE_NOOP("measuring", "{which}越测越低，低了 {apart} 度，可能没电了"),
}
_ABOVE: dict[FindingCode, object] = {
    FindingCode.DRIFT: QT_TRANSLATE_NOOP("measuring", "{which}比一小时前高了 {apart} 度"),
    FindingCode.DISAGREEMENT: QT_TRANSLATE_NOOP("measuring", "{which}比{other}高 {apart} 度，有一支不准"),
}
_BELOW: dict[FindingCode, object] = {
    FindingCode.DRIFT: QT_TRANSLATE_NOOP("measuring", "{which}比一小时前低了 {apart} 度"),
    FindingCode.DISAGREEMENT: QT_TRANSLATE_NOOP("measuring", "{which}比{other}低 {apart} 度，有一支不准"),
}


def finding(found: Finding, called: Callable[[str], str]) -> str:
    """What looks false about an instrument, with its figures. `called`: how an instrument is called."""
    signed = _ABOVE if found.figures[0] > 0 else _BELOW
    text = translate("measuring", str((_FINDINGS | signed)[found.code]))
    other = called(found.other.name) if found.other else translate("measuring", "另一支")
    return text.format(which=called(found.instrument.name), other=other, **_figures(found))


def _figures(found: Finding) -> dict[str, str]:
    """The figures that `FindingCode` names for the code, as they are said."""
    first, *others = found.figures
    match found.code:
        case FindingCode.STUCK:
            return {"value": f"{first:.1f}", "seconds": f"{others[0]:.0f}"}
        case FindingCode.SILENT:
            return {"seconds": f"{first:.0f}"}
        case FindingCode.CROWDED:
            lowest, highest = others
            return {"count": f"{100 * first:.0f}", "lowest": f"{lowest:.1f}", "highest": f"{highest:.1f}"}
        case FindingCode.ALWAYS_36:
            return {"count": f"{100 * first:.0f}"}
        case FindingCode.HOLE_BELOW_FEVER:
            return {"count": f"{others[0]:.0f}"}
    return {"apart": f"{abs(first):.1f}"}


_REPLUG = QT_TRANSLATE_NOOP("measuring", "请把它拔下来再插上")
_CABLE = QT_TRANSLATE_NOOP("measuring", "请看它的插头松没松")
_POWER = QT_TRANSLATE_NOOP("measuring", "请给它换电池，或看看电源")
_COMPARE = QT_TRANSLATE_NOOP("measuring", "请用体温枪对一对，告诉管理员")
_REPAIRS: dict[FindingCode, object] = {
    FindingCode.STUCK: _REPLUG,
    FindingCode.SILENT: _CABLE,
    FindingCode.SAGGING: _POWER,
}


def repair(code: FindingCode) -> str:
    """What may help the instrument."""
    return translate("measuring", str(_REPAIRS.get(code, _COMPARE)))


def meanwhile_by_hand() -> str:
    return translate("measuring", "请同时用体温枪测，按 F3")


def meanwhile_with(active: str) -> str:
    """Another instrument counts; `active` is how it is called."""
    return translate("measuring", "现在用 {active}").format(active=active)


def changed_to(active: str) -> str:
    return translate("measuring", "已换成 {active}，照常测温").format(active=active)


# --- staff --------------------------------------------------------------------------------------


def staff_wanted() -> Words:
    """A quiet hint: nobody knows yet what is usual here today."""
    return Words(
        translate("measuring", "开班先测工作人员"), translate("measuring", "没病的同事三位，按 F7 开始")
    )


def staff_headline(*, done: bool) -> Headline:
    if done:
        return Headline(
            translate("measuring", "测好了"), translate("measuring", "STAFF DONE", "other language")
        )
    return Headline(translate("measuring", "测同事"), translate("measuring", "STAFF ONLY", "other language"))


def staff_count(values_c: tuple[float, ...], needed: int, *, hindered: bool) -> str:
    """How far it is, and whether the last reading did not count."""
    said = translate("measuring", "测好 {count} 位，共要 {needed} 位").format(
        count=len(values_c), needed=needed
    )
    if hindered:
        return said + "\n" + translate("measuring", "刚才那个数不算：偏高，或没测准")
    return said + "\n" + " · ".join(f"{value:.1f}" for value in values_c)


def staff_step(*, done: bool) -> str:
    if done:
        return translate("measuring", "可以放人进来了")
    return translate("measuring", "请下一位同事站到测温仪前；不测了按 Esc")
