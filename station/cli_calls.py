"""The arguments of `station call`; what it does is in `station.commands.call`."""

from __future__ import annotations

from station.cli_parsers import Add, Parsers
from station.core.help import Need, Unclear


def add_calls(commands: Parsers, add: Add) -> None:
    calls = commands.add_parser("call", help="the whistle and questions to the center").add_subparsers(
        required=True
    )
    helps = {
        "list": "what is followed at this gate, and the center's answers",
        "whistle": "somebody has to come",
        "ask": "a question about whoever was last",
        "arrived": "somebody has come",
        "withdraw": "it was a mistake",
        "say": "one more line to the center",
        "seen": "the answer was read",
    }
    verbs = {verb: add(calls, verb, "call:call", told) for verb, told in helps.items()}
    for verb, command in verbs.items():
        command.set_defaults(verb=verb)
        if verb in ("arrived", "withdraw", "say", "seen"):
            command.add_argument("case", metavar="ID", help="as the list shows it")
    verbs["whistle"].add_argument("--what", dest="about", choices=[one.value for one in Need])
    verbs["ask"].add_argument("about", metavar="WHY", choices=[one.value for one in Unclear])
    verbs["ask"].add_argument("text", nargs="?", default="")
    verbs["say"].add_argument("text")
