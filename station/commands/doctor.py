"""`station doctor` and `station devices`: one page of what works, what does not, and what to do.

The first lines of `doctor` are the self-test of the screen, in the same words; then comes what only somebody
who repairs wants to know. Looks and tries: no setting of ours is changed. Camera and thermometer are opened
as the gate opens them, and so a camera takes its shutter and focus for that moment.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from station import selftesting
from station.commands.plugged_in import cameras, serial_ports
from station.commands.result import Exit, print_json, print_line
from station.commands.rights import advice as rights_advice
from station.commands.rights import not_ours
from station.commands.selftest_devices import opened_devices
from station.commands.storage import journal_words
from station.commands.words import translate
from station.core.policy import PolicyError
from station.core.problems import StorageProblem
from station.devices.frame import SourceError
from station.devices.live import camera
from station.devices.readers import HAS_SECOND_READER
from station.devices.usb_camera import open_device
from station.devices.usb_socket import port_at
from station.journal.check import check
from station.journal.connection import ENGINE, SAFE_ENGINE, open_reader
from station.journal.errors import JournalError, NoJournalError, VaultError, storage_errors
from station.journal.policies import PolicyEvent, read_policy_history
from station.journal.vault import open_vault
from station.keys_office import status
from station.policy_desk import in_force
from station.settings import Settings, SettingsError, load_settings
from station.trustfolder import TRUST_FOLDER
from station.ui import selftest_words


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it works (None: nothing to judge), what to do."""

    check: str  # stable, for scripts
    what: str
    ok: bool | None
    found: str
    advice: str = ""


def doctor(arguments: argparse.Namespace) -> Exit:
    """Everything the gate needs. Exit 1 if something does not work."""
    findings = [finding for look in _LOOKS for finding in look(arguments.data)]
    return _report(findings, as_json=arguments.json)


def devices(arguments: argparse.Namespace) -> Exit:
    """Cameras, thermometers, scanners and serial ports. Exit 1 if one that is needed does not work."""
    looks = (_cameras, _instruments, _serial_ports)
    findings = [finding for look in looks for finding in look(arguments.data)]
    return _report(findings, as_json=arguments.json)


def _report(findings: list[Finding], *, as_json: bool) -> Exit:
    for finding in findings:
        if as_json:
            print_json(asdict(finding))
        else:
            _print(finding)
    return Exit.NEGATIVE if any(finding.ok is False for finding in findings) else Exit.DONE


def _print(finding: Finding) -> None:
    mark = {True: "√", False: "×", None: "·"}[finding.ok]
    print_line(f"{mark} {finding.what}: {finding.found}")
    if finding.advice:
        print_line(f"    → {finding.advice}")


def _selftest(data: Path) -> Iterator[Finding]:
    """The same ticks as on the screen, in the same words."""
    try:
        settings = load_settings(data)
    except SettingsError:
        settings = Settings()  # `_settings` says so
    for tick in selftesting.run(data, settings, opened_devices(settings)):
        yield Finding(
            f"selftest_{tick.check}",
            selftest_words.what(tick.check, translate),
            tick.ok,
            selftest_words.found(tick, translate),
            selftest_words.remedy(tick, translate),
        )


def _settings(data: Path) -> Iterator[Finding]:
    what = translate("doctor", "设置")
    try:
        force = in_force(_policy_history(data), load_settings(data).policy)
    except (SettingsError, PolicyError) as error:
        advice = translate("doctor", "改好这个文件，或者删掉它，用原来的设置")
        closed = isinstance(error.__cause__, PermissionError)  # `_folder` says whose it is
        yield Finding("settings", what, False, str(error), "" if closed else advice)
    else:
        yield Finding("settings", what, True, translate("doctor", "规则 {}").format(force.policy.label))
        if force.wrong:
            found = translate("doctor", "有一处不对，大门还照原来的判：{}").format(force.wrong)
            advice = translate("doctor", "请管理员在“管理 → 规则 → 改”里改好再启用")
            yield Finding("policy", translate("doctor", "规则"), False, found, advice)
        if force.refused:
            found = translate("doctor", "有 {} 条规则不是本机签的，没有使用").format(len(force.refused))
            advice = translate("doctor", "请管理员看“管理 → 规则 → 谁改过”")
            yield Finding("policy", translate("doctor", "规则"), False, found, advice)


def _policy_history(data: Path) -> list[PolicyEvent]:
    """None of a station that has not begun; a journal that cannot be read is told of by its own line."""
    try:
        return read_policy_history(data)
    except (NoJournalError, JournalError, VaultError):
        return []


def _journal(data: Path) -> Iterator[Finding]:
    what = translate("doctor", "记录")
    try:
        with storage_errors():
            report = check(data, open_vault(data, create=False))
    except NoJournalError:
        yield Finding("journal", what, None, translate("doctor", "还没有记录"))
    except (JournalError, VaultError) as error:
        if not_ours(data):
            yield Finding("journal", what, False, translate("doctor", "没有权限读"))
        elif isinstance(error, JournalError) and error.problem is StorageProblem.NEWER_SCHEMA:
            yield Finding("journal", what, False, journal_words(error, data))
        elif (data / "journal.db").exists():
            yield Finding("journal", what, False, str(error), translate("doctor", "不要删文件，联系管理员"))
        else:
            yield Finding("journal", what, None, translate("doctor", "还没有记录"))
    else:
        found = translate("doctor", "{} 条，{} 处损坏").format(report.entries, len(report.damages))
        advice = "" if report.ok else translate("doctor", "运行 station journal check 看是哪几条")
        yield Finding("journal", what, report.ok, found, advice)


