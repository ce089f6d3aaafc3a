"""`center stick`: entries and lists of a gate without a network, carried on a USB stick."""

from __future__ import annotations

import argparse

from center.commands.place import now_ms, open_place
from center.commands.stations import one_station
from center.result import CommandError, Exit, Say, print_error, print_json, print_line
from center.stick import StickTaken, export_stick, import_stick
from station.sync.kkb import StickError, StickProblem


def take(arguments: argparse.Namespace, say: Say) -> Exit:
    """Take in sticks, in any order, any number of times. Exit 1 if one could not be read, or none was taken.

    What we wrote ourselves lies on the same stick the next time, and is no fault.
    """
    bad = came = 0
    with open_place(arguments, say) as place:
        for file in arguments.files:
            try:
                taken = import_stick(place.store, place.keys, place.data, file, now_ms())
            except StickError as error:
                bad += error.problem is not StickProblem.WRONG_WAY
                print_error(f"{file.name}：{stick_words(error.problem, say)}")
                continue
            came += 1
            bad += len(taken.damaged)
            (_print_json if arguments.json else _print)(taken, say)
    return Exit.NEGATIVE if bad or not came else Exit.DONE


def give(arguments: argparse.Namespace, say: Say) -> Exit:
    """The answer for a gate: what arrived, and all lists."""
    with open_place(arguments, say) as place:
        row = one_station(place.store.stations.all(), arguments.name, say)
        try:
            path = export_stick(place.store, place.keys, place.data, row, arguments.to, now_ms())
        except StickError as error:
            of_the_stick = error.problem in (StickProblem.FULL, StickProblem.UNREADABLE)
            code = Exit.ENVIRONMENT if of_the_stick else Exit.NEGATIVE
            raise CommandError(stick_words(error.problem, say), code) from error
    if arguments.json:
        print_json({"file": str(path), "station": row.station.hex()})
    else:
        print_line(say("写好了：{}。带到 {}，在那里运行 station sync import 这个文件").format(path, row.name))
    return Exit.DONE


def stick_words(problem: StickProblem, say: Say) -> str:
    words = {
        StickProblem.NO_STICK: say("这不是卡口的 U 盘文件（.kkb）"),
        StickProblem.TORN: say("文件不完整：没拷完或 U 盘拔早了。请在大门重新拷一次"),
        StickProblem.NEWER: say("这是新版本写的，请先升级中心"),
        StickProblem.CHANGED: say("签名对不上：文件坏了或被改过。请在大门重新拷一次"),
        StickProblem.OTHER_CENTER: say("这是给另一个中心的"),
        StickProblem.OTHER_STATION: say("这是另一个大门的"),
        StickProblem.WRONG_WAY: say("这是中心写给大门的，不用带回来"),
        StickProblem.UNKNOWN_STATION: say("不认识这个大门：先接上它，center station add"),
        StickProblem.FULL: say("U 盘满了，请腾地方"),
        StickProblem.UNREADABLE: say("文件读写不了：U 盘插好了吗？或者换一个试试"),
    }
    return words[problem]


def _print_json(taken: StickTaken, say: Say) -> None:
    print_json(
        {
            "station": taken.station.hex(),
            "name": taken.name,
            "durable": taken.durable,
            "waiting": taken.waiting,
            "reports": taken.reports,
            "missing": taken.missing,
            "differing": taken.differing,
            "damaged": list(taken.damaged),
        }
    )


def _print(taken: StickTaken, say: Say) -> None:
    print_line(say("{}：收到 {} 条").format(taken.name, taken.durable))
    if taken.reports:
        print_line(say("另有 {} 件呼叫、交接和办结，也收到了").format(taken.reports))
    if taken.waiting:
        print_line(say("{} 批要等前面的 U 盘到了才能接上，已收好").format(taken.waiting))
    elif taken.missing:
        print_line(say("大门还有 {} 条没收到。写好回执带回去，再写一次 U 盘").format(taken.missing))
    if taken.differing:
        rest_comes = taken.waiting or taken.missing  # most often that is all there is to it
        words = (
            say("{} 天的对账还有出入，等记录补齐了再看 center reconcile")
            if rest_comes
            else say("{} 天的对账有出入，请看 center reconcile")
        )
        print_line(words.format(taken.differing))
    for _ in taken.damaged:
        print_error(say("有一批坏了没收，请在大门重新拷一次"))
