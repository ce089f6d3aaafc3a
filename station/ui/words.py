"""What the screen says: a sentence for the volunteer and the next step for every reason, problem and state.

Kind, short and concrete; the source is Chinese, other languages lie in `assets/i18n`. No decision here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.core.model import CodeKind, DeviceKind, DeviceState, Direction, Phase, ReasonCode, Severity, Site
from station.core.problems import StorageProblem
from station.translation import QT_TRANSLATE_NOOP
from station.translation import translate as translate
from station.ui.code_words import OF_KIND
from station.ui.reason_words import REASONS

Pair = tuple[object, object]  # a sentence and a step, as QT_TRANSLATE_NOOP returns its texts


@dataclass(frozen=True, slots=True)
class Words:
    """What is the matter, what to do now, and for a reason also what to say to the person in front."""

    sentence: str
    step: str
    resident: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """The largest words on the screen, and the same in the other language for those who read only that."""

    text: str
    other: str


_PROBLEMS: dict[StorageProblem, Pair] = {
    StorageProblem.DISK_FULL: (
        QT_TRANSLATE_NOOP("words", "电脑硬盘满了"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；请管理员腾出硬盘"),
    ),
    StorageProblem.LOCKED: (
        QT_TRANSLATE_NOOP("words", "登记本被另一个程序占着"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；关掉多开的窗口，再亮一次码"),
    ),
    StorageProblem.CORRUPT: (
        QT_TRANSLATE_NOOP("words", "登记本坏了"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；马上打电话给管理员"),
    ),
    StorageProblem.READ_ONLY: (
        QT_TRANSLATE_NOOP("words", "登记本不让写"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；请管理员打开写入权限"),
    ),
    StorageProblem.NEWER_SCHEMA: (
        QT_TRANSLATE_NOOP("words", "登记本是新版程序写的"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；请管理员更新程序"),
    ),
    StorageProblem.FAULT: (
        QT_TRANSLATE_NOOP("words", "电脑硬盘出错了"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；请管理员检查硬盘"),
    ),
    StorageProblem.MISSING: (
        QT_TRANSLATE_NOOP("words", "放登记本的 U 盘或硬盘没插好"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；插好它，会自动继续"),
    ),
    StorageProblem.OTHER_GATE: (
        QT_TRANSLATE_NOOP("words", "这个 U 盘或硬盘是别的卡口的"),
        QT_TRANSLATE_NOOP("words", "先用纸笔登记；换回本卡口的，会自动继续"),
    ),
}

_PHASES: dict[Phase, Pair] = {
    Phase.IDLE: (
        QT_TRANSLATE_NOOP("words", "一人一码，间隔一米"),
        QT_TRANSLATE_NOOP("words", "没有码就按 F1"),
    ),
    Phase.NEEDS_TEMPERATURE: (
        QT_TRANSLATE_NOOP("words", "就差体温"),
        QT_TRANSLATE_NOOP("words", "请他看测温仪；体温枪的数按 F3 记下"),
    ),
    Phase.NEEDS_CODE: (QT_TRANSLATE_NOOP("words", "体温测好了"), QT_TRANSLATE_NOOP("words", "没有码就按 F1")),
    Phase.ONE_BY_ONE: (
        QT_TRANSLATE_NOOP("words", "两个人凑到一起了"),
        QT_TRANSLATE_NOOP("words", "请后面的退一米，前面的重新测温"),
    ),
}

_DEVICES: dict[DeviceKind, dict[DeviceState, object]] = {
    DeviceKind.CAMERA: {
        DeviceState.SEARCHING: QT_TRANSLATE_NOOP("words", "正在找摄像头"),
        DeviceState.WORKING: QT_TRANSLATE_NOOP("words", "摄像头正常"),
        DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "摄像头没画面"),
        DeviceState.LOST: QT_TRANSLATE_NOOP("words", "摄像头断了"),
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("words", "没有摄像头"),
    },
    DeviceKind.THERMOMETER: {
        DeviceState.SEARCHING: QT_TRANSLATE_NOOP("words", "正在找测温仪"),
        DeviceState.WORKING: QT_TRANSLATE_NOOP("words", "测温仪正常"),
        DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "测温仪没读数"),
        DeviceState.LOST: QT_TRANSLATE_NOOP("words", "测温仪断了"),
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("words", "没有测温仪"),
    },
    DeviceKind.SCANNER: {
        DeviceState.SEARCHING: QT_TRANSLATE_NOOP("words", "扫码枪扫个试试"),
        DeviceState.WORKING: QT_TRANSLATE_NOOP("words", "扫码枪正常"),
        DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "扫码枪没回应"),
        DeviceState.LOST: QT_TRANSLATE_NOOP("words", "扫码枪断了"),
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("words", "没有扫码枪"),
    },
    DeviceKind.BARRIER: {
        DeviceState.SEARCHING: QT_TRANSLATE_NOOP("words", "正在找道闸"),
        DeviceState.WORKING: QT_TRANSLATE_NOOP("words", "道闸正常"),
        DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "道闸没回应"),
        DeviceState.LOST: QT_TRANSLATE_NOOP("words", "道闸断了"),
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("words", "没有道闸"),
    },
    DeviceKind.SOUND: {
        DeviceState.SEARCHING: QT_TRANSLATE_NOOP("words", "正在找喇叭"),
        DeviceState.WORKING: QT_TRANSLATE_NOOP("words", "声音正常"),
        DeviceState.SILENT: QT_TRANSLATE_NOOP("words", "喇叭没声音"),
        DeviceState.LOST: QT_TRANSLATE_NOOP("words", "喇叭断了"),
        DeviceState.ABSENT: QT_TRANSLATE_NOOP("words", "没有声音"),
    },
}

_SITES: dict[Site, object] = {
    Site.OBJECT: QT_TRANSLATE_NOOP("words", "皮肤"),
    Site.FOREHEAD: QT_TRANSLATE_NOOP("words", "额头"),
    Site.WRIST: QT_TRANSLATE_NOOP("words", "手腕"),
    Site.NECK: QT_TRANSLATE_NOOP("words", "脖子"),
    Site.EAR: QT_TRANSLATE_NOOP("words", "耳朵"),
    Site.BODY: QT_TRANSLATE_NOOP("words", "体温"),
}


def _said(texts: Iterable[object]) -> Words:
    return Words(*(translate("words", str(text)) for text in texts))


def reason(code: ReasonCode, kind: str | None = None) -> Words:
    """A reason's words; `kind` is that of the code that was shown, a CodeKind as in an entry."""
    return _said((kind and OF_KIND.get((code, CodeKind(kind)))) or REASONS[code])


