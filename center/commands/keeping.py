"""`center backup|restore`: everything into one file that was read again, and into an empty center."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from center.backup import BackupError, Held, back_up, fill, make_rows, verify
from center.commands.backup_words import backup_words, not_whole_words
from center.commands.place import (
    DATABASE_FILE,
    folder_words,
    now_ms,
    open_place,
    read_text,
    remember_database,
    serving_alone,
    store_words,
)
from center.folder import make_folder, write_file
from center.keys import FILE as KEYS_FILE
from center.provider import FILE as PROVIDER_FILE
from center.result import CommandError, Exit, Say, print_json, print_line
from center.store import open_store
from station.journal.durable import is_there

_SUFFIX = ".kkc"
_FILES = (KEYS_FILE, PROVIDER_FILE, "audit.jsonl")


def back_up_now(arguments: argparse.Namespace, say: Say) -> Exit:
    """Write a backup and read it again. Only then may gates forget what it holds."""
    target = _target(arguments.to, say)
    _refuse_nothing(arguments.data, say)
    with _words_of(say("备份没有成：{}"), say), open_place(arguments, say) as place:
        held = back_up(
            place.store,
            target,
            files=_files(place.data),
            made_ms=now_ms(),
            passphrase=_passphrase(arguments, say),
        )
        names = {one.station: one.name for one in place.store.contacts.overview()}
    _print(held, target, say("备份好了，也读回来核对过了：{}"), arguments.json)
    for station in dict.fromkeys(station for station, _ in held.damaged):
        if not arguments.json:
            print_line(not_whole_words(say).format(names.get(station) or station.hex()[:8]))
    if not arguments.json and arguments.passphrase_file is None:
        print_line(say("里面有中心的钥匙：请锁好这个文件，或者用 --passphrase-file 加密"))
    return Exit.DONE


def restore(arguments: argparse.Namespace, say: Say) -> Exit:
    """Fill an empty center from a backup. The gates send again what the backup did not have."""
    passphrase = _passphrase(arguments, say)
    with _words_of(say("恢复没有成：{}"), say), store_words(arguments, say):
        held = verify(arguments.file, passphrase=passphrase)
        _refuse_other_center(arguments.data, held.files, say)
        make_folder(arguments.data)
        with serving_alone(arguments, say):  # a service that is started again and again
            _restore(arguments, held, passphrase)
    _print(held, arguments.file, say("恢复好了：{}"), arguments.json)
    if not arguments.json:
        print_line(say("现在运行 center serve；备份以后的记录，大门会自己补上来"))
        made = f"{datetime.fromtimestamp(held.made_ms / 1000).astimezone():%Y-%m-%d %H:%M}"
        print_line(say("备份是 {} 做的：那以后应本人要求删除的人，现在又在了，请再删一次").format(made))
    return Exit.DONE


def _restore(arguments: argparse.Namespace, held: Held, passphrase: str | None) -> None:
    store = open_store(arguments.db or arguments.data / DATABASE_FILE)
    store.database.keep_log_short()  # nobody serves an empty folder; a ledger may be large
    try:
        with _files_in_place(arguments.data, held.files):
            filled = fill(arguments.file, store, passphrase=passphrase)
        remember_database(arguments)
        make_rows(store, filled)  # however it ends, the keys stay where the ledger is
    finally:
        store.close()


def _target(to: Path, say: Say) -> Path:
    """The name of a stick that is not plugged in must not become a file on the disk that it is to outlive."""
    if to.is_dir():
        return to / f"kakou-center-{datetime.now().astimezone():%Y%m%d-%H%M%S}{_SUFFIX}"
    if to.suffix != _SUFFIX or not to.parent.is_dir():
        folder = to if to.suffix != _SUFFIX else to.parent
        words = say("没有这个文件夹：{}。U 盘插好了吗？要写成文件，名字请以 .kkc 结尾")
        raise CommandError(words.format(folder))
    return to


def _refuse_nothing(data: Path, say: Say) -> None:
    """A wrong folder, another user's: a new center would be made there, and saved as if it were all."""
    with folder_words(data, say):
        found = is_there(data / KEYS_FILE)
    if not found:
        raise CommandError(say("{} 里没有中心，没有东西可备份。请写对数据文件夹：--data 文件夹").format(data))


def _files(data: Path) -> Mapping[str, bytes]:
    """The keys, and what an admin put beside them. The server's certificate can always be made again."""
    secrets = (path.name for path in data.glob("provider.*") if path.is_file())
    names = dict.fromkeys((*_FILES, *sorted(secrets)))
    return {name: (data / name).read_bytes() for name in names if is_there(data / name)}


@contextmanager
def _files_in_place(data: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """The keys first, so that no database is without; they go again if it comes to nothing."""
    names = [name for name in files if Path(name).name == name]  # never out of the folder
    new = [data / name for name in names if not is_there(data / name)]
    for path in new:
        write_file(path, files[path.name])
    try:
        yield
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _refuse_other_center(data: Path, files: Mapping[str, bytes], say: Say) -> None:
    try:
        present = (data / KEYS_FILE).read_bytes()
    except FileNotFoundError:
        return
    if present != files.get(KEYS_FILE):
        words = say("{} 里已经有另一个中心的钥匙。请恢复到一个空文件夹：--data 文件夹")
        raise CommandError(words.format(data), Exit.NEGATIVE)


@contextmanager
def _words_of(words: str, say: Say) -> Iterator[None]:
    """Whatever goes wrong with the file, in words."""
    try:
        yield
    except BackupError as error:
        raise CommandError(words.format(backup_words(str(error), say)), Exit.NEGATIVE) from error
    except OSError as error:
        raise CommandError(say("文件读写不了：{}").format(error)) from error


def _passphrase(arguments: argparse.Namespace, say: Say) -> str | None:
    if arguments.passphrase_file is None:
        return None
    first = read_text(arguments.passphrase_file, say, 10_000).partition("\n")[0].strip()
    if not first:
        raise CommandError(say("口令文件是空的"), Exit.WRONG_USE)
    return first


def _print(held: Held, path: Path, words: str, as_json: bool) -> None:
    if as_json:
        print_json(
            {"file": str(path), "made_ms": held.made_ms, "records": held.records, "stations": held.stations}
            | {"damaged": sorted({station.hex() for station, _ in held.damaged})}
        )
    else:
        print_line(words.format(path))
