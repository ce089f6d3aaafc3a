"""`station pass …`: gate passes (出入证) issued, printed, listed, taken back and replaced.

Names are shown masked; only the printed pass tells them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from station.codes.trustlists import gate_keys_text, gate_revocations_text
from station.commands.journal import local_zone, storage_words
from station.commands.on_record import on_record
from station.commands.operator import open_keys
from station.commands.paper import letters
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import found_or_said, translate
from station.core.outcome import StorageProblem
from station.core.passes import Holder, PassError, PassKind, TakenBackError
from station.issuing import PassOffice, current, holder_of, last_day, last_second, printed
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.masking import mask_name
from station.journal.passes import IssuedPass, SignedPass, read_pass_trust, read_passes
from station.journal.people import People, Person
from station.reports.passes import Paper, PrintError, write_pdf
from station.settings import SettingsError, load_settings

_SHORTEST_NUMBER = 4  # digits, of which a person who types one from a card must give at least so many


def issue(arguments: argparse.Namespace) -> Exit:
    """Issue passes to one person or to a house of the roster; who has a valid one gets no second.

    Exit 1 if nobody gets one.
    """
    now, issuer = _now(), _issuer(arguments)
    with _journal(arguments.data, now) as journal, _pass_words():
        holders = _holders(arguments, People(journal))
        signed = PassOffice(journal).issue(holders, issuer=issuer, until=_until(arguments, now), now=now)
    for one in signed:
        _show(IssuedPass(one.gate_pass, one.text), now, as_json=arguments.json)
    _say_left_out(len(holders), len(signed))
    return Exit.DONE if signed else Exit.NEGATIVE


def list_passes(arguments: argparse.Namespace) -> Exit:
    """The passes that are valid now, or all. Exit 1 if there is none."""
    now = _now()
    with storage_words():
        found = read_passes(arguments.data)
    shown = found if arguments.all else current(found, now)
    for issued in shown:
        _show(issued, now, as_json=arguments.json)
    return found_or_said(shown)


def print_passes(arguments: argparse.Namespace) -> Exit:
    """Write valid passes to a PDF: the numbers given, else all of them. Exit 1 if there is none."""
    with storage_words():
        valid = current(read_passes(arguments.data), _now())
    chosen = _numbered(arguments.numbers, valid) if arguments.numbers else valid
    if not chosen:
        print_error(translate("cli", "没有有效的出入证可以打印"))
        return Exit.NEGATIVE
    with storage_words():
        on_record(arguments.data, printed(len(chosen)))
    pages = _write(arguments.to, chosen, Paper(arguments.paper))
    print_line(translate("cli", "{} 张证，{} 页：{}").format(len(chosen), pages, arguments.to))
    return Exit.DONE


def revoke(arguments: argparse.Namespace) -> Exit:
    """Take passes back, all or none; the gate stops them from its next start on."""
    now = _now()
    with _journal(arguments.data, now) as journal:
        office = PassOffice(journal)
        chosen = _numbered(arguments.numbers, office.all())
        office.revoke([issued.gate_pass.id for issued in chosen], now=now)
        after = _numbered(arguments.numbers, office.all())
    for issued in after:
        _show(issued, now, as_json=arguments.json)
    return Exit.DONE


def reissue(arguments: argparse.Namespace) -> Exit:
    """A new pass that says the same as a lost one, which is taken back."""
    now = _now()
    with _journal(arguments.data, now) as journal, _pass_words():
        office = PassOffice(journal)
        (lost,) = _numbered([arguments.number], office.all())
        signed = office.reissue(lost.gate_pass, until=_until(arguments, now), now=now)
    _show(IssuedPass(signed.gate_pass, signed.text), now, as_json=arguments.json)
    return Exit.DONE


def share(arguments: argparse.Namespace) -> Exit:
    """Write what another gate needs to know our passes: public keys and what was taken back. Nothing secret.

    For gates without a center; `station trust import` reads each file. Exit 1 if no pass was ever issued.
    """
    with storage_words():
        trust = read_pass_trust(arguments.data)
    if not trust.keys:
        print_error(translate("cli", "这里还没有发过出入证"))
        return Exit.NEGATIVE
    files = {
        f"gate-keys-{number}.pem": gate_keys_text(key.name, [key.pem])
        for number, key in enumerate(trust.keys, start=1)
    }
    files["gate-revocations.json"] = gate_revocations_text(trust.station, trust.revoked, _now())
    for path, text in ((arguments.to / name, text) for name, text in files.items()):
        _put(path, text)
        print_line(translate("cli", "写好了：{}。另一个门上运行 station trust import").format(path))
    return Exit.DONE


def _put(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(translate("cli", "写不进去：{}").format(error)) from error


# --- what is to be done -----------------------------------------------------------------------


def _now() -> datetime:
    """UTC, to the second: passes know no finer time."""
    return datetime.now(UTC).replace(microsecond=0)


def _issuer(arguments: argparse.Namespace) -> str:
    if arguments.issuer:
        return str(arguments.issuer)
    try:
        return load_settings(arguments.data).gate
    except SettingsError as error:
        raise CommandError(translate("cli", "设置有误：{}").format(error)) from error


def _until(arguments: argparse.Namespace, now: datetime) -> datetime:
    """The last second of the last day, as the people at the gate count days."""
    zone = local_zone()
    day: date = arguments.until or last_day(now, zone)
    return last_second(day, zone)


def _holders(arguments: argparse.Namespace, people: People) -> list[Holder]:
    if arguments.house and not arguments.name:
        return [_of_roster(person) for person in people.living_in(arguments.house)]
    if arguments.house or not arguments.dwelling:
        raise CommandError(translate("cli", "请写姓名和房号，或者 --house 房号"), Exit.WRONG_USE)
    with _pass_words():
        return [
            Holder(
                arguments.name,
                arguments.dwelling,
                PassKind(arguments.kind),
                arguments.birth,
                arguments.id_tail,
                arguments.guardian,
            )
        ]


def _of_roster(person: Person) -> Holder:
    try:
        return holder_of(person)
    except PassError as error:
        message = translate("cli", "名册里 {} 有人写不进出入证：{}").format(person.dwelling, error)
        raise CommandError(message, Exit.NEGATIVE) from error


def _numbered(numbers: Sequence[str], passes: Sequence[IssuedPass]) -> list[IssuedPass]:
    """The passes with these numbers, or with the only number that begins so."""
    return [_one_numbered(number, passes) for number in numbers]


def _one_numbered(number: str, passes: Sequence[IssuedPass]) -> IssuedPass:
    begins = number.replace(" ", "").lower()
    found = [issued for issued in passes if issued.gate_pass.number.startswith(begins)]
    if len(begins) < _SHORTEST_NUMBER or len(found) > 1:
        raise CommandError(translate("cli", "编号 {} 太短，请多写几位").format(number), Exit.NEGATIVE)
    if not found:
        raise CommandError(translate("cli", "没有编号 {} 的出入证").format(number), Exit.NEGATIVE)
    return found[0]


def _write(path: Path, passes: Sequence[SignedPass], paper: Paper) -> int:
    try:
        with letters(), _pass_words():
            return write_pdf(path, passes, paper, local_zone())
    except PrintError as error:
        raise CommandError(translate("cli", "文件写不了：{}").format(error)) from error


# --- errors and words -------------------------------------------------------------------------


@contextmanager
def _journal(data: Path, now: datetime) -> Iterator[Journal]:
    """The journal, to write in; the gate, while it runs, does not share that."""
    try:
        with storage_words(), Journal.open(data, now=lambda: now) as journal:
            open_keys(journal)
            yield journal
    except CommandError as error:
        if _is_locked(error.__cause__):
            message = translate("cli", "大门程序正在运行，出入证现在改不了；先关掉它再试")
            raise CommandError(message) from error
        raise


def _is_locked(cause: BaseException | None) -> bool:
    return isinstance(cause, JournalError) and cause.problem is StorageProblem.LOCKED


@contextmanager
def _pass_words() -> Iterator[None]:
    """What no pass can say, as a message for the user."""
    try:
        yield
    except TakenBackError as error:
        said = translate("cli", "这张出入证已经作废，不能补发。要发新的，用 station pass issue")
        raise CommandError(said, Exit.NEGATIVE) from error
    except PassError as error:
        raise CommandError(translate("cli", "写不进出入证：{}").format(error), Exit.NEGATIVE) from error


def _show(issued: IssuedPass, now: datetime, *, as_json: bool) -> None:
    gate_pass, holder = issued.gate_pass, issued.gate_pass.holder
    fields = {
        "id": gate_pass.number,
        "name": mask_name(holder.name),
        "dwelling": holder.dwelling,
        "kind": holder.kind,
        "issuer": gate_pass.issuer,
        "issued_at": gate_pass.issued_at.isoformat(),
        "valid_until": gate_pass.valid_until.isoformat(),
        "status": _status(issued, now),
    }
    if as_json:
        print_json(fields)
    else:
        last_day = gate_pass.valid_until.astimezone(local_zone()).date()
        who = f"{holder.kind:10} {holder.dwelling} {mask_name(holder.name)}"
        print_line(f"{gate_pass.number} {last_day} {_status(issued, now):8} {who}")


def _say_left_out(asked: int, served: int) -> None:
    if not asked:
        print_error(translate("cli", "名册里没有人住在那里"))
    elif served < asked:
        print_error(translate("cli", "{} 人已有有效的出入证，没有重发").format(asked - served))


def _status(issued: IssuedPass, now: datetime) -> str:
    if issued.revoked_at is not None:
        return "revoked"
    return "valid" if now <= issued.gate_pass.valid_until else "expired"
