"""The command line, stable for scripts (design section 12): parsing and nothing else.

What the commands do is in `station.commands`, imported only by the command that needs it, so that a terminal
answers at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from station.cli_calls import add_calls
from station.cli_duty import add_duty
from station.cli_parsers import Parsers
from station.cli_passes import add_passes
from station.cli_times import day as _day
from station.cli_times import entry_number, minutes, whole
from station.cli_times import moment as _moment
from station.commands.result import CommandError, Exit, keep_stdout_for_json, print_error
from station.core.model import Site
from station.core.override import Role
from station.roster.words import CATEGORIES
from station.settings import default_data_folder
from station.version import version


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv))
    arguments.data = arguments.data or default_data_folder()
    keep_stdout_for_json(on=getattr(arguments, "json", False))
    logging.basicConfig(
        level=logging.DEBUG if arguments.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for talkative in ("httpx2", "httpcore2"):  # each byte of each request
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        return int(_command(arguments.run)(arguments))
    except CommandError as error:
        if not error.is_said:
            print_error(str(error))
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(Exit.STOPPED)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return int(Exit.DONE)
    except OSError as error:  # a full disk, a stick that was pulled out: no answer of "no", which 1 would be
        if arguments.run.startswith("gate:"):
            raise  # where the gate crashed belongs into the log
        from station.commands.words import translate

        print_error(translate("cli", "读写文件出错：{}。看看路径、空间和权限").format(error))
        return int(Exit.ENVIRONMENT)


def _with_command(argv: Sequence[str]) -> Sequence[str]:
    """`station --headless` means `station run --headless`."""
    top = ("-h", "--help", "--version", "--verbose")
    if argv and argv[0].startswith("-") and argv[0] not in top:
        return ["run", *argv]
    return argv


def _command(name: str) -> Callable[[argparse.Namespace], Exit]:
    """The function behind module:function."""
    module, _, function = name.partition(":")
    where = import_module(f"station.commands.{module}")
    found: Callable[[argparse.Namespace], Exit] = getattr(where, function)
    return found


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="station", description="Kakou 卡口: the checkpoint station of a gate")
    top.add_argument("--verbose", action="store_true", help="log everything to standard error")
    top.add_argument("--version", action="version", version=f"kakou {version()}")
    top.set_defaults(run="gate:start", data=None)
    commands = top.add_subparsers(metavar="COMMAND")
    _add_gate(commands)
    _add_codes(commands)
    _add_trust(commands)
    _add_thermometers(commands)
    _add_calibrations(commands)
    _add_journal(commands)
    _add_people(commands)
    _add_presence(commands)
    add_passes(commands, _add)
    _add_policy(commands)
    _add_operators(commands)
    add_duty(commands, _add, _day)
    _add_sync(commands)
    add_calls(commands, _add)
    return top


def _add(commands: Parsers, name: str, run: str, help: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    command.set_defaults(run=run)
    command.add_argument("--data", type=Path, metavar="DIR", help="data folder")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    return command


def _add_gate(commands: Parsers) -> None:
    run = _add(commands, "run", "gate:run", "open the gate")
    run.add_argument("--emulate", action="store_true", help="emulate the devices that are not named")
    run.add_argument("--headless", action="store_true", help="no window; one JSON line per entry")
    run.add_argument("--camera", metavar="SRC", help="index, device, file, folder, http or rtsp URL")
    run.add_argument(
        "--thermometer",
        action="append",
        metavar="URL[,FAMILY]",
        help="serial port or URL; its family, if known; given twice: the second one stands in for the first",
    )
    run.add_argument("--scanner", metavar="URL,KIND", help="serial port or URL, and its kind: gm65, lines")
    run.add_argument(
        "--thermal", metavar="URL[,FAMILY]", help="thermal picture sensor, to aim by; gy-mcu90640 by default"
    )
    demo = _add(commands, "demo", "gate:run_demo", "the gate with emulated devices and made-up people")
    demo.add_argument("--headless", action="store_true", help="no window; one JSON line per entry")
    _add(commands, "setup", "gate:set_up", "the set-up wizard: devices, sound, name, admin, center")
    _add(commands, "practice", "practice:practise", "learn the gate: thirty invented people, three minutes")
    _add(commands, "devices", "doctor:devices", "what is plugged in")
    _add(commands, "doctor", "doctor:doctor", "what works, what does not, and what to do")
    starting = _add(commands, "autostart", "autostart:autostart", "open the gate with the desktop, always")
    starting.add_argument("action", choices=("on", "off", "status", "start"))
    keeper = commands.add_parser("barrier-keeper")  # for the program itself, hence no help
    keeper.set_defaults(run="barrier:keep")
    keeper.add_argument("words", nargs=4)


def _add_codes(commands: Parsers) -> None:
    scan = _add(commands, "scan", "codes:scan", "decode and verify the codes in pictures or videos")
    scan.add_argument("sources", nargs="+", metavar="SRC", help="picture, folder or video")
    verify = _add(commands, "verify", "codes:verify", "verify code texts")
    verify.add_argument("texts", nargs="+", metavar="TEXT")
    for command in (scan, verify):
        command.add_argument(
            "--at", type=_moment, metavar="TIME", help="judge as at this UTC time (ISO 8601)"
        )
        command.add_argument("--trust", type=Path, action="append", default=[], metavar="FILE")


def _add_trust(commands: Parsers) -> None:
    trust = commands.add_parser("trust", help="the lists that codes are judged by").add_subparsers(
        required=True
    )
    importing = _add(trust, "import", "trust:import_list", "bring a list into force; the former one is kept")
    importing.add_argument("file", type=Path, metavar="FILE", help="as its publisher made it")
    importing.add_argument("--issuer", metavar="NAME", help="whose keys they are, if the file does not say")
    importing.add_argument(
        "--date", type=_moment, metavar="D", help="of a file without a date; now by default"
    )
    importing.add_argument("--source", metavar="TEXT", help="where it is from; the file's name by default")
    importing.add_argument("--older", action="store_true", help="also if it is older than the one in force")
    _add(trust, "list", "trust:show_lists", "the lists in force, and how old they are")
    restoring = _add(trust, "restore", "trust:restore", "put the former list back into force")
    restoring.add_argument("id", metavar="ID", help="as `station trust list` shows it")


def _add_thermometers(commands: Parsers) -> None:
    listen = _add(commands, "thermometer", "thermometers:thermometer", "readings as they come")
    listen.add_argument("url", metavar="URL", help="serial port, usb:LOCATION or URL")
    listen.add_argument("--family", metavar="F", help="found out if not given; see: station decode --list")
    listen.add_argument("--seconds", type=float, default=float("inf"), metavar="N")
    decode = _add(commands, "decode", "thermometers:decode", "bytes of a thermometer to readings")
    decode.add_argument("family", nargs="?", metavar="FAMILY")
    decode.add_argument("hex", nargs="*", metavar="HEX")
    decode.add_argument("--list", action="store_true", help="the families this program knows")
    decode.add_argument("--markdown", action="store_true", help="with --list: as in docs/thermometers.md")
    emulate = commands.add_parser("emulate", help="pretend to be a device").add_subparsers(required=True)
    pretend = _add(emulate, "thermometer", "emulate:thermometer", "a pty that behaves like this family")
    pretend.add_argument("family", metavar="FAMILY")
    pretend.add_argument("--script", type=Path, metavar="FILE", help="lines of: SECONDS CELSIUS")
    pretend = _add(emulate, "scanner", "emulate:scanner", "a pty that behaves like this scanner")
    pretend.add_argument("kind", metavar="KIND", help="gm65, lines")
    pretend.add_argument("--script", type=Path, metavar="FILE", help="lines of: SECONDS TEXT")
    pretend = _add(emulate, "thermal", "emulate:thermal", "a pty that behaves like this picture sensor")
    pretend.add_argument("family", metavar="FAMILY", nargs="?", default="gy-mcu90640")
    pretend.add_argument("--script", type=Path, metavar="FILE", help="lines of: SECONDS CELSIUS")


def _add_calibrations(commands: Parsers) -> None:
    calibrate = commands.add_parser("calibrate", help="thermometers against a reference").add_subparsers(
        required=True
    )
    record = _add(calibrate, "add", "calibrate:calibrate", "record what one showed and what was true")
    record.add_argument("instrument", metavar="NAME", help="as the entries name it, e.g. ttyUSB0")
    record.add_argument("family", metavar="FAMILY", help="as `station decode --list` names it")
    record.add_argument(
        "--site", choices=[site.value for site in Site], help="of an instrument with more than one mode"
    )
    record.add_argument("--reference", type=float, required=True, metavar="°C", help="what was true")
    record.add_argument("--shown", type=float, required=True, metavar="°C", help="what it showed, raw")
    record.add_argument("--by", required=True, metavar="ID", help="who compared them: a number, not a name")
    _add(calibrate, "list", "calibrate:show_all", "every comparison on record")


def _add_journal(commands: Parsers) -> None:
    entries = _add(commands, "entries", "journal:entries", "the entries of a day")
    entries.add_argument("--day", type=_day, metavar="D", help="YYYY-MM-DD, today by default")
    _add_export(commands)
    _add_figures(commands)
    _add_keeping(commands)
    journal = commands.add_parser("journal", help="the journal itself").add_subparsers(required=True)
    _add(journal, "check", "salvage:check", "verify chain, signatures and counts")
    accepting = _add(journal, "accept", "seal:accept", "keep what another program changed in the lists")
    accepting.add_argument("--reason", required=True, metavar="TEXT")
    salvaging = _add(journal, "salvage", "salvage:salvage", "copy what verifies of a damaged journal")
    salvaging.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder")


def _add_keeping(commands: Parsers) -> None:
    keeping = commands.add_parser("retention", help="what is personal and old").add_subparsers(required=True)
    _add(keeping, "show", "retention:show", "what would be erased now, and what is kept longer, and why")
    running = _add(keeping, "run", "retention:run", "erase it now; a gate at work does it each day")
    running.add_argument(
        "--clock-is-right", action="store_true", help="though weeks passed since the last time"
    )
    erasing = _add(keeping, "erase", "erase:erase_person", "all there is of somebody; two sign for it")
    erasing.add_argument("--keep-mentions", action="store_true", help="what others typed of them stays")
    erasing.add_argument("--name", required=True)
    erasing.add_argument("--house", required=True, metavar="HOUSE", help="as the roster has it, e.g. 3-2-501")
    erasing.add_argument("--reason", required=True, metavar="TEXT")
    erasing.add_argument("--to", type=Path, required=True, metavar="FILE", help="the receipt, a .txt")
    verifying = _add(keeping, "verify", "retention:verify", "whether a receipt of an erasure is genuine")
    verifying.add_argument("file", type=Path, metavar="FILE", help="the text that came with the receipt")
    backup = _add(commands, "backup", "backup:back_up", "everything in one file with a passphrase")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE")
    restoring = _add(commands, "restore", "backup:bring_back", "from a backup, into an empty folder")
    restoring.add_argument("file", type=Path, metavar="FILE")


def _add_figures(commands: Parsers) -> None:
    report = _add(commands, "report", "figures:report", "the figures of a day")
    report.add_argument("--day", type=_day, metavar="D", help="YYYY-MM-DD, today by default")
    trace = _add(commands, "trace", "figures:trace", "who passed near a person, an entry or a time")
    around = trace.add_mutually_exclusive_group(required=True)
    around.add_argument("--person", metavar="ID", help="as `station entries --json` shows it")
    around.add_argument("--entry", type=entry_number, metavar="NUMBER")
    around.add_argument("--at", type=_moment, metavar="TIME", help="ISO 8601, UTC without an offset")
    trace.add_argument("--minutes", type=minutes, default=15, metavar="N", help="before and after; 15")
    trace.add_argument(
        "--days", type=whole(1, 36_500), default=14, metavar="N", help="how far back, of a person; 14"
    )
    trace.add_argument("--way", choices=("in", "out"), help="both by default")
    trace.add_argument("--to", type=Path, metavar="FILE", help="also as a sheet: .xlsx or .csv")
    trace.add_argument("--names", action="store_true", help="names in clear; masked without it")
    trace.add_argument("--reason", default="", metavar="TEXT", help="of --names, for the audit")


def _add_export(commands: Parsers) -> None:
    export = _add(commands, "export", "export:run", "the daily log as a file; `verify FILE` checks one")
    export.add_argument("action", nargs="*", metavar="verify FILE", help="check an exported file")
    export.add_argument("--day", type=_day, metavar="D", help="YYYY-MM-DD, today by default")
    export.add_argument("--until", type=_day, metavar="D", help="the last day, for several")
    export.add_argument("--to", type=Path, metavar="FILE", help=".csv, .xlsx or .pdf")
    export.add_argument("--only", action="append", default=[], metavar="WORD", help="pass, recheck or stop")
    export.add_argument("--category", action="append", default=[], choices=CATEGORIES)
    export.add_argument("--house", metavar="H", help="3-2-501, or a beginning of it")
    export.add_argument("--instrument", action="append", default=[], metavar="NAME")
    export.add_argument("--names", action="store_true", help="names in clear; masked without it")
    export.add_argument("--reason", default="", metavar="TEXT", help="of --names, for the audit")
    export.add_argument("--encrypt", action="store_true", help="ask for a password, write a .zip (AES)")


def _add_people(commands: Parsers) -> None:
    people = commands.add_parser("people", help="residents").add_subparsers(required=True)
    importing = _add(
        people, "import", "people:import_people", "people from a CSV or XLSX file, all rows or none"
    )
    importing.add_argument("file", type=Path, nargs="?", metavar="FILE")
    importing.add_argument("--preview", action="store_true", help="only show what would change")
    importing.add_argument(
        "--errors", type=Path, metavar="FILE", help="write the wrong rows there: .xlsx or .csv"
    )
    importing.add_argument("--skip-errors", action="store_true", help="import the other rows all the same")
    importing.add_argument(
        "--fill-down", action="store_true", help="an empty house is the one above (merged cells saved as CSV)"
    )
    importing.add_argument(
        "--category", default="resident", choices=sorted(CATEGORIES), help="of all, if no column says it"
    )
    importing.add_argument("--undo", type=entry_number, metavar="BATCH", help="take an import back")
    _add(people, "batches", "people:batches", "what was imported, with the numbers for --undo")


def _add_presence(commands: Parsers) -> None:
    inside = _add(commands, "inside", "presence:inside", "who is inside, longest first")
    inside.add_argument("--pdf", type=Path, metavar="FILE", help="evacuation list to print, names in full")
    inside.add_argument("--unseen", action="store_true", help="with --pdf: also residents that never passed")
    _add(commands, "away", "presence:away", "residents who went out and have not come back")
    lookback = _add(
        commands, "lookback", "presence:lookback", "who would be judged otherwise, who was beside"
    )
    whose = lookback.add_mutually_exclusive_group(required=True)
    whose.add_argument("--person", metavar="ID", help="as `station entries --json` shows it")
    whose.add_argument("--entry", type=entry_number, metavar="NUMBER", help="whoever this entry is of")
    lookback.add_argument("--since", type=_moment, required=True, metavar="TIME", help="ISO 8601, UTC")
    lookback.add_argument(
        "--fact", default="colour=red", metavar="KIND=VALUE", help="what holds; colour=red by default"
    )


def _add_policy(commands: Parsers) -> None:
    policy = commands.add_parser("policy", help="what the gate decides by").add_subparsers(required=True)
    which = "a shipped policy, a .toml file, or the digest of one in the history"
    _add(policy, "list", "policy:list_policies", "the shipped policies, and the one in force (*)")
    _add(policy, "show", "policy:show", "the policy in force")
    checking = _add(policy, "check", "policy:check", "whether a file is a policy")
    checking.add_argument("file", metavar="FILE")
    activating = _add(policy, "activate", "policy:activate", "bring a policy into force; the gate is closed")
    activating.add_argument("policy", metavar="NAME_OR_FILE", help=which)
    _add(policy, "history", "policy:history", "who changed what, when and why")
    trying = _add(policy, "what-if", "policy:what_if", "the entries of a past day under another policy")
    trying.add_argument("policy", metavar="NAME_OR_FILE", help=which)
    trying.add_argument("--day", type=_day, metavar="D", help="YYYY-MM-DD; the newest day by default")
    drill = _add(policy, "drill", "policy:drill", "the code system is down (on), or back (off)")
    drill.add_argument("state", choices=("on", "off"))
    for command in (activating, drill):
        command.add_argument("--by", required=True, metavar="ID", help="who does it: a number, not a name")
        command.add_argument("--reason", default="", metavar="TEXT")
    _add(policy, "verify-drill", "policy:verify", "judge the entries of the last drill by what is known now")
    explain = _add(commands, "explain", "explain:explain_entry", "why an entry came out as it did")
    explain.add_argument("number", type=entry_number, metavar="NUMBER", help="as `station entries` shows it")


def _add_operators(commands: Parsers) -> None:
    operator = commands.add_parser("operator", help="who may sign in").add_subparsers(required=True)
    _add(operator, "list", "operator:list_all", "everybody who can sign in")
    adding = _add(operator, "add", "operator:add", "a new operator; the first one is an admin")
    resetting = _add(operator, "reset", "operator:reset", "a new PIN, which its owner changes")
    removing = _add(operator, "remove", "operator:remove", "nobody signs in with this number any more")
    _add(operator, "recovery", "operator:recovery", "a new recovery key; the former counts no more")
    recovering = _add(operator, "recover", "operator:recover", "a new PIN for an admin who has the paper")
    for command in (adding, resetting, removing, recovering):
        command.add_argument("number", metavar="NUMBER", help="4 to 8 digits")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", choices=[role.value for role in Role], default=Role.VOLUNTEER.value)
    keys = commands.add_parser("key", help="the data keys").add_subparsers(required=True)
    _add(keys, "status", "key:status", "how they lie there, and who can open them")
    _add(keys, "wrap", "key:wrap", "lock them into PINs: the folder alone opens nothing")
    _add(keys, "unwrap", "key:unwrap", "put them back into a file")
    _add(keys, "rotate", "key:rotate", "a new data key; what the former ones sealed is sealed anew")
    audit = _add(commands, "audit", "operator:audit", "who did what with the data")
    audit.add_argument("--day", type=_day, metavar="D", help="YYYY-MM-DD, today by default")


def _add_sync(commands: Parsers) -> None:
    enrol = _add(commands, "enrol", "sync:enrol", "belong to a center, with its one-time code")
    enrol.add_argument("url", nargs="?", metavar="URL", help="of the center, e.g. https://10.0.0.7:8443")
    enrol.add_argument("code", nargs="?", metavar="CODE", help="from: center station add")
    enrol.add_argument("--leave", action="store_true", help="belong to none any more; the gate is closed")
    enrol.add_argument("--status", action="store_true", help="only say to which center this station belongs")
    sync = commands.add_parser("sync", help="entries to the center, lists from it").add_subparsers(
        required=True
    )
    _add(sync, "status", "sync:status", "how sync stands, and what is the matter")
    _add(sync, "now", "sync:now", "sync now, and not when its time comes")
    export = _add(sync, "export", "sync:export", "write what waits to a USB stick")
    export.add_argument("file", type=Path, metavar="FILE", help="a .kkb file, or a folder")
    taking = _add(sync, "import", "sync:take", "take in a USB stick of the center")
    taking.add_argument("file", type=Path, metavar="FILE")
