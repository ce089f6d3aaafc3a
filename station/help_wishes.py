"""Calls for help that another program on this PC asks the gate for: `station call`, in the lane's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from station.core.help import Help
from station.help_desk import HelpDesk
from station.journal.errors import JournalError, VaultError
from station.sync.wishes import Call, Granted, Wish

log = logging.getLogger(__name__)

DO = "call"
NO_SUCH, NOT_STORED = "no_such_call", "not_stored"


def granting(desk: HelpDesk) -> Callable[[Wish], Granted]:
    """What comes of a wish: how everything stands afterwards, and the id of a new call as `name`."""
    verbs: Mapping[str, Callable[[Wish], str]] = {
        "list": lambda wish: "",
        "whistle": lambda wish: _whistle(desk, wish),
        "ask": lambda wish: desk.ask(wish.about, wish.text),
        "arrived": lambda wish: _about(desk.arrived, wish),
        "withdraw": lambda wish: _about(desk.withdraw, wish),
        "say": lambda wish: _about(lambda case: desk.say(case, wish.text), wish),
        "seen": lambda wish: _about(desk.seen, wish),
    }

    def grant(wish: Wish) -> Granted:
        try:
            if wish.case and wish.case not in {one.id for one in desk.followed().helps}:
                return Granted(NO_SUCH)
            name = verbs[wish.verb](wish) if wish.verb in verbs else ""
            return Granted(name=name, calls=tuple(_call(one) for one in desk.followed().helps))
        except (JournalError, VaultError) as error:
            log.error("a call for help is not stored: %s", error)
            return Granted(NOT_STORED)

    return grant


def _whistle(desk: HelpDesk, wish: Wish) -> str:
    case = desk.blow()
    if wish.about:
        desk.tell(case, what=wish.about)
    return case


def _about(do: Callable[[str], None], wish: Wish) -> str:
    do(wish.case)
    return wish.case


def _call(one: Help) -> Call:
    answers = tuple(line.text for line in one.said)
    return Call(one.id, one.kind, one.what, one.stage, one.about, one.going, answers, one.unseen)
