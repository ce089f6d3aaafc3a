"""The tables: the same in both databases, spread by station, and no other program's."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from center.backup import TABLES
from center.projection import COLUMNS
from center.store import SqlStore, UnavailableError, WrongDatabaseError, hours, migrations, open_store
from center.store.database import Connection
from center.store.sqlite import statements
from tests.center.store.gate import NOON_MS, Gate, altered, records
from tests.center.store.server import Programs, Server
from tests.center.store.test_chains import ask

REFERENCE = {"station", "station_key", "enrol_code", "channel", "item", "meta"}
REFERENCE |= {"console_user", "console_grant", "console_session", "console_audit", "link"}
REFERENCE |= {"compound", "house", "roster_file", "held_row", "watch", "center_pass", "settled"}
REFERENCE |= {"api_token", "webhook", "delivery"}
REFERENCE |= {"colour_now", "colour_change", "isolation", "health_event", "checkin_hour"}
REFERENCE |= {"door_sensor", "door_nonce"}
REFERENCE |= {"keeping", "erasing_run", "erasure"}
REFERENCE |= {"policy_version", "policy_activation", "export_job"}
DISTRIBUTED = {
    "gate_alarm",
    "chain",
    "segment",
    "entry",
    "parts",
    "quarantine",
    "fork",
    "contact",
    "waiting",
    "reconciliation",
    "passed_hour",
    "report",
    "escalation",
    "case_file",
    "case_line",
    "handover",
    "duty",
    "notice_read",
    "task_done",
    "lookback",
    "signup",
}
_KEYS = """
    SELECT class.relname::text, con.contype::text,
           array(SELECT attname::text FROM pg_attribute
                 WHERE attrelid = con.conrelid AND attnum = ANY (con.conkey)),
           other.relname::text
    FROM pg_constraint AS con JOIN pg_class AS class ON class.oid = con.conrelid
    LEFT JOIN pg_class AS other ON other.oid = con.confrelid
    WHERE con.connamespace = current_schema()::regnamespace AND con.contype IN ('p', 'u', 'f', 'x')
"""
_COLUMNS = """
    SELECT attname::text FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 ORDER BY attnum
"""
_UNIQUE_INDEXES = """
    SELECT class.relname::text,
           array(SELECT attname::text FROM pg_attribute
                 WHERE attrelid = ind.indrelid AND attnum = ANY (ind.indkey::int2[]))
    FROM pg_index AS ind JOIN pg_class AS class ON class.oid = ind.indrelid
    WHERE class.relnamespace = current_schema()::regnamespace AND ind.indisunique
"""

_SOMEBODY_WAITS = """
    SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = relation
    WHERE NOT granted AND relnamespace = current_schema()::regnamespace
