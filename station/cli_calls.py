"""The arguments of `station call`; what it does is in `station.commands.call`."""

from __future__ import annotations

from station.cli_parsers import add, add_group
from station.command_parser import Parsers
from station.core.help import Need, Unclear

_VERBS = {
    "list": "这个大门在跟的求助和问题，中心怎么答复的",
    "whistle": "吹哨：要人过来",
    "ask": "问中心刚才那个人怎么办",
    "arrived": "人到了",
    "withdraw": "弄错了，撤回",
    "say": "再跟中心说一句",
    "seen": "答复看过了",
}
_NEEDS = "fever 有人发烧，quarrel 起冲突，fainted 有人晕倒，device 设备坏了，other 其他"
_UNCLEAR = (
    "not_listed 名单上没有，code 码看不懂，colour 颜色对不上，papers 证明不认得，"
    "moving 隔离的人要进出，other 其他"
)


def add_calls(commands: Parsers) -> None:
    calls = add_group(commands, "call", "吹哨求助，问中心")
    verbs = {verb: add(calls, verb, "call:call", told) for verb, told in _VERBS.items()}
    for verb, command in verbs.items():
        command.set_defaults(verb=verb)
        if verb in ("arrived", "withdraw", "say", "seen"):
            command.add_argument("case", metavar="ID", help="照 station call list 显示的写")
    needs, unclear = [one.value for one in Need], [one.value for one in Unclear]
    verbs["whistle"].add_argument("--what", dest="about", choices=needs, help=_NEEDS)
    verbs["ask"].add_argument("about", metavar="WHY", choices=unclear, help=_UNCLEAR)
    verbs["ask"].add_argument("text", nargs="?", default="", help="要问的话")
    verbs["say"].add_argument("text", help="要说的话")
