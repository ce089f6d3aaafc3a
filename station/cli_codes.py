"""The arguments of what reads codes and measures: `scan`, `verify`, `trust`, `thermometer`, `calibrate` …"""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import add, add_group
from station.cli_times import moment
from station.command_parser import Parsers
from station.core.model import Site

_LINES = "文件里每行写：第几秒 体温"


def add_codes(commands: Parsers) -> None:
    scan = add(commands, "scan", "codes:scan", "读图片、视频里的码，验真假")
    scan.add_argument("sources", nargs="+", metavar="SRC", help="图片、文件夹或视频")
    verify = add(commands, "verify", "codes:verify", "验码的文字")
    verify.add_argument("texts", nargs="+", metavar="TEXT", help="码里的文字")
    for command in (scan, verify):
        command.add_argument(
            "--at", type=moment, metavar="TIME", help="按这个时间判断，ISO 8601，不写时区算 UTC"
        )
        command.add_argument(
            "--trust",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="另外用这份名单，可以多写几次",
        )
    _add_trust(commands)


def _add_trust(commands: Parsers) -> None:
    trust = add_group(commands, "trust", "验码用的名单")
    importing = add(trust, "import", "trust:import_list", "启用一份名单，原来的留着")
    importing.add_argument("file", type=Path, metavar="FILE", help="发布方给的原文件")
    importing.add_argument("--issuer", metavar="NAME", help="谁的公钥，文件里没写时用")
    importing.add_argument("--date", type=moment, metavar="D", help="文件没有日期时用，不写就是现在")
    importing.add_argument("--source", metavar="TEXT", help="哪里来的，不写就是文件名")
    importing.add_argument("--older", action="store_true", help="比正在用的还旧，也启用")
    add(trust, "list", "trust:show_lists", "正在用哪些名单，多旧了")
    restoring = add(trust, "restore", "trust:restore", "换回前一份名单")
    restoring.add_argument("id", metavar="ID", help="照 station trust list 显示的写")


def add_thermometers(commands: Parsers) -> None:
    listen = add(commands, "thermometer", "thermometers:thermometer", "看测温仪的读数，来一个显示一个")
    listen.add_argument("url", metavar="URL", help="串口、usb:LOCATION 或地址")
    listen.add_argument("--family", metavar="F", help="型号，不写就自己认；有哪些见 station decode --list")
    listen.add_argument(
        "--seconds", type=float, default=float("inf"), metavar="N", help="看多少秒，不写就一直看"
    )
    decode = add(commands, "decode", "thermometers:decode", "把测温仪发的字节变成读数")
    decode.add_argument("family", nargs="?", metavar="FAMILY", help="型号")
    decode.add_argument("hex", nargs="*", metavar="HEX", help="字节，十六进制")
    decode.add_argument("--list", action="store_true", help="认得哪些型号")
    decode.add_argument(
        "--markdown", action="store_true", help="和 --list 一起用：写成 docs/thermometers.md 那样"
    )
    _add_emulated(commands)
    _add_calibrations(commands)


def _add_emulated(commands: Parsers) -> None:
    emulate = add_group(commands, "emulate", "模拟一台设备")
    pretend = add(emulate, "thermometer", "emulate:thermometer", "模拟这个型号的测温仪（虚拟串口）")
    pretend.add_argument("family", metavar="FAMILY", help="型号")
    pretend.add_argument("--script", type=Path, metavar="FILE", help=_LINES)
    pretend = add(emulate, "scanner", "emulate:scanner", "模拟扫码器（虚拟串口）")
    pretend.add_argument("kind", metavar="KIND", help="gm65 或 lines")
    pretend.add_argument("--script", type=Path, metavar="FILE", help="文件里每行写：第几秒 码的文字")
    pretend = add(emulate, "thermal", "emulate:thermal", "模拟热像仪（虚拟串口）")
    pretend.add_argument(
        "family", metavar="FAMILY", nargs="?", default="gy-mcu90640", help="型号，不写就是 gy-mcu90640"
    )
    pretend.add_argument("--script", type=Path, metavar="FILE", help=_LINES)


def _add_calibrations(commands: Parsers) -> None:
    calibrate = add_group(commands, "calibrate", "测温仪和标准温度计比对")
    record = add(calibrate, "add", "calibrate:calibrate", "记一次比对：它显示多少，实际多少")
    record.add_argument("instrument", metavar="NAME", help="照通行记录里的写，比如 ttyUSB0")
    record.add_argument("family", metavar="FAMILY", help="型号，照 station decode --list 显示的写")
    record.add_argument(
        "--site", choices=[site.value for site in Site], help="有几种模式的测温仪要写是哪一种"
    )
    record.add_argument("--reference", type=float, required=True, metavar="°C", help="实际多少度")
    record.add_argument("--shown", type=float, required=True, metavar="°C", help="它显示多少度，没改过的")
    record.add_argument("--by", required=True, metavar="ID", help="谁比对的：写编号，不写姓名")
    add(calibrate, "list", "calibrate:show_all", "记过的全部比对")