"""


def columns(store: SqlStore, table: str) -> list[str]:
    with store.database.read() as connection:
        if connection.row_lock:
            return [name for (name,) in connection.rows(_COLUMNS, table)]
        return [row[1] for row in connection.rows(f"PRAGMA table_info({table})")]


def tables(store: SqlStore) -> set[str]:
    with store.database.read() as connection:
        return {name for name in store.database.tables(connection) if not name.startswith("entry_")}


@pytest.fixture
def on_postgresql(postgresql_url: str) -> Any:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def test_every_table_is_either_spread_by_station_or_small(store: SqlStore) -> None:
    assert tables(store) == DISTRIBUTED | REFERENCE
    assert [table for table in DISTRIBUTED if "station" not in columns(store, table)] == []


def test_the_page_about_citus_spreads_every_table(on_postgresql: SqlStore) -> None:
    page = (Path(__file__).parents[3] / "docs" / "scale.md").read_text("utf-8")
    lists = re.findall(r"unnest\('({[^}]*})'::regclass", page)
    small, spread = (ask(on_postgresql, "SELECT unnest(?::regclass[])::text", names) for names in lists)

    assert {name for (name,) in small} == REFERENCE
    assert {name for (name,) in spread} == DISTRIBUTED - {"chain"}


def test_every_key_of_a_spread_table_holds_the_station(on_postgresql: SqlStore) -> None:
    Gate().push(on_postgresql, records(1, 3))  # so that there is a partition
    keys = ask(on_postgresql, _KEYS)

    assert {table for table, *_ in keys} >= DISTRIBUTED
    spread = [key for key in keys if key[0] not in REFERENCE]
    assert [key for key in spread if "station" not in key[2]] == []
    assert [key for key in spread if key[1] == "f" and key[3] not in DISTRIBUTED] == []
    assert [key for key in keys if key[0] in REFERENCE and key[1] == "f" and key[3] not in REFERENCE] == []
    unique = ask(on_postgresql, _UNIQUE_INDEXES)
    assert len(unique) >= len(DISTRIBUTED)
    assert [index for index in unique if index[0] not in REFERENCE and "station" not in index[1]] == []


def test_both_databases_have_the_same_columns(on_postgresql: SqlStore, tmp_path: Path) -> None:
    embedded = open_store(tmp_path / "center.db")

    for table in DISTRIBUTED | REFERENCE:
        assert columns(on_postgresql, table) == columns(embedded, table)
    assert columns(embedded, "entry") == list(COLUMNS)
    embedded.close()


def test_a_backup_holds_every_column_that_cannot_be_made_again(store: SqlStore) -> None:
    derived = {"entry", "quarantine", "passed_hour", "console_session", "meta"}
    assert set(TABLES) == tables(store) - derived
    for table, names in TABLES.items():
        assert set(columns(store, table)) == set(names.split())


def test_payloads_are_not_compressed_a_second_time(on_postgresql: SqlStore) -> None:
    assert ask(
        on_postgresql,
        "SELECT attstorage::text FROM pg_attribute"
        " WHERE attrelid = 'segment'::regclass AND attname = 'payload'",
    ) == [("e",)]


def partitions(store: SqlStore) -> dict[str, int]:
    return dict(ask(store, "SELECT tableoid::regclass::text, count(*) FROM entry GROUP BY 1"))


def test_each_day_has_a_partition_and_absurd_days_share_one(on_postgresql: SqlStore) -> None:
    day, today = 86_400_000, NOON_MS // 86_400_000
    for number, at_ms in enumerate(
        [0, 4_102_444_800_000, NOON_MS, NOON_MS - 30 * day, NOON_MS + 90 * day], 1
    ):
        Gate(incarnation=number).push(on_postgresql, [altered(number, at_ms=at_ms)])

    assert partitions(on_postgresql) == {"entry_default": 3, f"entry_{today}": 1, f"entry_{today - 30}": 1}


def test_a_day_that_was_absurd_once_gets_its_partition_with_what_is_there_already(
    on_postgresql: SqlStore,
) -> None:
    later = NOON_MS + 90 * 86_400_000
    Gate(incarnation=1).push(on_postgresql, [altered(1, at_ms=later)])
    Gate(incarnation=2).push(on_postgresql, [altered(2, at_ms=later)], at_ms=later)

    assert partitions(on_postgresql) == {f"entry_{later // 86_400_000}": 2}


def test_a_day_may_be_dropped_and_made_again(on_postgresql: SqlStore) -> None:
    Gate().push(on_postgresql, records(1, 5))
    with on_postgresql.database.write() as connection:
        connection.run(f"DROP TABLE entry_{NOON_MS // 86_400_000}")
    assert on_postgresql.reproject() == 5
    assert sum(partitions(on_postgresql).values()) == 5


def test_a_newer_schema_is_refused_in_words(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(where).close()
    monkeypatch.setattr(migrations, "NEWEST", 0)

    with pytest.raises(WrongDatabaseError, match="newer center"):
        open_store(where)


def test_a_schema_is_made_whole_or_not_at_all(
    where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / f"{migrations.NEWEST + 1:03}.sql"
    broken.write_text("CREATE TABLE more (station bytea PRIMARY KEY);\nCREATE TABLE broken (;\n")
    with monkeypatch.context() as changed:
        changed.setattr(migrations, "SCRIPTS", [*migrations.SCRIPTS, broken])
        changed.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
        with pytest.raises((sqlite3.Error, psycopg.Error)):
            open_store(where)

    opened = open_store(where)  # and after that it is made as if nothing had been
    assert tables(opened) == DISTRIBUTED | REFERENCE
    opened.close()


def test_a_database_is_brought_up_to_date(
    where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = open_store(where)
    gate = Gate()
    gate.push(first, records(1, 5))
    epoch = first.epoch
    first.close()
    script = tmp_path / f"{migrations.NEWEST + 1:03}.sql"
    script.write_text(
        "-- words; with a semicolon\nCREATE TABLE more (station bytea PRIMARY KEY, part text NOT NULL);\n"
    )
    monkeypatch.setattr(migrations, "SCRIPTS", [*migrations.SCRIPTS, script])
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)

    for _ in range(2):
        second = open_store(where)
        assert tables(second) == DISTRIBUTED | REFERENCE | {"more"}
        assert second.epoch == epoch
        assert ask(second, "SELECT count(*) FROM entry") == [(5,)]
        second.close()


def test_two_centers_that_start_at_once_on_an_empty_database_make_it_once(elsewhere: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as threads:
        opened = list(threads.map(open_store, [elsewhere] * 3))

    assert len({store.epoch for store in opened}) == 1
    for store in opened:
        store.close()


def test_the_journal_of_a_gate_is_no_database_of_a_center(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as journal:
        journal.execute("CREATE TABLE entry (number INTEGER)")
    before = path.read_bytes()

    with pytest.raises(WrongDatabaseError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_schema_of_another_program_is_left_alone(empty_postgresql_url: str) -> None:
    with psycopg.connect(empty_postgresql_url, autocommit=True) as other:
        other.execute("CREATE TABLE meta (name text PRIMARY KEY, value bytea)")

    with pytest.raises(WrongDatabaseError, match="another program"):
        open_store(empty_postgresql_url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "center.db"
    path.write_bytes(b"this is a letter, not a database" * 100)

    with pytest.raises(WrongDatabaseError, match="not a database"):
        open_store(path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        open_store(tmp_path / "nowhere" / "center.db")


def test_a_server_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("center.store.postgresql.POOL_TIMEOUT_S", 0.2)

    with pytest.raises(UnavailableError):
        open_store(f"postgresql:///center?host={tmp_path}")


def test_a_server_that_would_lose_entries_is_refused(programs: Programs) -> None:
    server = Server(programs, "forgetful")
    server.initialise()
    server.start({"fsync": "off"})
    try:
        with pytest.raises(WrongDatabaseError, match="fsync"):
            open_store(server.url())
    finally:
        server.stop()


def test_why_nobody_can_connect_is_said_in_the_servers_words(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typing error in the address: not "couldn't get a connection after 5.00 sec"."""
    monkeypatch.setattr("center.store.postgresql.POOL_TIMEOUT_S", 0.5)

    with pytest.raises(UnavailableError, match='database "kakuo" does not exist'):
        open_store(postgresql.url("kakuo"))
    with pytest.raises(UnavailableError, match="%25") as raised:
        open_store("postgresql://kakou:S3cret%zz@127.0.0.1/kakou")
    assert "S3cret" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_CN"])
