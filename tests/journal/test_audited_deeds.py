"""Each kind of deed, done as people do it, is on record in the chain: by whom, why, and in words."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from station.changes_on_record import put_found_on_record
from station.cli import main
from station.clock_on_record import watching_clock
from station.codes.trustlists import gate_revocations_text
from station.core.audit import Audited, Line
from station.core.model import Claim, Closing, Direction, Passage, Severity
from station.core.operators import NOBODY
from station.core.outcome import Outcome, Recorded
from station.core.override import OverrideReason, Role
from station.duty_office import DutyOffice
from station.journal import recovery
from station.journal.audit import read_audit
from station.journal.backup import make_backup
from station.journal.check import check
from station.journal.connection import transaction
from station.journal.enrolment import read_enrolment
from station.journal.entries import Journal
from station.journal.incarnation import current
from station.journal.resealing import fork
from station.journal.retention import Eraser
from station.journal.salvage import salvage
from station.policy_desk import policy_text
from station.recording import Recording
from station.reports.passes import Paper
from station.settings import Settings
from station.ui import operator_words
from station.ui.admin.audit_page import AuditPage
from station.ui.admin.entries_desk import Wanted
from station.ui.admin.exports_desk import Wish
from station.ui.admin.people_desk import Typed
from station.ui.admin.retention_desk import Found
from station.ui.admin.sections import Host
from station.ui.admin.tracing_desk import AskedTrace, Trace
from station.ui.admin.work import Progress
from station.ui.language import speak
from tests.answering import ADMIN, GUARD, NAMES, PINS, VOLUNTEER, Gate, run
from tests.compound import LANE, MORNING, TOKEN
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.test_people_import import LIST
from tests.journal.test_pruning import a_year, prune

HIM = "张小强"
PASSAGE = Passage(Claim("key", 0.0, TOKEN, HIM), None, Closing.PAIRED, direction=Direction.IN)
WHY = "街道来电话要的"
ROLE = Role.VOLUNTEER
SHOWN = ("--reference", "36.6", "--shown", "36.3", "--by", ADMIN)
SIGNED = ((ADMIN, PINS[ADMIN]), (GUARD, PINS[GUARD]))


@pytest.fixture
def gate(application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    gate = Gate.open(tmp_path / "station")
    yield gate
    gate.journal.close()


@dataclass(frozen=True)
class Deed:
    """`who`: a number. `why`: a typed reason, sealed. `words`: particulars as the page shows them."""

    do: Callable[[Gate, pytest.MonkeyPatch], object]
    who: str = ADMIN
    why: str = ""
    words: str = ""
    subject: str | None = None


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


# --- what takes more than a line ------------------------------------------------------------------


def _left_alone(gate: Gate) -> None:
    gate.wait(301)
    assert gate.desk.page() is None


def _lost_pin(gate: Gate) -> None:
    paper = gate.desk.new_recovery()
    gate.desk.lock()
    gate.desk.sign_in(GUARD, PINS[GUARD])
    assert gate.desk.recover(paper, ADMIN, "846291") != paper


def _wrong_paper(gate: Gate) -> None:
    """While somebody is on duty, who has nothing to do with it."""
    gate.desk.lock()
    gate.desk.sign_in(GUARD, PINS[GUARD])
    with pytest.raises(Exception, match="恢复码不对"):
        gate.desk.recover("AAAAA", ADMIN, "846291")


def _wrong_paper_at_the_terminal(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, "AAAAA")
    assert gate.command("operator", "recover", ADMIN) == 1


def _traced(gate: Gate) -> Trace:
    found = run(gate.tracing.trace(AskedTrace(15, person_id=HIM)))
    assert isinstance(found, Trace)
    return found


def _trace_saved(gate: Gate) -> None:
    run(gate.tracing.write(_traced(gate), gate.folder.parent, ".csv", masked=False, why=WHY))


def _in_clear(gate: Gate) -> None:
    today = gate.exports.today()
    wish = Wish(today, today, ".csv", gate.folder.parent, in_clear=True, reason=WHY, signatures=SIGNED)
    run(gate.exports.export(wish))


def _passes_on_paper(gate: Gate) -> None:
    desk = gate.passes
    lines = desk.issue(desk.living_in("3-2-501"))
    desk.sheet(lines, Paper.A4).write(gate.folder.parent / "passes.pdf", Progress(lambda part: None))


def _passes_printed_beside(gate: Gate) -> None:
    gate.compound.clock.at = datetime.now(UTC).replace(microsecond=0)
    desk = gate.passes
    desk.issue(desk.living_in("3-2-501"))
    assert gate.beside("pass", "print", "--to", str(gate.folder.parent / "passes.pdf")) == 0


def _evacuation_beside(gate: Gate) -> None:
    gate.compound.go(HIM, Direction.IN, MORNING)
    assert gate.beside("inside", "--pdf", str(gate.folder.parent / "out.pdf")) == 0


def _backup_beside(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, "三号楼的门口有棵老槐树")
    assert gate.beside("backup", "--to", str(gate.folder.parent / "all.kkb")) == 0


def _amended(gate: Gate) -> None:
    gate.compound.go(HIM, Direction.IN, MORNING)
    gate.entries.amend(gate.entries.find(Wanted()).page(0, 1)[0].place, Severity.STOP, OverrideReason.MISTAKE)


def _clock_back(gate: Gate) -> None:
    """As the lane stores: the newest entry is later than now."""
    clock = gate.compound.clock
    tell = watching_clock(gate.journal, lambda outcome: None, clock.now, clock.monotonic)
    newest = MORNING + timedelta(hours=2)
    recording = Recording(LANE, gate.compound.policy, gate.journal, clock, tell, newest)
    entry, _ = recording.decided(PASSAGE, ())
    assert recording.store(entry, None)


def _clock_forward(gate: Gate) -> None:
    """Wall time goes two hours further; the seconds that nobody can set do not."""
    clock, heard = gate.compound.clock, list[Outcome]()
    recording = Recording(LANE, gate.compound.policy, gate.journal, clock, lambda outcome: None)
    entry, decision = recording.decided(PASSAGE, ())
    stored = recording.store(entry, None)
    assert stored
    walls = iter([MORNING, MORNING, MORNING, MORNING + timedelta(hours=2), MORNING + timedelta(hours=2)])
    tell = watching_clock(gate.journal, heard.append, lambda: next(walls), lambda: 5.0)
    passed = Recorded(stored, decision)
    tell(passed)
    tell(passed)
    tell(passed)
    assert heard == [passed] * 3


def _person_saved(gate: Gate) -> None:
    gate.people.save(None, Typed("王芳", "3号楼2单元502室", "tenant", "138 0000 5511", "", "", ""), ADMIN)


def _imported(gate: Gate) -> int:
    path = gate.folder.parent / "residents.csv"
    path.write_text(LIST, "utf-8")
    preview = run(gate.imports.read(path))
    return gate.imports.write(preview, run(gate.imports.seal(preview)), ADMIN)  # type: ignore[arg-type]


def _revoked(gate: Gate) -> None:
    desk = gate.passes
    desk.revoke(desk.issue(desk.living_in("3-2-501"))[:1])


def _erased(gate: Gate) -> None:
    found = run(gate.keeping.find(HIM))
    assert isinstance(found, Found)
    gate.keeping.erase(found, SIGNED[0], SIGNED[1], "本人要求")


def _swept(gate: Gate) -> None:
    enrol(gate.journal)
    gate.compound.go(HIM, Direction.IN, MORNING - 40 * kept.DAY)
    gate.compound.go(HIM, Direction.IN, MORNING)
    kept.fill(gate.journal)
    Eraser(gate.journal, MORNING - 30 * kept.DAY, MORNING).run()


def _handed_over(gate: Gate) -> None:
    assert gate.desk.sign_in(GUARD, PINS[GUARD]).operator
    desk = gate.handover
    assert desk.hand_over(desk.draft(""), desk.on_duty(), PINS[GUARD]) == ""


def _took_over(gate: Gate) -> None:
    _handed_over(gate)
    comer = next(one for one in gate.handover.people() if one.number == VOLUNTEER)
    assert gate.handover.take_over(comer, PINS[VOLUNTEER]) == ""


def _went_off(gate: Gate) -> None:
    gate.signing.ends = lambda: DutyOffice._ends(gate.duty)
    _took_over(gate)
    gate.desk.sign_out()


def _lists_accepted(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(gate.folder / "journal.db", isolation_level=None)) as tool:
        tool.execute("UPDATE person SET category = 'staff' WHERE id = ?", (HIM,))
    types(monkeypatch, ADMIN, PINS[ADMIN])
    assert gate.command("journal", "accept", "--reason", WHY) == 0


def _wrapped(gate: Gate) -> None:
    assert gate.keys.wrap(PINS[ADMIN])


def _unwrapped(gate: Gate) -> None:
    _wrapped(gate)
    gate.keys.unwrap(PINS[ADMIN])


def _pruned(gate: Gate) -> None:
    """A gate of a year ago, in a folder of its own: only its journal is looked at."""
    gate.journal.close()
    gate.folder = gate.folder.with_name("old")
    gate.compound.journal = Journal.open(gate.folder, now=lambda: MORNING)
    a_year(gate.journal)
    assert prune(gate.journal)


def _salvaged(gate: Gate) -> None:
    gate.compound.go(HIM, Direction.IN, MORNING)
    gate.journal.close()
    saved = gate.folder.with_name("saved")
    salvage(gate.folder, saved, now=MORNING, fingerprint=lambda path: "this PC")
    gate.folder = saved
    gate.compound.journal = Journal.open(saved, now=lambda: MORNING, fingerprint=lambda path: "this PC")


def _found(gate: Gate, settings: Settings) -> None:
    """As the gate opens, and once more."""
    put_found_on_record(gate.journal, gate.folder, settings, gate.now())
    before = len(gate.lines())
    put_found_on_record(gate.journal, gate.folder, settings, gate.now())
    assert len(gate.lines()) == before, "told once"


def _list(gate: Gate, name: str = "revoked.json") -> Path:
    """Passes that another gate took back, as it shares them."""
    path = gate.folder.parent / name
    path.write_text(gate_revocations_text("another gate", [bytes(8)], MORNING - kept.DAY), "utf-8")
    return path


def _trusted(gate: Gate) -> None:
    assert gate.command("trust", "import", str(_list(gate))) == 0
    _found(gate, Settings())


def _list_by_hand(gate: Gate) -> None:
    (gate.folder / "trust").mkdir()
    shutil.copy(_list(gate, "王建国给的.json"), gate.folder / "trust")
    _found(gate, Settings())


def _left_the_center(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(gate.journal)
    types(monkeypatch, ADMIN, PINS[ADMIN])
    assert gate.command("enrol", "--leave") == 0
    assert read_enrolment(gate.journal.connection, gate.journal.vault) is None


def _issued_anew(gate: Gate) -> None:
    desk = gate.passes
    desk.reissue(desk.issue(desk.living_in("3-2-501"))[0])


def _restored(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """On another PC, in a folder of its own."""
    file, folder = gate.folder.parent / "all.kkb", gate.folder.with_name("restored")
    make_backup(gate.folder, file, "三号楼的门口有棵老槐树", now=MORNING, log_n=10)
    gate.journal.close()
    gate.folder = folder
    types(monkeypatch, "三号楼的门口有棵老槐树")
    assert main(["restore", str(file), "--data", str(folder)]) == 0
    gate.compound.journal = Journal.open(folder, now=lambda: MORNING)


def _moved(gate: Gate) -> None:
    gate.journal.close()
    Journal.open(gate.folder, now=lambda: MORNING, fingerprint=lambda path: "the old PC").close()
    moved = Journal.open(gate.folder, now=lambda: MORNING, fingerprint=lambda path: "another PC")
    gate.compound.journal = moved


def _forked(gate: Gate) -> None:
    gate.compound.go(HIM, Direction.IN, MORNING)
    running = current(gate.journal.connection)
    assert running
    with transaction(gate.journal.connection):
        fork(gate.journal.connection, gate.journal.vault, running.id, 0, MORNING)


def _whistle_over(gate: Gate) -> None:
    desk = gate.help
    desk.arrived(desk.blow())


# --- all of them ----------------------------------------------------------------------------------

DEEDS: dict[tuple[Audited, str], Deed] = {
    (Audited.SIGNED_IN, "at the gate"): Deed(lambda gate, _: gate.desk.sign_in(GUARD, PINS[GUARD]), GUARD),
    (Audited.SIGNED_IN, "on the page"): Deed(lambda gate, _: gate.desk.unlock(GUARD, PINS[GUARD]), GUARD),
    (Audited.SIGNED_OUT, "left the page"): Deed(lambda gate, _: gate.desk.lock(), words="离开管理页"),
    (Audited.SIGNED_OUT, "nobody used the page"): Deed(
        lambda gate, _: _left_alone(gate), words="管理页没人用，自动锁上"
    ),
    (Audited.SIGN_IN_FAILED, "a wrong PIN"): Deed(lambda gate, _: gate.desk.sign_in(GUARD, "000000"), GUARD),
    (Audited.SIGN_IN_FAILED, "at the door"): Deed(lambda gate, _: gate.desk.unlock(GUARD, "000000"), GUARD),
    (Audited.SIGN_IN_FAILED, "for one action"): Deed(
        lambda gate, _: gate.desk.sign_once(GUARD, "000000"), GUARD
    ),
    (Audited.SIGN_IN_FAILED, "nobody's number"): Deed(lambda gate, _: gate.desk.sign_in("9999", "1"), ""),
    (Audited.SIGN_IN_FAILED, "a wrong paper"): Deed(
        lambda gate, _: _wrong_paper(gate), "", words="恢复码不对"
    ),
    (Audited.SIGN_IN_FAILED, "a wrong paper, typed"): Deed(
        _wrong_paper_at_the_terminal, "", words="恢复码不对"
    ),
    (Audited.SIGNED_ONCE, ""): Deed(lambda gate, _: gate.desk.sign_once(GUARD, PINS[GUARD]), GUARD),
    (Audited.OPERATOR_ADDED, ""): Deed(
        lambda gate, _: gate.desk.add("4004", "赵敏", ROLE, "583114"), subject="4004"
    ),
    (Audited.OPERATOR_CHANGED, ""): Deed(
        lambda gate, _: gate.desk.change(GUARD, "张伟", ROLE), subject=GUARD
    ),
    (Audited.OPERATOR_REMOVED, ""): Deed(lambda gate, _: gate.desk.remove(GUARD), subject=GUARD),
    (Audited.PIN_CHANGED, ""): Deed(lambda gate, _: gate.desk.change_pin(GUARD, "694217"), GUARD),
    (Audited.PIN_RESET, ""): Deed(lambda gate, _: gate.desk.reset(GUARD, "694217"), subject=GUARD),
    (Audited.RECOVERY_MADE, ""): Deed(lambda gate, _: gate.desk.new_recovery()),
    (Audited.RECOVERY_USED, ""): Deed(lambda gate, _: _lost_pin(gate), "", subject=ADMIN),
    (Audited.UNMASKED, "a card"): Deed(lambda gate, _: gate.people.card(HIM, in_full=True), subject=HIM),
    (Audited.UNMASKED, "a page"): Deed(lambda gate, _: gate.desk.looked("访客代办"), words="在“访客代办”"),
    (Audited.UNMASKED, "a trace"): Deed(
        lambda gate, _: gate.tracing.unmask(_traced(gate), WHY), why=WHY, words="查谁同时过门", subject=HIM
    ),
    (Audited.SEARCHED, "the roster"): Deed(lambda gate, _: gate.people.search("zxq")),
    (Audited.SEARCHED, "a building"): Deed(lambda gate, _: gate.people.of_block("3")),
    (Audited.SEARCHED, "somebody's entries"): Deed(
        lambda gate, _: gate.entries.find(Wanted(person_id=HIM)), words="查一个人的过门记录", subject=HIM
    ),
    (Audited.SEARCHED, "for a look-back"): Deed(lambda gate, _: gate.lookbacks.who("3-2-501"), words="倒查"),
    (Audited.SEARCHED, "for a look-back, beside the gate"): Deed(
        lambda gate, _: gate.beside("lookback", "--person", HIM, "--since", "2022-04-01"), "", words="倒查"
    ),
    (Audited.SEARCHED, "for a pass"): Deed(lambda gate, _: gate.passes.living_in("3-2-501"), words="出入证"),
    (Audited.SEARCHED, "who was near"): Deed(
        lambda gate, _: _traced(gate), words="查谁同时过门", subject=HIM
    ),
    (Audited.EXPORTED, "names in clear"): Deed(lambda gate, _: _in_clear(gate), why=WHY, words="姓名全显示"),
    (Audited.EXPORTED, "a trace"): Deed(lambda gate, _: _trace_saved(gate), why=WHY, words="姓名全显示"),
    (Audited.EXPORTED, "passes"): Deed(lambda gate, _: _passes_on_paper(gate), words="出入证 · 2 张"),
    (Audited.EXPORTED, "passes, beside the gate"): Deed(
        lambda gate, _: _passes_printed_beside(gate), "", words="出入证 · 2 张"
    ),
    (Audited.EXPORTED, "who is inside"): Deed(lambda gate, _: _evacuation_beside(gate), "", words="疏散名单"),
    (Audited.EXPORTED, "a backup"): Deed(
        lambda gate, _: gate.keeping.back_up(gate.folder.parent, "三号楼的门口有棵老槐树"), words="备份"
    ),
    (Audited.EXPORTED, "a backup, beside the gate"): Deed(_backup_beside, "", words="备份"),
    (Audited.OVERRIDE, ""): Deed(lambda gate, _: _amended(gate), words="改成禁止 · 刚才弄错了"),
    (Audited.POLICY, "a draft"): Deed(
        lambda gate, _: gate.rules.keep(policy_text("open"), ADMIN, WHY), why=WHY, words="存规则草稿"
    ),
    (Audited.POLICY, "in force"): Deed(
        lambda gate, _: gate.rules.activate(policy_text("controlled"), ADMIN, WHY), why=WHY, words="启用规则"
    ),
    (Audited.POLICY, "no codes"): Deed(
        lambda gate, _: gate.rules.switch_codes(ADMIN, WHY, down=True), why=WHY, words="停码"
    ),
    (Audited.SETTINGS, "on the page"): Deed(
        lambda gate, _: DutyOffice.settings_changed(gate.duty, Settings(theme="night", gate="西门")),
        words="设置 gate, theme",
    ),
    (Audited.SETTINGS, "while the gate was closed"): Deed(
        lambda gate, _: _found(gate, Settings(keep_days=3650)),
        "",
        words="设置 keep_days · 大门关着的时候改的",
    ),
    (Audited.TRUST_LIST, "by a command"): Deed(
        lambda gate, _: _trusted(gate), "", "revoked.json", "2022-04-15 的名单"
    ),
    (Audited.TRUST_LIST, "beside the gate"): Deed(
        lambda gate, _: gate.beside("trust", "import", str(_list(gate))),
        "",
        "revoked.json",
        "2022-04-15 的名单",
    ),
    (Audited.TRUST_LIST, "put into the folder"): Deed(
        lambda gate, _: _list_by_hand(gate), "", "王建国给的.json", "开门时发现"
    ),
    (Audited.CALIBRATED, ""): Deed(
        lambda gate, _: gate.command("calibrate", "add", "ttyUSB0", "lu90614", "--site", "body", *SHOWN),
        words="加 +0.30 °C",
        subject="ttyUSB0",
    ),
    (Audited.CLOCK_BACK, ""): Deed(lambda gate, _: _clock_back(gate), words="倒退 7200 秒"),
    (Audited.CLOCK_FORWARD, ""): Deed(lambda gate, _: _clock_forward(gate), words="往前 7200 秒"),
    (Audited.CENTER_LEFT, ""): Deed(_left_the_center),
    (Audited.ENROLLED, ""): Deed(lambda gate, _: enrol(gate.journal)),
    (Audited.PEOPLE_CHANGED, "saved"): Deed(lambda gate, _: _person_saved(gate), words="加人或改资料"),
    (Audited.PEOPLE_CHANGED, "taken out"): Deed(
        lambda gate, _: gate.people.remove(HIM, ADMIN, "搬走了"), why="搬走了", words="移出名册"
    ),
    (Audited.PEOPLE_IMPORTED, ""): Deed(lambda gate, _: _imported(gate), why="residents.csv"),
    (Audited.IMPORT_UNDONE, ""): Deed(lambda gate, _: gate.imports.undo(_imported(gate), ADMIN)),
    (Audited.OPENED_BY_HAND, ""): Deed(
        lambda gate, _: gate.signing.open_by_hand(lambda: None, "救护车", gate.signing.answering()),
        why="救护车",
    ),
    (Audited.PASSES_ISSUED, ""): Deed(
        lambda gate, _: gate.passes.issue(gate.passes.living_in("3-2-501")), words="2 张", subject=""
    ),
    (Audited.PASSES_ISSUED, "for a lost one"): Deed(lambda gate, _: _issued_anew(gate), words="1 张"),
    (Audited.PASS_REVOKED, ""): Deed(lambda gate, _: _revoked(gate)),
    (Audited.ERASED, "on request"): Deed(
        lambda gate, _: _erased(gate), why=f"+ {GUARD}\n本人要求", words="本人要求"
    ),
    (Audited.ERASED, "after thirty days"): Deed(lambda gate, _: _swept(gate), words="到期自动删"),
    (Audited.WHISTLED, "for help"): Deed(lambda gate, _: gate.help.blow(), words="吹哨"),
    (Audited.WHISTLED, "a question"): Deed(lambda gate, _: gate.help.ask("code"), words="问中心"),
    (Audited.WHISTLE_OVER, ""): Deed(lambda gate, _: _whistle_over(gate), words="吹哨"),
    (Audited.KEYS_WRAPPED, ""): Deed(lambda gate, _: _wrapped(gate)),
    (Audited.KEYS_UNWRAPPED, ""): Deed(lambda gate, _: _unwrapped(gate)),
    (Audited.KEY_CHANGED, ""): Deed(lambda gate, _: gate.keys.rotate(PINS[ADMIN]), words="第 1 次"),
    (Audited.LISTS_SEALED, ""): Deed(_lists_accepted, why=WHY, words="1 处"),
    (Audited.SALVAGED, ""): Deed(lambda gate, _: _salvaged(gate), "", words="1 条"),
    (Audited.RESTORED, ""): Deed(_restored, "", words="新的一册"),
    (Audited.NEW_INCARNATION, "moved"): Deed(lambda gate, _: _moved(gate), "", words="换了电脑"),
    (Audited.NEW_INCARNATION, "forked"): Deed(lambda gate, _: _forked(gate), "", words="中心有另一份"),
    (Audited.PRUNED, ""): Deed(lambda gate, _: _pruned(gate), ""),
    (Audited.DUTY_BEGUN, ""): Deed(lambda gate, _: _took_over(gate), VOLUNTEER, words="1 道"),
    (Audited.DUTY_ENDED, ""): Deed(lambda gate, _: _went_off(gate), VOLUNTEER, words="1 道 · 下班"),
    (Audited.HANDED_OVER, ""): Deed(lambda gate, _: _handed_over(gate), GUARD),
    (Audited.TOOK_OVER, ""): Deed(lambda gate, _: _took_over(gate), VOLUNTEER),
}
TYPED = ("王建国", "张伟", "730518", "694217", WHY, "本人要求", "搬走了", "救护车")
SECRETS = (*kept.PLAIN, *(one.encode() for one in TYPED))
SLOW = {"a backup, beside the gate"}  # its passphrase takes a second; passes go the same way
ROWS = [
    pytest.param(
        *row,
        id="-".join(part.replace(" ", "_") for part in row if part),
        marks=[pytest.mark.slow] if row[1] in SLOW else [],
    )
    for row in DEEDS
]


@pytest.mark.parametrize(("what", "how"), ROWS)
def test_it_is_on_record_with_who_and_why(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, what: Audited, how: str
) -> None:
    deed, before = DEEDS[what, how], len(gate.lines())
    folder = gate.folder
    deed.do(gate, monkeypatch)
    lines = gate.lines()
    told = [line for line in lines if line.what == what and (line.number > before or gate.folder != folder)]
    assert told, [line.what for line in lines]
    line = told[-1]
    assert (line.who, line.note, line.genuine) == (deed.who, deed.why, True)
    assert deed.words in operator_words.facts(line), line.facts
    assert deed.subject in (None, line.subject)
    shown = _on_the_page(gate, line)
    assert shown[1].startswith(f"{NAMES[deed.who]} {deed.who}" if deed.who in NAMES else "没人签到")
    assert shown[2] == operator_words.audited(what)
    assert all(part in shown[3] for part in (deed.words, *deed.why.split("\n")))
    records = b"".join(one for (one,) in gate.journal.connection.execute("SELECT record FROM audit"))
    assert [one for one in SECRETS if one in records] == [], "a record never names people"
    assert check(gate.folder).ok


def _on_the_page(gate: Gate, line: Line) -> tuple[str, ...]:
    """When, who, what and the particulars, as they stand on the page of that day."""
    host = SimpleNamespace(
        say=lambda sentence, trouble=False: pytest.fail(sentence),
        work=lambda what, job, done, failed: done(job(Progress(lambda part: None))),
    )
    page = AuditPage(gate.desk, cast("Host", host))
    page._day = gate.desk.local(line.at).date()
    page._read()
    (shown,) = [one.cells for one in page.table.lines if one.about == line.number]
    return tuple(shown)


def test_every_kind_of_deed_is_done_here() -> None:
    assert set(Audited) - {what for what, _ in DEEDS} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_is_said_in_words(application: QApplication, language: str) -> None:
    translator = speak(application, language)
    try:
        said = {what: operator_words.audited(what) for what in Audited}
    finally:
        if translator:
            application.removeTranslator(translator)
    assert len(set(said.values())) == len(said), "no two read alike"
    for what, text in said.items():
        assert text not in ("", what.value)
        assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh"), text


def test_before_anybody_has_a_pin_nobody_answers(journal: Journal, folder: Path) -> None:
    recovery.new_key(journal, by=NOBODY, now=MORNING)
    (line,) = read_audit(folder, MORNING - kept.DAY, MORNING + kept.DAY)
    assert (line.what, line.who) == (Audited.RECOVERY_MADE, "")
