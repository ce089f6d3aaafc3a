"""What people leave at a gate besides passages: shifts, duty, a sheet, visitors, a parcel, a whistle."""

from __future__ import annotations

from datetime import datetime, timedelta

from station.core.errand import Ending, Errand, ErrandKind
from station.core.handover import Counts, Sheet
from station.core.moments import to_ms
from station.core.operators import Who
from station.core.override import Role
from station.core.visit import Announced, Purpose, Visit
from station.journal.cases import Cases
from station.journal.duties import Comer, Duties
from station.journal.entries import Journal
from station.journal.errands import Errands
from station.journal.handovers import Handovers
from station.journal.movements import Mover
from station.journal.reports import Reports
from station.journal.shifts import Rota
from station.journal.visits import Visits
from station.sync.reports import CaseReport
from tests.journal.samples import passage

HOUR = timedelta(hours=1)
HELPER, GUEST, HOST, WORD = "苏秀兰", "韦志明", "9-9-909", "他说头晕站不住"
PLAIN = (HELPER, GUEST, HOST, WORD)
TABLES = (
    *("shift", "signup", "duty", "handover", "handover_sign", "visit", "announced_visit", "errand", "report"),
)
GUARD = Who("3003", Role.GUARD)


def fill(journal: Journal, at: datetime, *, closed: bool = True) -> str:
    """One of each, at that time; the whistle's id."""
    mark = str(to_ms(at))
    rota = Rota(journal, lambda: "东门")
    (shift,) = rota.plan([(at + HOUR, at + 9 * HOUR, 2)], at)
    rota.sign_up(shift.id, HELPER, at)
    Duties(journal).begin(Comer(HELPER, lane="1"), at)
    began = to_ms(at)
    sheet = Sheet(
        gate="东门", lane="1", began_ms=began, at_ms=began + 60, counts=Counts(passed=1), remark=WORD
    )
    handover = Handovers(journal)
    handed = handover.find(handover.hand_over(sheet, Who(), HELPER, at + 8 * HOUR))
    assert handed is not None
    handover.take_over(handed, Comer("韦大姐", GUARD, "1"), at + 8 * HOUR)
    Duties(journal).end("signed_out", at + 9 * HOUR)
    _visited(journal, at, mark)
    errands = Errands(journal)
    errands.take(Errand(f"e{mark}", ErrandKind.EXPRESS, HOST, at, from_whom="快递", note=WORD))
    if closed:
        errands.close(f"e{mark}", Ending.DONE, at, HELPER)
    return _whistled(journal, at, closed=closed)


def _visited(journal: Journal, at: datetime, mark: str) -> None:
    visits = Visits(journal)
    announced = Announced(f"a{mark}", HOST, at, at + HOUR, 1, GUEST, "1234", HOST)
    visits.announce([announced], at)
    visit = Visit(f"visit:{mark}", HOST, Purpose.FAMILY, at, "13900001111", GUEST, announced=announced)
    visits.stage(visit)
    journal.append(passage(at=at), mover=Mover(visit.id, None))


def _whistled(journal: Journal, at: datetime, *, closed: bool) -> str:
    cases = Cases(journal, Reports(journal))
    case = cases.begin(CaseReport("whistle", to_ms(at), "fainted", title=GUEST, text=WORD), at)
    if closed:
        cases.withdraw(case, at)
    return case


def rows(journal: Journal) -> dict[str, int]:
    """How many lie in each of these tables."""
    count = "SELECT count(*) FROM "
    return {table: journal.connection.execute(count + table).fetchone()[0] for table in TABLES}
