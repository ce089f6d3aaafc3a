"""Others wrote down somebody's name: an admin sees where, and it goes with the person, or stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from station.core.audit import Audited, Event
from station.core.errand import Errand, ErrandKind
from station.core.handover import Counts, Sheet
from station.core.moments import to_ms
from station.core.operators import Who
from station.core.visit import Announced
from station.journal.audit import put_on_record
from station.journal.cases import Cases
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.erasing import erase, find_traces
from station.journal.errands import Errands
from station.journal.facts import Facts, News, Said
from station.journal.handovers import Handovers
from station.journal.mentions import find_mentions
from station.journal.people import People
from station.journal.reports import Reports, to_send
from station.journal.vault import open_vault
from station.journal.visits import Visits
from station.sync.reports import CaseReport
from tests.journal import kept, work
from tests.journal.samples import NOON

NAME = kept.NAME
KINDS = ["duty", "errands", "errands", "former", "notes", "reports", "reports", "said", "visits"]


def _talked_about(journal: Journal) -> str:
    """Everywhere where people type, beside the same of somebody else; his id."""
    him = kept.person(journal)
    People(journal).add([him, kept.person(journal, "赵六", "7-7-707", ("JKM-ZHAO",))], as_of=NOON)
    work.fill(journal, NOON)
    cases = Cases(journal, Reports(journal))
    case = cases.begin(CaseReport("whistle", to_ms(NOON), "fainted", title=NAME, text=f"{NAME}晕倒了"), NOON)
    cases.say(case, "1001", f"已经打了{kept.PHONE}", NOON)
    sheet = Sheet(gate="东门", lane="1", began_ms=1, at_ms=2, counts=Counts(), remark=f"{NAME}要补测")
    Handovers(journal).hand_over(sheet, Who(), "老李", NOON)
    errands = Errands(journal)
    errands.take(Errand("e1", ErrandKind.EXPRESS, "7-7-707", NOON, note=f"交给{NAME}"))
    errands.take(Errand("e2", ErrandKind.EXPRESS, "7-7-707", NOON, from_whom=NAME))
    Visits(journal).announce([Announced("a1", "7-7-707", NOON, NOON + kept.DAY, 1, NAME, "", "赵六")], NOON)
    other = journal.vault.person_key("赵六", "7-7-707")
    Facts(journal).record(
        News("person", other, "travel", "no", NOON, "operator"), now=NOON, said=Said("门卫", f"{NAME}说的")
    )
    People(journal).remove([other], now=NOON, by="1001", why=f"和{NAME}一起搬走")
    put_on_record(journal, Event(Audited.SEARCHED, note=f"找{NAME}"), NOON)
    return him.id


def _erase(journal: Journal, person_id: str, *, with_mentions: bool = True) -> dict[str, int]:
    traces = find_traces(journal.connection, journal.vault, person_id)
    found = find_mentions(journal.connection, journal.vault, person_id) if with_mentions else ()
    event = Event(Audited.ERASED, Who("1001"))
    return erase(journal, traces, event, now=NOON, zone=kept.ZONE, mentions=found).receipt.kinds


def test_every_place_is_shown_with_what_stands_there(journal: Journal) -> None:
    found = find_mentions(journal.connection, journal.vault, _talked_about(journal))

    kinds = Counter(one.kind for one in found)
    assert Counter(KINDS) <= kinds
    assert kinds.keys() == set(KINDS)
    assert all(NAME in one.excerpt or kept.PHONE in one.excerpt for one in found)
    assert NAME not in repr(found)
    assert any(f"{NAME}要补测" in one.excerpt for one in found)


def test_with_them_nothing_names_him_any_more(journal: Journal, folder: Path) -> None:
    him = _talked_about(journal)
    before = work.rows(journal)

    kinds = _erase(journal, him)

    assert kinds["mentions"] >= len(KINDS)
    plain = b"".join(_everything(journal))
    assert [one for one in (NAME, kept.PHONE) if one.encode() in plain] == []
    assert work.WORD.encode() in plain, "what was said of others stays"
    after = work.rows(journal)
    assert {name: before[name] - after[name] for name in before if before[name] != after[name]} == {
        "handover": 1, "handover_sign": 1, "errand": 2, "announced_visit": 1,
    }  # fmt: skip
    assert to_send(journal.connection, journal.vault), "the center hears that its copy is blank now"
    assert check(folder, open_vault(folder, create=False)).damages == ()


def test_a_namesakes_places_can_be_kept(journal: Journal) -> None:
    him = _talked_about(journal)
    kinds = _erase(journal, him, with_mentions=False)
    assert "mentions" not in kinds
    assert NAME.encode() in b"".join(_everything(journal))


def test_one_letter_or_a_short_number_is_nobodys(journal: Journal) -> None:
    short = replace(kept.person(journal, "李", "7-7-707", ()), phones=("1234",))
    People(journal).add([short], as_of=NOON)
    work.fill(journal, NOON)
    assert find_mentions(journal.connection, journal.vault, short.id) == ()


def _everything(journal: Journal) -> list[bytes]:
    """In clear, of the tables where people type."""
    vault, ask = journal.vault, journal.connection.execute
    found = [vault.open(sealed, b"report/" + one) for one, sealed in ask("SELECT id, sealed FROM report")]
    found += [
        vault.open(sealed, f"handover/{one}".encode())
        for one, sealed in ask("SELECT id, sealed FROM handover")
    ]
    found += [
        vault.open(sealed, f"errand/errand/{one}".encode())
        for one, sealed in ask("SELECT id, sealed FROM errand")
    ]
    found += [
        vault.open(sealed, f"announced/{one}".encode())
        for one, sealed in ask("SELECT id, sealed FROM announced_visit")
    ]
    found += [
        vault.open(sealed, f"audit note/{one}".encode())
        for one, sealed in ask("SELECT number, sealed FROM audit_note")
    ]
    found += [
        vault.open(sealed, f"batch/{kind}".encode()) for kind, sealed in ask("SELECT kind, detail FROM batch")
    ]
    return found