def problem(kind: StorageProblem) -> Words:
    return _said(_PROBLEMS[kind])


def phase(which: Phase) -> Words:
    return _said(_PHASES[which])


def device(kind: DeviceKind, state: DeviceState) -> str:
    return translate("words", str(_DEVICES[kind][state]))


def device_advice(kind: DeviceKind) -> str:
    """What to do while this device gives nothing."""
    if kind is DeviceKind.CAMERA:
        return translate("words", "请看插头插好没有；来人按 F1 登记")
    return translate("words", "请用体温枪，按 F3 记下")


def site(where: Site) -> str:
    return translate("words", str(_SITES[where]))


def verdict(severity: Severity) -> Headline:
    """The word of a verdict. The second is in the other language: a resident may read only that one."""
    if severity is Severity.PASS:
        return Headline(translate("words", "通行"), translate("words", "PASS", "other language"))
    if severity is Severity.RECHECK:
        return Headline(translate("words", "复核"), translate("words", "RECHECK", "other language"))
    return Headline(translate("words", "禁止"), translate("words", "STOP", "other language"))


def only(name: str) -> str:
    """Of somebody who was brought: nobody else's reading is theirs."""
    return translate("words", "只量 {name}：站好了再上前，别人退开一步").format(name=name)


def verdict_name(severity: Severity) -> str:
    """A verdict inside a list or on a button, where it is not shouted."""
    names = {
        Severity.PASS: translate("words", "通行", "in a list"),
        Severity.RECHECK: translate("words", "复核", "in a list"),
        Severity.STOP: translate("words", "禁止", "in a list"),
    }
    return names[severity]


def changed(who: str, before: Severity, after: Severity) -> str:
    """A volunteer's correction, e.g. recheck → pass."""
    said = translate("words", "{who}：{before} → {after}")
    return said.format(who=who, before=verdict_name(before), after=verdict_name(after))


def asking(which: Phase) -> Headline:
    """What the person in front is asked for."""
    if which is Phase.NEEDS_TEMPERATURE:
        return Headline(translate("words", "请测体温"), translate("words", "TEMPERATURE", "other language"))
    if which is Phase.ONE_BY_ONE:
        return Headline(translate("words", "一个一个来"), translate("words", "ONE BY ONE", "other language"))
    return Headline(translate("words", "请亮码"), translate("words", "SHOW CODE", "other language"))


def asking_home() -> Headline:
    """What the person in front is asked for while no health code opens, or nothing reads one."""
    return Headline(translate("words", "请报住址"), translate("words", "YOUR ADDRESS", "other language"))


def codes_down() -> Words:
    """The code system is down: whoever comes is looked for in the roster; a gate pass is read as ever."""
    return Words(translate("words", "健康码停用，有出入证照样亮"), translate("words", "按 F1，从名册里找"))


def blind(camera: DeviceState) -> Words:
    """Nothing reads a code: the camera is in this state."""
    return Words(device(DeviceKind.CAMERA, camera), device_advice(DeviceKind.CAMERA))


def opening() -> Headline:
    return Headline(translate("words", "正在打开…"), translate("words", "OPENING", "other language"))


def nobody_answered() -> str:
    """Of what was seen on a telephone: the lane knows of nobody whose it is."""
    return translate("words", "没记下：不知道是谁的。请他再亮一次码，再按 F6")


def please_wait() -> str:
    return translate("words", "请稍等，马上就好")


def not_stored() -> Headline:
    return Headline(translate("words", "没有记录下来"), translate("words", "NOT RECORDED", "other language"))


def way(direction: Direction) -> str:
    """The way people go at this lane, with an arrow that says the same."""
    if direction is Direction.OUT:
        return "← " + translate("words", "出门", "way")
    return "→ " + translate("words", "进门", "way")


def farewell(direction: str) -> str:
    """The next step of a PASS; `direction` as in an entry, in or out."""
    outward = direction == Direction.OUT
    return translate("words", "慢走") if outward else translate("words", "请进")
