"""What every command begins with: the data folder, the keys, the store; and why it cannot, in words."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from center.folder import alone_in, default_folder, make_folder, serving_alone_in, write_file
from center.keys import FILE as KEYS_FILE
from center.keys import CenterKeys, KeysError, open_keys
from center.result import CommandError, Exit, Say
from center.store import POSTGRESQL, SqlStore, StoreError, UnavailableError, WrongDatabaseError, open_store
from station.journal.durable import is_there

DATABASE_FILE = "center.db"
SERVING_FILE = "serving.json"
ELSEWHERE_FILE = "database-elsewhere"  # the data is in the database of a URL, which lies in no file of ours


@dataclass(frozen=True, slots=True)
class Place:
    """An open center: of one command, or while it serves."""

    data: Path
    keys: CenterKeys
    store: SqlStore


class Serving(msgspec.Struct, frozen=True):
    """What `center serve` last listened at, for the commands beside it.

    `looked_up`: nobody named the host. Another address may be its own by now: a router gave it a new one, or
    there was no network yet when the center began.
    """

    url: str
    looked_up: bool = False


@contextmanager
def open_place(arguments: argparse.Namespace, say: Say, *, begins: bool = False) -> Iterator[Place]:
    """Raises CommandError, also for what the store says later. `begins`: a new center may be made."""
    with store_words(arguments, say):
        if not begins:
            _refuse_nothing(arguments, say)
        place = _open_alone(arguments, say)
        try:
            yield place
        finally:
            place.store.close()


def may_begin(arguments: argparse.Namespace) -> bool:
    """Whoever names a folder may prepare a center there before it serves: its people, users and gates."""
    return bool(arguments.data != default_folder())


def _refuse_nothing(arguments: argparse.Namespace, say: Say) -> None:
    """In a wrong folder, another user's, a new center would take what is set, and tell no gate of it."""
    with folder_words(arguments.data, say):
        is_here = any(is_there(arguments.data / name) for name in (KEYS_FILE, DATABASE_FILE))
    if not arguments.db and not is_here:
        words = say(
            "{} 里没有中心。先运行 center serve；中心已经开着的话，请写对它的数据文件夹：--data 文件夹"
        )
        raise CommandError(words.format(arguments.data))


def _open_alone(arguments: argparse.Namespace, say: Say) -> Place:
    """One program at a time: keys that one of them takes back would be another's by then."""
    with folder_words(arguments.data, say), ExitStack() as alone:
        make_folder(arguments.data)
        alone.enter_context(alone_in(arguments.data))
        alone_here = alone.pop_all()
    with alone_here:
        is_new = not is_there(arguments.data / KEYS_FILE)
        keys = open_data(arguments.data, say)
        with _new_keys_only_for_a_new_center(arguments.data, is_new=is_new):
            return Place(arguments.data, keys, _opened(arguments, keys, say, is_new=is_new))


@contextmanager
def _new_keys_only_for_a_new_center(data: Path, *, is_new: bool) -> Iterator[None]:
    """New keys that came to nothing go again: at the next try they would pass for the center's own."""
    try:
        yield
    except BaseException:
        if is_new:
            (data / KEYS_FILE).unlink(missing_ok=True)
        raise


def _opened(arguments: argparse.Namespace, keys: CenterKeys, say: Say, *, is_new: bool) -> SqlStore:
    store = open_store(arguments.db or arguments.data / DATABASE_FILE, items_key=keys.items_key)
    try:
        _refuse_other_keys(arguments.data, store, keys, say, is_new=is_new)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_other_keys(data: Path, store: SqlStore, keys: CenterKeys, say: Say, *, is_new: bool) -> None:
    """Other keys beside a database that has gates would be another center to all of them."""
    if is_new and store.stations.all():
        words = say("数据库里已经有大门，这里却没有中心的钥匙。请把原来的 {} 放回 {}，或者从备份恢复")
        raise CommandError(words.format(KEYS_FILE, data))
    if not store.belongs_to(keys.public_key):
        words = say("这个数据库是另一个中心的：{} 里的钥匙跟它不配。请看看数据文件夹和数据库的地址写对没有")
        raise CommandError(words.format(data))


