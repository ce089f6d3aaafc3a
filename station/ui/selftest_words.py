"""The words of the self-test: what was looked at, what was found, what to do; for screen and terminal.

`say(context, text)` translates: Qt's own on the screen, `commands.words.translate` in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from station.selftest import Check, Found, Tick, failed
from station.ui import afterwards_words
from station.ui.admin import policy_speech

Say = Callable[[str, str], str]

_CHECKS: dict[Check, object] = {
    Check.CAMERA: QT_TRANSLATE_NOOP("selftest", "摄像头"),
    Check.THERMOMETER: QT_TRANSLATE_NOOP("selftest", "测温仪"),
    Check.SCANNER: QT_TRANSLATE_NOOP("selftest", "扫码枪"),
    Check.SOUND: QT_TRANSLATE_NOOP("selftest", "声音"),
    Check.DISK: QT_TRANSLATE_NOOP("selftest", "硬盘"),
    Check.JOURNAL: QT_TRANSLATE_NOOP("selftest", "登记本"),
    Check.CLOCK: QT_TRANSLATE_NOOP("selftest", "时间"),
    Check.RULES: QT_TRANSLATE_NOOP("selftest", "规则和名单"),
    Check.OFFLINE: QT_TRANSLATE_NOOP("selftest", "断网也能判"),
    Check.RECOVERY: QT_TRANSLATE_NOOP("selftest", "恢复码"),
}

# What was found, and what to do about it; "" where nothing is to be done.
_TOLD: dict[tuple[Check, Found], tuple[object, object]] = {
    (Check.CAMERA, Found.SEES_CODE): (QT_TRANSLATE_NOOP("selftest", "看得见，也读到了码"), ""),
    (Check.CAMERA, Found.SEES_LIGHT): (
        QT_TRANSLATE_NOOP("selftest", "看得见"),
        QT_TRANSLATE_NOOP("selftest", "举一个码给它看，更放心"),
    ),
    (Check.CAMERA, Found.DARK): (
        QT_TRANSLATE_NOOP("selftest", "一片黑"),
        QT_TRANSLATE_NOOP("selftest", "看看镜头盖拿掉了没有，灯开了没有"),
    ),
    (Check.CAMERA, Found.NO_PICTURE): (
        QT_TRANSLATE_NOOP("selftest", "没有画面"),
        QT_TRANSLATE_NOOP("selftest", "把摄像头的 USB 线拔下再插；没有它也能按 F1 登记"),
    ),
    (Check.CAMERA, Found.NO_DEVICE): (
        QT_TRANSLATE_NOOP("selftest", "没有接"),
        QT_TRANSLATE_NOOP("selftest", "插上 USB 摄像头；没有它也能按 F1 登记"),
    ),
    (Check.CAMERA, Found.IN_USE): (
        QT_TRANSLATE_NOOP("selftest", "别的程序正在用"),
        QT_TRANSLATE_NOOP("selftest", "大门开着的话，请在“管理 → 自检”里看"),
    ),
    (Check.THERMOMETER, Found.READS): (QT_TRANSLATE_NOOP("selftest", "有读数，{0} ℃"), ""),
    (Check.THERMOMETER, Found.IMPLAUSIBLE): (
        QT_TRANSLATE_NOOP("selftest", "读数不对，{0} ℃"),
        QT_TRANSLATE_NOOP("selftest", "擦擦探头，离开太阳和暖风；还不对就用体温枪，按 F3 填"),
    ),
    (Check.THERMOMETER, Found.SILENT): (
        QT_TRANSLATE_NOOP("selftest", "接着，但没有读数"),
        QT_TRANSLATE_NOOP("selftest", "看看它的电源；还没有就用体温枪，按 F3 填"),
    ),
    (Check.THERMOMETER, Found.NO_DEVICE): (
        QT_TRANSLATE_NOOP("selftest", "没有接"),
        QT_TRANSLATE_NOOP("selftest", "插回原来的 USB 口；没有就用体温枪，按 F3 填"),
    ),
    (Check.THERMOMETER, Found.NOT_CHOSEN): (
        QT_TRANSLATE_NOOP("selftest", "没有选"),
        QT_TRANSLATE_NOOP("selftest", "用体温枪量，按 F3 填；有测温仪就在“管理 → 设备”里选"),
    ),
    (Check.THERMOMETER, Found.IN_USE): (
        QT_TRANSLATE_NOOP("selftest", "别的程序正在用"),
        QT_TRANSLATE_NOOP("selftest", "大门开着的话，请在“管理 → 自检”里看"),
    ),
    (Check.SCANNER, Found.WORKS): (QT_TRANSLATE_NOOP("selftest", "接好了"), ""),
    (Check.SCANNER, Found.NO_DEVICE): (
        QT_TRANSLATE_NOOP("selftest", "没有接"),
        QT_TRANSLATE_NOOP("selftest", "插回原来的 USB 口；摄像头也能读码"),
    ),
    (Check.SCANNER, Found.IN_USE): (
        QT_TRANSLATE_NOOP("selftest", "别的程序正在用"),
        QT_TRANSLATE_NOOP("selftest", "大门开着的话，请在“管理 → 自检”里看"),
    ),
    (Check.SOUND, Found.HEARD): (
        QT_TRANSLATE_NOOP("selftest", "能响"),
        QT_TRANSLATE_NOOP("selftest", "听不见就把喇叭的音量拧大"),
    ),
    (Check.SOUND, Found.NOTHING_TO_HEAR): (
        QT_TRANSLATE_NOOP("selftest", "没有喇叭"),
        QT_TRANSLATE_NOOP("selftest", "插上喇叭；没有声音也能用，结果看屏幕"),
    ),
    (Check.SOUND, Found.NOT_CHOSEN): (
        QT_TRANSLATE_NOOP("selftest", "这里看不出来"),
        QT_TRANSLATE_NOOP("selftest", "打开卡口听一听"),
    ),
    (Check.DISK, Found.ROOM): (QT_TRANSLATE_NOOP("selftest", "能写，还有 {0}"), ""),
    (Check.DISK, Found.FILLING): (
        QT_TRANSLATE_NOOP("selftest", "能写，还有 {0}，慢慢要满了"),
        QT_TRANSLATE_NOOP("selftest", "这几天删掉不用的文件，或者换大一点的盘"),
    ),
    (Check.DISK, Found.NEARLY_FULL): (
        QT_TRANSLATE_NOOP("selftest", "快满了，只有 {0}"),
        QT_TRANSLATE_NOOP("selftest", "删掉不用的文件，或者换大一点的盘"),
    ),
    (Check.DISK, Found.FULL): (
        QT_TRANSLATE_NOOP("selftest", "满了，什么都写不下"),
        QT_TRANSLATE_NOOP("selftest", "请管理员删掉不用的文件，或者换大一点的盘；登记先记在纸上"),
    ),
    (Check.DISK, Found.NOT_WRITABLE): (
        QT_TRANSLATE_NOOP("selftest", "写不进去"),
        QT_TRANSLATE_NOOP("selftest", "请管理员看硬盘和文件夹的权限；登记先记在纸上"),
    ),
    (Check.JOURNAL, Found.WHOLE): (QT_TRANSLATE_NOOP("selftest", "完好，最近 {0} 条都对得上"), ""),
    (Check.JOURNAL, Found.EMPTY): (QT_TRANSLATE_NOOP("selftest", "还没有记录"), ""),
    (Check.JOURNAL, Found.BROKEN): (
        QT_TRANSLATE_NOOP("selftest", "最近 {0} 条里有对不上的"),
        QT_TRANSLATE_NOOP("selftest", "不要删文件；请管理员运行 station journal check"),
    ),
    (Check.JOURNAL, Found.UNREADABLE): (
        QT_TRANSLATE_NOOP("selftest", "读不出来"),
        QT_TRANSLATE_NOOP("selftest", "不要删文件，请联系管理员；登记先记在纸上"),
    ),
    (Check.CLOCK, Found.RIGHT): (QT_TRANSLATE_NOOP("selftest", "正常"), ""),
    (Check.CLOCK, Found.BEHIND): (
        QT_TRANSLATE_NOOP("selftest", "比最后一条登记还早"),
        QT_TRANSLATE_NOOP("selftest", "请把电脑的时间调准"),
    ),
    (Check.CLOCK, Found.OFF): (
        QT_TRANSLATE_NOOP("selftest", "和中心差 {0} 分钟"),
        QT_TRANSLATE_NOOP("selftest", "请把电脑的时间调准"),
    ),
    (Check.RULES, Found.IN_FORCE): (QT_TRANSLATE_NOOP("selftest", "规则 {0}"), ""),
    (Check.RULES, Found.LISTS_OLD): (
        QT_TRANSLATE_NOOP("selftest", "规则 {0}；中心的名单 {1} 小时没更新了"),
        QT_TRANSLATE_NOOP("selftest", "看看网线；连不上就请中心用 U 盘送名单"),
    ),
    (Check.RULES, Found.LISTS_UNUSABLE): (
        QT_TRANSLATE_NOOP("selftest", "规则 {0}；信任名单有 {1} 份读不出来，靠它查的码都验不了"),
        QT_TRANSLATE_NOOP("selftest", "请管理员运行 station trust list 看是哪份，重新导入"),
    ),
    (Check.RULES, Found.UNREADABLE): (
        QT_TRANSLATE_NOOP("selftest", "规则用不了"),
        QT_TRANSLATE_NOOP("selftest", "请管理员在“管理 → 规则”里换一份"),
    ),
    (Check.OFFLINE, Found.DECIDED): (QT_TRANSLATE_NOOP("selftest", "拿 {1} 位住户试了，都有结果"), ""),
    (Check.OFFLINE, Found.FAILED): (
        QT_TRANSLATE_NOOP("selftest", "{1} 位住户里只有 {0} 位有结果"),
        QT_TRANSLATE_NOOP("selftest", "请管理员看登记本和钥匙文件；先按 F1 人工放行"),
    ),
    (Check.OFFLINE, Found.NOBODY_KNOWN): (
        QT_TRANSLATE_NOOP("selftest", "名单还是空的"),
        QT_TRANSLATE_NOOP("selftest", "请管理员在“管理 → 人员”里导入名单"),
    ),
    (Check.OFFLINE, Found.LOCKED): (
        QT_TRANSLATE_NOOP("selftest", "数据锁着，没有试"),
        QT_TRANSLATE_NOOP("selftest", "有人在大门上签到以后再测一次"),
    ),
    (Check.RECOVERY, Found.MADE): (QT_TRANSLATE_NOOP("selftest", "做过了，那张纸要锁好"), ""),
    (Check.RECOVERY, Found.NEVER_MADE): (
        QT_TRANSLATE_NOOP("selftest", "还没有：管理员忘了密码就进不去了"),
        QT_TRANSLATE_NOOP("selftest", "请管理员到“管理 → 值班 → 账号”点“新的恢复码”，打印好锁起来"),
    ),
    (Check.OFFLINE, Found.UNREADABLE): (
        QT_TRANSLATE_NOOP("selftest", "名单读不出来"),
        QT_TRANSLATE_NOOP("selftest", "不要删文件，请联系管理员"),
    ),
}
_FOR_DAYS = QT_TRANSLATE_NOOP("selftest", "，照今天的用量大约够 {0} 天")
_WITH_LISTS = QT_TRANSLATE_NOOP("selftest", "规则 {0}；中心的名单是 {1} 小时前的")
_FEW_ARE_BAD = QT_TRANSLATE_NOOP("selftest", "自检：{names}有问题，请看“管理 → 自检”")
_AND = QT_TRANSLATE_NOOP("selftest", "、")


def what(check: Check, say: Say) -> str:
    return say("selftest", str(_CHECKS[check]))


def found(tick: Tick, say: Say) -> str:
    text, figures = _TOLD[tick.check, tick.found][0], _in_words(tick)
    if (tick.check, tick.found) == (Check.RULES, Found.IN_FORCE) and len(tick.figures) > 1:
        text = _WITH_LISTS
    if tick.check is Check.DISK and len(tick.figures) > 1:
        return say("selftest", str(text)).format(*figures) + say("selftest", str(_FOR_DAYS)).format(
            figures[1]
        )
    return say("selftest", str(text)).format(*figures)


def _in_words(tick: Tick) -> tuple[str, ...]:
    """The figures as people say them: a size, the name of the rules."""
    first = {
        Check.DISK: lambda megabytes: afterwards_words.size(int(megabytes) * 2**20),
        Check.RULES: policy_speech.said_label,
    }.get(tick.check)
    return (first(tick.figures[0]), *tick.figures[1:]) if first and tick.figures else tick.figures


def remedy(tick: Tick, say: Say) -> str:
    """What to do; "" where nothing is to be done."""
    text = str(_TOLD[tick.check, tick.found][1])
    return say("selftest", text) if text else ""


def at_the_gate(ticks: Sequence[Tick], say: Say) -> str:
    """One line for the gate screen; "" if all is well."""
    names = [what(tick.check, say) for tick in failed(ticks)]
    return (
        say("selftest", str(_FEW_ARE_BAD)).format(names=say("selftest", str(_AND)).join(names))
        if names
        else ""
    )


def practice_is_open(say: Say) -> str:
    return say("selftest", str(_PRACTICE_IS_OPEN))


def practice_fails(say: Say) -> str:
    return say("selftest", str(_PRACTICE_FAILS))


_PRACTICE_IS_OPEN = QT_TRANSLATE_NOOP("selftest", "练习已经开着了。")
_PRACTICE_FAILS = QT_TRANSLATE_NOOP("selftest", "练习打不开。")
