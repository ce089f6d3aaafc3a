"""What is said of devices in the set-up section: uses, troubles and what to do about them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from station.core.model import Reading
from station.ui import words
from station.ui.admin.bench import Trouble, Use

translate = QCoreApplication.translate

_USES = {
    Use.CAMERA: QT_TRANSLATE_NOOP("admin", "摄像头"),
    Use.THERMOMETER: QT_TRANSLATE_NOOP("admin", "测温仪"),
    Use.SECOND_THERMOMETER: QT_TRANSLATE_NOOP("admin", "第二支测温仪"),
    Use.SCANNER: QT_TRANSLATE_NOOP("admin", "扫码枪"),
}

_TROUBLES = {
    Trouble.BUSY: QT_TRANSLATE_NOOP(
        "admin", "别的程序正占着它。请关掉厂家的测温软件、串口助手，再点“再试一次”。"
    ),
    Trouble.NO_PERMISSION: QT_TRANSLATE_NOOP(
        "admin",
        "这个账户不许用它。请装机的人在终端里运行下面这一行，再注销、重新登录：",
    ),
    Trouble.GONE: QT_TRANSLATE_NOOP("admin", "它不在了。请看插头插紧没有，再点“再试一次”。"),
    Trouble.OTHER: QT_TRANSLATE_NOOP("admin", "打不开。请拔下来再插上，再点“再试一次”。"),
}
_GROUPS = {Use.CAMERA: "video"}  # whose members may open the device on Debian; serial ports: dialout


def use(what: Use) -> str:
    return translate("admin", str(_USES[what]))


def trouble(kind: Trouble, what: Use = Use.THERMOMETER) -> str:
    """What is wrong and what to do; a command to type stands on a line of its own."""
    said = translate("admin", str(_TROUBLES[kind]))
    if kind is Trouble.NO_PERMISSION:
        return f"{said}\nsudo usermod -aG {_GROUPS.get(what, 'dialout')} $USER"
    return said


def degrees(reading: Reading) -> str:
    return f"{reading.value_c:.1f} ℃"


def about_reading(reading: Reading, family: str) -> str:
    """All that the instrument says, as it says it."""
    ambient = "—" if reading.ambient_c is None else f"{reading.ambient_c:.1f} ℃"
    return " · ".join(
        (
            translate("admin", "原始值 {raw}").format(raw=f"{reading.value_c:.2f}"),
            translate("admin", "环境 {ambient}").format(ambient=ambient),
            words.site(reading.site),
            family,
        )
    )


def adapter(chip: str) -> str:
    """What is plugged in, as long as nobody knows what is behind it; `chip` may be empty."""
    return translate("admin", "USB 转接线 {chip}").format(chip=chip).strip()


def scanner(kind: str, title: str) -> str:
    """A kind of serial scanner, as it can be told from outside."""
    names = {
        "gm65": translate("admin", "GM65 类扫码枪"),
        "lines": translate("admin", "别的扫码枪"),
    }
    return names.get(kind, title)


def in_use(used: bool) -> str:
    return translate("admin", "大门在用") if used else translate("admin", "还没用上")
