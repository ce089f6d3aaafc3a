"""The arguments of `station pass`; what it does is in `station.commands.passes`."""

from __future__ import annotations

from pathlib import Path

from station.cli_parsers import Add, Parsers
from station.cli_times import day
from station.core.passes import PassKind


def add_passes(commands: Parsers, add: Add) -> None:
    passes = commands.add_parser("pass", help="gate passes (出入证)").add_subparsers(required=True)
    issue = add(passes, "issue", "passes:issue", "issue a pass to one person, or to a house of the roster")
    issue.add_argument("name", nargs="?", metavar="NAME")
    issue.add_argument("dwelling", nargs="?", metavar="DWELLING", help="e.g. 3-2-501")
    issue.add_argument(
        "--house", metavar="H", help="everybody there: 3-2-501, or 3-2 for all who live in 3-2"
    )
    issue.add_argument("--kind", choices=[kind.value for kind in PassKind], default=PassKind.RESIDENT.value)
    issue.add_argument("--birth", metavar="YYYY[MMDD]", help="the guard can compare the age")
    issue.add_argument("--id-tail", metavar="XXXX", help="last 4 of the ID number, for the guard to compare")
    issue.add_argument("--guardian", metavar="NAME", help="of a child")
    issue.add_argument(
        "--issuer", metavar="NAME", help="who issues it, printed on it; default: the gate's name"
    )
    listing = add(passes, "list", "passes:list_passes", "the valid passes")
    listing.add_argument("--all", action="store_true", help="also those that expired or were taken back")
    printing = add(passes, "print", "passes:print_passes", "write passes to a PDF")
    printing.add_argument("numbers", nargs="*", metavar="NUMBER", help="all valid passes if none is given")
    printing.add_argument("--to", type=Path, required=True, metavar="FILE")
    printing.add_argument("--paper", choices=("a4", "card", "a6"), default="a4", help="a4: ten cards a page")
    sharing = add(passes, "share", "passes:share", "what another gate needs to verify our passes")
    sharing.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="e.g. a USB stick")
    revoke = add(passes, "revoke", "passes:revoke", "take passes back")
    revoke.add_argument("numbers", nargs="+", metavar="NUMBER", help="or its first digits")
    again = add(passes, "reissue", "passes:reissue", "a new pass for a lost one, which is taken back")
    again.add_argument("number", metavar="NUMBER", help="or its first digits")
    for command in (issue, again):
        command.add_argument(
            "--until", type=day, metavar="D", help="last day, YYYY-MM-DD; half a year by default"
        )
