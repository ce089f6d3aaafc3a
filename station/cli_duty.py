"""The arguments of `station shift` and `station handover`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from station.cli_parsers import Add, Parsers


def add_duty(commands: Parsers, add: Add, day: Callable[[str], date]) -> None:
    shift = commands.add_parser("shift", help="who is on duty when").add_subparsers(required=True)
    add(shift, "list", "duty:shifts", "the rota from today on")
    planning = add(shift, "add", "duty:add", "a shift; the gate is closed")
    for name, example in (("day", "4-17"), ("begins", "7:00"), ("ends", "19:00")):
        planning.add_argument(name, metavar=name.upper(), help=f"e.g. {example}")
    planning.add_argument("--needed", type=int, default=1, metavar="N", help="how many people")
    planning.add_argument("--days", type=int, default=1, metavar="N", help="one on each of so many days")
    signing = add(shift, "sign", "duty:sign", "somebody takes a shift; the gate is closed")
    signing.add_argument("name", metavar="NAME")
    signing.add_argument("--leave", action="store_true", help="does not come after all")
    for command in (signing, add(shift, "remove", "duty:remove", "take a shift back")):
        command.add_argument("id", metavar="ID", help="as `station shift list` shows it")
    duties = add(shift, "duties", "duty:duties", "who was on duty, from when to when")
    sheets = add(commands, "handover", "duty:sheets", "hand-over sheets")
    sheets.add_argument("id", nargs="?", metavar="ID", help="one of them, or its first digits")
    sheets.add_argument("--pdf", type=Path, metavar="FILE", help="write it as a PDF")
    for command in (duties, sheets):
        command.add_argument("--day", type=day, metavar="D", help="YYYY-MM-DD")