def test_a_database_in_which_not_every_name_can_be_written_is_refused(
    postgresql: Server, encoding: str
) -> None:
    """A server that was set up without a language: some of these broke at once, others at the first 喆."""
    name = f"in_{encoding.lower()}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")

    with pytest.raises(WrongDatabaseError, match=encoding):
        open_store(postgresql.url(name))


def test_a_role_that_may_make_no_tables_is_said(postgresql: Server) -> None:
    """Since PostgreSQL 15 that is who does not own the database: CREATE USER and CREATE DATABASE, and go."""
    postgresql.run("CREATE ROLE nobodys LOGIN", "CREATE DATABASE not_theirs")

    with pytest.raises(WrongDatabaseError, match="may not make tables"):
        open_store(postgresql.url("not_theirs").replace("user=postgres", "user=nobodys"))


def test_a_transaction_that_the_server_gave_up_may_be_tried_again(postgresql_url: str) -> None:
    """An admin's own limits: the gate is told to come again, and not that the center is broken."""
    store = open_store(postgresql_url)
    with pytest.raises(UnavailableError), store.database.write() as connection:
        connection.run("SELECT set_config('transaction_timeout', '20ms', true), pg_sleep(60)")
    assert store.healthy()
    store.close()


def test_a_role_that_commits_asynchronously_still_waits_for_the_disk(
    postgresql: Server, postgresql_url: str
) -> None:
    store = open_store(postgresql_url + "%20-csynchronous_commit%3Doff")

    with store.database.write() as connection:
        assert connection.rows("SHOW synchronous_commit") == [("on",)]
    store.close()


def test_the_embedded_file_is_its_owners_alone_and_durable(tmp_path: Path) -> None:
    store = open_store(tmp_path / "center.db")
    Gate().push(store, records(1, 1))

    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    with store.database.write() as connection:
        assert connection.rows("PRAGMA synchronous") == [(2,)]
        assert connection.rows("PRAGMA journal_mode") == [("wal",)]
        assert connection.rows("PRAGMA foreign_keys") == [(1,)]
    with pytest.raises(UnavailableError), store.database.read() as connection:
        connection.run("DELETE FROM meta")
    store.close()


def test_the_script_for_sqlite_has_nothing_of_postgresql() -> None:
    script = "".join(
        statement for file in migrations.SCRIPTS for statement in statements(file.read_text("utf-8"))
    )

    assert "PARTITION OF" not in script
    assert "BY RANGE" not in script
    assert "bytea" not in script
    assert script.count("STRICT") == len(DISTRIBUTED | REFERENCE)


def test_a_push_that_is_under_way_and_the_first_start_after_an_update_wait_for_each_other_once(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command of the new program, while the former one still serves."""
    with monkeypatch.context() as before:
        before.setattr(migrations, "SCRIPTS", [one for one in migrations.SCRIPTS if int(one.stem) <= 12])
        before.setattr(migrations, "NEWEST", 12)
        old = open_store(postgresql_url, projecting="later")
    gate, change = Gate(), hours.change
    gate.push(old, records(1, 3))
    starting = ThreadPoolExecutor(1)
    begun: list[Future[SqlStore]] = []

    def meanwhile(connection: Connection, *counts: hours.Counts) -> None:
        """Between the rows and their counts."""
        if not begun:
            begun.append(starting.submit(open_store, postgresql_url))
            while not begun[0].done() and not ask(old, _SOMEBODY_WAITS):
                pass
        change(connection, *counts)

    monkeypatch.setattr(hours, "change", meanwhile)
    assert old.project_pending() == 3
    new = begun[0].result()
    assert ask(new, "SELECT passed FROM passed_hour") == [(3,)]
    new.close()
    old.close()
    starting.shutdown()