def _keys(data: Path) -> Iterator[Finding]:
    """Whether whoever takes the disk reads what is on it; without a journal there is nothing to say."""
    what = translate("doctor", "数据钥匙")
    try:
        with storage_errors(), closing(open_reader(data)) as connection:
            found = status(connection, open_vault(data, create=False))
    except (NoJournalError, JournalError, VaultError):
        return  # told of by the journal's line
    if not found.wrapped:
        said = translate("doctor", "放在文件里：谁拿走硬盘，谁就能看名册")
        advice = translate("doctor", "有了管理员以后：管理 → 值班 → 账号 → 数据钥匙，或者 station key wrap")
        yield Finding("keys", what, None, said, advice)
    elif not found.recovery:
        said = translate("doctor", "锁在密码里，但没有恢复码：密码都忘了就再也打不开")
        yield Finding("keys", what, False, said, translate("doctor", "做一个：station operator recovery"))
    else:
        said = translate("doctor", "锁在密码里，光有硬盘看不了名册；{} 个人和恢复码能打开")
        yield Finding("keys", what, True, said.format(len(found.holders)))


def _folder(data: Path) -> Iterator[Finding]:
    advice = rights_advice(data)
    yield Finding("folder", translate("doctor", "文件夹"), False if advice else None, str(data), advice)


def _cameras(data: Path) -> Iterator[Finding]:
    what, found = translate("doctor", "摄像头"), cameras()
    if not found:
        yield Finding(
            "camera",
            what,
            False,
            translate("doctor", "没有接"),
            translate("doctor", "插上 USB 摄像头；没有也能按 F1 登记"),
        )
    for path in found:
        try:
            achieved = _achieved(path)
        except SourceError as error:
            advice = translate("doctor", "拔下再插；关掉别的正在用摄像头的程序")
            yield Finding("camera", what, False, str(error), advice)
        else:
            yield Finding("camera", what, True, f"{path} {achieved}")


def _achieved(path: str) -> str:
    """What the camera delivers, once it has delivered. Raises SourceError."""
    device = open_device(Path(path))
    with closing(camera(lambda: device, path)) as source:
        next(source)
        return device.achieved()


def _instruments(data: Path) -> Iterator[Finding]:
    """The serial devices that the settings name, looked for and not opened; or that none is."""
    try:
        settings = load_settings(data)
    except SettingsError:
        return  # `_settings` says so
    thermometers = [address for address in (settings.thermometer, settings.thermometer_2) if address]
    for address in thermometers:
        yield _named("thermometer", translate("doctor", "测温仪"), address)
    if not thermometers:
        yield _no_thermometer()
    if settings.scanner:
        yield _named("scanner", translate("doctor", "扫码枪"), settings.scanner)
    if settings.thermal:
        yield _named("thermal", translate("doctor", "热像"), settings.thermal)
    if not settings.scanner:
        found = translate("doctor", "没有选，不用也行；像键盘一样的扫码枪插上就能用")
        yield Finding("scanner", translate("doctor", "扫码枪"), None, found)


def _no_thermometer() -> Finding:
    what = translate("doctor", "测温仪")
    if serial_ports():
        advice = translate("doctor", "选下面的一个串口，写进设置；没有也能按 F3 手测")
        return Finding("thermometer", what, None, translate("doctor", "还没有选"), advice)
    advice = translate("doctor", "插上测温仪；没有也能按 F3 手测")
    return Finding("thermometer", what, False, translate("doctor", "没有接"), advice)


def _named(check: str, what: str, address: str) -> Finding:
    """Whether the port that the settings name is there and may be used."""
    url = address.partition(",")[0]
    if "://" in url:
        return Finding(check, what, None, translate("doctor", "{}，在网络上，打开才知道").format(address))
    path = port_at(url)
    if path is None:
        advice = translate("doctor", "插回原来的 USB 口；换了口就改设置")
        return Finding(check, what, False, translate("doctor", "{} 上没有东西").format(url), advice)
    if not os.access(path, os.R_OK | os.W_OK):
        advice = translate("doctor", "请管理员把您的用户名加进 dialout 组，再重新登录")
        return Finding(check, what, False, translate("doctor", "{} 没有权限打开").format(path), advice)
    return Finding(check, what, True, address if path == url else f"{address} ({path})")


def _serial_ports(data: Path) -> Iterator[Finding]:
    """What else is plugged in, and what to write into the settings for it."""
    for port in serial_ports():
        likely = translate("doctor", "，像是扫码枪") if port.looks_like_scanner else ""
        setting = f'scanner = "{port.address},lines"' if likely else f'thermometer = "{port.address}"'
        advice = translate("doctor", "要用它，在设置里写 {}").format(setting)
        yield Finding("serial_port", translate("doctor", "串口"), None, f"{port.title}{likely}", advice)


def _readers(data: Path) -> Iterator[Finding]:
    found = "zxing-cpp, pyzbar" if HAS_SECOND_READER else "zxing-cpp"
    advice = "" if HAS_SECOND_READER else translate("doctor", "装上 libzbar0，难读的码会多读出一些")
    yield Finding("reading", translate("doctor", "读码"), True, found, advice)


def _database(data: Path) -> Iterator[Finding]:
    note = (
        "" if ENGINE >= SAFE_ENGINE else translate("doctor", "有一个已知毛病，本程序只用一个写入者，碰不到它")
    )
    yield Finding("sqlite", "SQLite", True, f"{'.'.join(map(str, ENGINE))} {note}".rstrip())


def _trust(data: Path) -> Iterator[Finding]:
    count = len(list((data / TRUST_FOLDER).glob("*.json")))
    yield Finding("trust", translate("doctor", "信任名单"), None, translate("doctor", "{} 份").format(count))


_LOOKS: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    _selftest,
    _settings,
    _journal,
    _keys,
    _folder,
    _instruments,
    _serial_ports,
    _readers,
    _database,
    _trust,
)
