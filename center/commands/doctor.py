"""`center doctor`: one page: what works, what does not, and what to do."""

from __future__ import annotations

import argparse
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from center.backup_age import backup_age
from center.clocks import ALARM_MS
from center.commands.backup_words import not_whole_words
from center.commands.place import Place, now_ms, open_place
from center.commands.stations import clock_words, moment_words, troubled
from center.keys import FILE as KEYS_FILE
from center.provider import ProviderError, load_provider
from center.result import CommandError, Exit, Say, print_json, print_line
from center.stick_news import came_by_stick
from center.store import GateRow
from center.tls import RENEW_BEFORE, certificate_end

_SILENT_MS = 24 * 3600 * 1000
_LEAST_FREE = 1 << 30
_RENEWED_WITHIN = 7  # days: a center that is closed for a week renews it when it is opened
_COMPARED = 7  # days, as many as `center reconcile` shows
_LISTED = (
    20  # lines of what is well with gates: of a district's the few that want doing would be off the screen
)


@dataclass(frozen=True, slots=True)
class Finding:
    what: str  # stable, for scripts
    ok: bool
    words: str
    gate: str = ""  # whose it is


def doctor(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if something wants doing, 3 if the center cannot be opened at all."""
    try:
        with open_place(arguments, say) as place:
            findings = list(_findings(place, say))
    except CommandError as error:
        findings = [Finding("open", False, str(error))]
        _print(findings, arguments.json)
        return Exit.ENVIRONMENT
    _print(findings if arguments.json else _in_short(findings, say), arguments.json)
    return Exit.DONE if all(finding.ok for finding in findings) else Exit.NEGATIVE


def _print(findings: list[Finding], as_json: bool) -> None:
    for finding in findings:
        if as_json:
            print_json({"what": finding.what, "ok": finding.ok, "words": finding.words})
        else:
            print_line(f"{'√' if finding.ok else '!'} {finding.words}")


def _in_short(findings: list[Finding], say: Say) -> list[Finding]:
    """For people to read: gates that are well in one line, if they are many."""
    well = [finding for finding in findings if finding.gate and finding.ok]
    if len(well) <= _LISTED:
        return findings
    left = [finding for finding in findings if not (finding.gate and finding.ok)]
    count = len({finding.gate for finding in well} - {finding.gate for finding in left})
    return [*left, Finding("gates", True, say("其余 {} 个大门都正常").format(count))]


def _findings(place: Place, say: Say) -> Iterator[Finding]:
    yield _store(place, say)
    yield _rights(place.data, say)
    yield _disk(place.data, say)
    yield _certificate(place.data, say)
    yield _provider(place.data, say)
    gates = place.store.contacts.overview()
    yield from _backup(place, gates, say)
    yield _retention(place, say)
    if not gates:
        yield Finding("gates", False, say("还没有大门。加一个：center station add 东门"))
    not_whole = place.store.not_whole()
    for gate in gates:
        if gate.station in not_whole:
            words = not_whole_words(say).format(gate.name)
            yield Finding("damaged", False, words, gate.station.hex())
        for finding in (*_gate(gate, place, say), *_devices(gate, say)):
            yield replace(finding, gate=gate.station.hex())


def _store(place: Place, say: Say) -> Finding:
    ok = place.store.healthy()
    return Finding("store", ok, say("数据库正常") if ok else say("数据库不答话"))


def _rights(data: Path, say: Say) -> Finding:
    mode = stat.S_IMODE((data / KEYS_FILE).stat().st_mode)
    ok = mode & 0o077 == 0
    words = say("钥匙只有本用户能读") if ok else say("别的用户能读中心的钥匙，请运行：chmod 600 {}")
    return Finding("keys", ok, words.format(data / KEYS_FILE))


def _disk(data: Path, say: Say) -> Finding:
    free = shutil.disk_usage(data).free
    words = say("磁盘还有 {} GB") if free >= _LEAST_FREE else say("磁盘快满了，只剩 {} GB，请腾地方")
    return Finding("disk", free >= _LEAST_FREE, words.format(round(free / (1 << 30), 1)))


def _certificate(data: Path, say: Say) -> Finding:
    end = certificate_end(data)
    if end is None:
        return Finding("certificate", True, say("证书还没有做，center serve 时会自己做"))
    days = (end - datetime.now(UTC)).days
    late = days < RENEW_BEFORE.days - _RENEWED_WITHIN
    words = say("证书还有 {} 天，会自己续")
    if days < 0:
        words = say("证书过期了，重开 center serve 就会续")
    elif late:
        words = say("证书只有 {} 天了，没有续上：重开 center serve")
    return Finding("certificate", not late, words.format(days))


def _provider(data: Path, say: Say) -> Finding:
    try:
        found = load_provider(data)
    except (ProviderError, OSError) as error:
        return Finding("provider", False, say("健康码接口的说明 provider.toml 有错：{}").format(error))
    if found is None:
        return Finding("provider", True, say("没有配健康码接口：不认识的码由大门的人看颜色"))
    return Finding("provider", True, say("健康码接口：{}").format(found.description.name))


def _backup(place: Place, gates: Sequence[GateRow], say: Say) -> Iterator[Finding]:
    """What came since last night is no trouble: there is always some."""
    last = _last_backup(place, say)
    yield last
    if new := sum(gate.stored - gate.archived for gate in gates if not gate.revoked):
        words = say("{} 条记录还没有备份") if last.ok else say("{} 条记录还没有备份：center backup --to U盘")
        yield Finding("backup", last.ok, words.format(new))


def _last_backup(place: Place, say: Say) -> Finding:
    age = backup_age(place.store, now_ms())
    if age.days is None:
        return Finding("last_backup", False, say("没有备份的记录：center backup --to U盘"))
    late = say("最近一次备份是 {} 天以前的：看看定时备份为什么没有成，备份盘还在不在，满没满")
    words = late if age.is_late else say("最近一次备份还不到两天")
    return Finding("last_backup", not age.is_late, words.format(age.days))


def _retention(place: Place, say: Say) -> Finding:
    """After it stood still for days, somebody has to say that the clock is right: else nothing ever goes."""
    ok = place.store.keeping.next_ms(now_ms()) is not None
    stopped = say("电脑的时间跳过了好多天，没有自动清除；时间对的话，运行 center retention run")
    return Finding("retention", ok, say("到期的个人数据每天自动清除") if ok else stopped)


def _gate(gate: GateRow, place: Place, say: Say) -> Iterator[Finding]:
    if gate.revoked:
        return
    stick_ms = came_by_stick(gate)
    yield from (_heard(gate, say),) if stick_ms is None else _by_stick(gate, stick_ms, say)
    if abs(gate.offset_ms) > ALARM_MS:
        words = say("{}：电脑的钟差 {}，请对时").format(gate.name, clock_words(gate))
        yield Finding("clock", False, words)
    if gate.quarantined:
        words = say("{}：{} 条记录看不懂，已原样收好；升级中心后会再读").format(gate.name, gate.quarantined)
        yield Finding("quarantine", False, words)
    if gate.forks:
        words = say("{}：同一段记录有两个样子，也许硬盘被拷到了另一台电脑；两份都收好了").format(gate.name)
        yield Finding("fork", False, words)
    if "duplicate_station" in gate.alarms:
        yield Finding("duplicate_station", False, say("{}：两台电脑在用同一个身份").format(gate.name))
    if compared := place.store.reconciliations.kept(gate.station, _COMPARED):
        same = all(kept.same for kept in compared)  # one that differs is compared again until it is settled
        words = (
            say("{}：最近一次对账两边一样") if same else say("{}：最近一次对账不一样，请看 center reconcile")
        )
        yield Finding("reconciliation", same, words.format(gate.name))


def _devices(gate: GateRow, say: Say) -> Iterator[Finding]:
    for trouble in () if gate.revoked else troubled(gate, say):
        yield Finding("device", False, say("{}：{}，请去看看").format(gate.name, trouble))


def _heard(gate: GateRow, say: Say) -> Finding:
    if gate.seen_ms is None:
        return Finding("gate", False, say("{}：还没来过").format(gate.name))
    silent = now_ms() - gate.seen_ms > _SILENT_MS
    words = say("{}：一天多没来了，看看它的网络") if silent else say("{}：正常，记录 {} 条")
    return Finding("gate", not silent, words.format(gate.name, gate.stored))


def _by_stick(gate: GateRow, stick_ms: int, say: Say) -> Iterator[Finding]:
    """A gate without a network: it cannot say itself that something of it is missing."""
    late = now_ms() - stick_ms > _SILENT_MS
    words = say("{}：没有网，{} 以后没送过 U 盘") if late else say("{}：没有网，{} 送来过 U 盘，记录 {} 条")
    yield Finding("gate", not late, words.format(gate.name, moment_words(stick_ms), gate.stored))
    if gate.pending:
        words = say("{}：U 盘上还有 {} 条没接上：center stick export 写好回执带回去，再写一次 U 盘")
        yield Finding("stick", False, words.format(gate.name, gate.pending))
