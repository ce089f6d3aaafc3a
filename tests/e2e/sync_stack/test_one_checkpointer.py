"""Of all programs that have the embedded database open, only the open center writes back its log.

SQLite up to 3.51.2 can lose commits when two connections commit and make checkpoints at once (WAL-reset).
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from center.result import Exit
from center.rounds import Rounds
from center.store import SqlStore, open_store
from tests.e2e.program import station
from tests.e2e.sync_stack.running_center import RunningCenter

LONG = 50_000_000  # bytes of a log
FRAMES = 1_000  # in the log, from which on SQLite makes a checkpoint by itself
PAGE = 4_096


def write_much(store: SqlStore) -> None:
    with store.database.write() as connection:
        connection.run("CREATE TABLE much (content BLOB)")
        connection.run("INSERT INTO much VALUES (zeroblob(?))", 2 * FRAMES * PAGE)


def write_more_than_a_log_may_hold(store: SqlStore) -> None:
    """As 'center retention run' does at a district: the same pages again and again."""
    with store.database.write() as connection:
        connection.run("CREATE TABLE much (content BLOB)")
        connection.run("INSERT INTO much VALUES (zeroblob(?))", FRAMES * PAGE)
    for _ in range(2 * LONG // (FRAMES * PAGE)):
        with store.database.write() as connection:
            connection.run("UPDATE much SET content = randomblob(?)", FRAMES * PAGE)


def log_bytes(data: Path) -> int:
    return (data / "center.db-wal").stat().st_size


def is_in_the_file(data: Path) -> bool:
    """Not only in the log beside it."""
    return (data / "center.db").stat().st_size > FRAMES * PAGE


def test_a_command_beside_the_open_center_leaves_the_log_to_it(tmp_path: Path) -> None:
    file = tmp_path / "center.db"
    with closing(open_store(file)) as of_center, closing(open_store(file)) as of_command:
        of_center.database.keep_log_short()
        write_much(of_command)
        assert not is_in_the_file(tmp_path)

        of_center.stations.add_enrol_code(b"code", name="东门", gate="", branch="", expires_ms=1)
        assert is_in_the_file(tmp_path)


def test_the_open_center_writes_back_what_a_command_wrote(tmp_path: Path) -> None:
    with RunningCenter(tmp_path / "center") as center, center.store() as of_command:
        write_much(of_command)

        code = center.one_time_code("东门")
        enrolled = station("enrol", center.url, code, "--data", tmp_path / "gate")
        assert enrolled.returncode == 0, enrolled.stderr
        assert is_in_the_file(center.data)


def test_without_a_center_the_last_command_that_ends_leaves_no_log(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "center.db")) as store:
        write_much(store)

    assert is_in_the_file(tmp_path)
    assert not (tmp_path / "center.db-wal").exists()


def test_a_second_center_on_one_folder_opens_only_when_the_first_is_gone(
    tmp_path: Path,
) -> None:
    """As `--port` advises whoever starts it beside the service."""
    with RunningCenter(tmp_path) as first:
        second = RunningCenter(tmp_path)
        second.start()
        assert "已经开着" in second.program.until(str(tmp_path))
        assert second.program.ended() == Exit.ENVIRONMENT

        first.kill()
        second.start()
        second.wait_until_open()
        second.kill()


def test_a_command_that_writes_much_without_a_center_does_not_fill_the_disk_with_its_log(
    tmp_path: Path,
) -> None:
    with closing(open_store(tmp_path / "center.db")) as store:
        write_more_than_a_log_may_hold(store)
        assert log_bytes(tmp_path) < LONG
        with store.database.read() as connection:
            assert connection.rows("SELECT length(content) FROM much") == [(FRAMES * PAGE,)]


def test_an_open_center_that_nobody_asks_anything_writes_back_what_commands_left(tmp_path: Path) -> None:
    file = tmp_path / "center.db"
    with closing(open_store(file)) as of_center, closing(open_store(file)) as of_command:
        of_center.database.keep_log_short()
        of_center.stations.add_enrol_code(b"first", name="北门", gate="", branch="", expires_ms=1)
        write_more_than_a_log_may_hold(of_command)
        assert log_bytes(tmp_path) > LONG

        with of_command.database.read() as connection:
            connection.rows("SELECT 1 FROM much")
            Rounds(of_center, lambda: 0).step()  # somebody reads the log: not now, and nobody waits for it
        Rounds(of_center, lambda: 0).step()

        assert log_bytes(tmp_path) < LONG
        assert is_in_the_file(tmp_path)
        of_command.stations.add_enrol_code(b"code", name="东门", gate="", branch="", expires_ms=1)