def remember_database(arguments: argparse.Namespace) -> None:
    """From now on a command without the URL is none about this center's data. Raises OSError."""
    if arguments.db and not is_there(arguments.data / ELSEWHERE_FILE):
        write_file(arguments.data / ELSEWHERE_FILE, b"")


def _refuse_other_urls(url: str | None, say: Say) -> None:
    """Any other text would be the name of a file. It is not said again: it may hold a password."""
    if url and not url.startswith(POSTGRESQL):
        words = say("数据库的地址要以 postgresql:// 开头（--db 或 KAKOU_CENTER_DB）")
        raise CommandError(words, Exit.WRONG_USE)


def _refuse_embedded(arguments: argparse.Namespace, say: Say) -> None:
    """A nightly backup that was not told the URL would save an empty database, or a former one, as all."""
    if not is_there(arguments.data / ELSEWHERE_FILE) or arguments.db:
        return
    words = say(
        "中心的数据不在自带的数据库里：请设好 KAKOU_CENTER_DB，定时任务里也要。真要用自带的，先删掉 {}"
    )
    raise CommandError(words.format(arguments.data / ELSEWHERE_FILE))


def open_data(data: Path, say: Say) -> CenterKeys:
    """The folder and its keys, made if they are not there. Raises CommandError."""
    try:
        with folder_words(data, say):
            make_folder(data)
            return open_keys(data)
    except KeysError as error:
        words = say("钥匙文件坏了：{}。请从备份恢复：center restore 备份文件")
        raise CommandError(words.format(data)) from error


@contextmanager
def serving_alone(arguments: argparse.Namespace, say: Say) -> Iterator[None]:
    """Two on one embedded database would both write back its log (`store/sqlite.py`). A server bears two."""
    if arguments.db:
        yield
        return
    with ExitStack() as alone:
        with folder_words(arguments.data, say):
            try:
                alone.enter_context(serving_alone_in(arguments.data))
            except BlockingIOError as error:
                words = say("{} 里的中心已经开着。先把那一个关掉，或者用 --data 写另一个文件夹")
                raise CommandError(words.format(arguments.data)) from error
        yield


@contextmanager
def folder_words(data: Path, say: Say) -> Iterator[None]:
    """Why the folder cannot be used. Another one would be another center: no way out of missing rights."""
    try:
        yield
    except PermissionError as error:
        words = say("没有权限用数据文件夹 {}。它是别的用户的：请以那个用户运行，sudo -u 用户 …")
        raise CommandError(words.format(data)) from error
    except OSError as error:
        words = say("数据文件夹用不了：{}（{}）。请换一个：--data 文件夹")
        raise CommandError(words.format(data, error.strerror)) from error


@contextmanager
def store_words(arguments: argparse.Namespace, say: Say) -> Iterator[None]:
    """Whatever the store cannot do, in words. First of all: is it the one that this center has?"""
    _refuse_other_urls(arguments.db, say)
    with folder_words(arguments.data, say):
        _refuse_embedded(arguments, say)
    try:
        yield
    except UnavailableError as error:
        if arguments.db:
            words = say("数据库连不上：{}。请看看地址、密码和网络，数据库开着没有")
        else:
            words = say("数据库打不开：{}。请看看磁盘满没满、文件夹能不能写")
        raise CommandError(words.format(error)) from error
    except WrongDatabaseError as error:
        raise CommandError(say("这个数据库不能用：{}").format(error)) from error
    except StoreError as error:
        raise CommandError(say("数据库有问题：{}").format(error)) from error


def now_ms() -> int:
    """UTC."""
    return time.time_ns() // 1_000_000


def read_file(path: Path, say: Say, most: int) -> bytes:
    """At most one byte more than `most`. Raises CommandError."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise CommandError(say("文件打不开：{}（{}）").format(path, error.strerror)) from error


def read_text(path: Path, say: Say, most: int) -> str:
    """UTF-8 of at most `most` bytes. Raises CommandError."""
    content = read_file(path, say, most)
    if len(content) > most:
        raise CommandError(say("文件太大：{}").format(path), Exit.NEGATIVE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(say("文件不是 UTF-8 文本：{}").format(path), Exit.NEGATIVE) from error
