"""`station journal accept`: an admin has looked at what another program changed in lists, and keeps it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from station.commands.journal import storage_words
from station.commands.key import admin_signed
from station.commands.result import Exit, print_line
from station.commands.words import translate
from station.core.audit import Audited, Event
from station.core.operators import NOBODY
from station.journal import audit, list_check
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.operators import Operators
from station.journal.sealing import seal_all


def accept(arguments: argparse.Namespace) -> Exit:
    """Name what is not as it was written, and seal all rows as they lie there. The gate is closed."""
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        found = list(list_check.damages(journal.connection, journal.vault.rows))
        for what in found:
            print_line(what)
        if not found:
            print_line(translate("cli", "名单没有被改过"))
            return Exit.DONE
        signed = admin_signed(journal) if Operators(journal).any() else None
        who = signed.operator.who if signed and signed.operator else NOBODY
        facts = (("places", str(len(found))),)
        event = Event(Audited.LISTS_SEALED, who, facts=facts, note=arguments.reason.strip())
        audit.put_on_record(journal, event, datetime.now(UTC))
        with storage_errors(), transaction(journal.connection):
            seal_all(journal.connection, journal.vault.rows)
    print_line(translate("cli", "名单按现在的样子封好了，已记入审计"))
    return Exit.DONE
