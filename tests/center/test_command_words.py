"""The center's command line speaks the user's language, and says what to type instead of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from center.cli import main, parser
from center.cli_english import ENGLISH
from station.command_parser import columns
from tests.help_texts import HANZI, help_pages, problems_of_help


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)


@pytest.fixture
def ended(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[object, str]]:
    """How it ends that somebody typed this, and what is said to them."""

    def told(*words: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ending:
            main(words)
        said = capsys.readouterr()
        return ending.value.code, said.out + said.err

    return told


def test_every_help_of_every_command_is_chinese_and_has_its_english() -> None:
    assert problems_of_help(parser(), ENGLISH) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_of_help_is_half_in_the_other_language(language: str) -> None:
    pages = help_pages(parser(language))

    assert len(pages) > 30
    for page in pages:
        assert bool(HANZI.search(page)) is (language == "zh"), page
    chinese = [line for page in pages for line in page.splitlines() if HANZI.search(line)]
    assert max(map(columns, chinese), default=0) <= 80


@pytest.mark.parametrize("words", [["--lang", "en", "doctor", "--help"], ["doctor", "--help", "--lang=en"]])
def test_help_is_in_the_language_that_is_asked_for(
    words: list[str], ended: Callable[..., tuple[object, str]]
) -> None:
    code, said = ended(*words)

    assert code == 0
    assert said.startswith("usage: center doctor")
    assert not HANZI.search(said)


def test_who_mistypes_a_command_is_told_which_one_it_is(ended: Callable[..., tuple[object, str]]) -> None:
    code, said = ended("docter")

    assert code == 2
    assert "没有这个命令：docter。是不是：center doctor？所有命令：center --help" in said


def test_who_types_no_command_is_told_so_in_chinese(ended: Callable[..., tuple[object, str]]) -> None:
    code, said = ended()

    assert code == 2
    assert "还缺：COMMAND" in said


@pytest.mark.parametrize(
    "words", ["serve --port 99999", "reconcile --days 0", "reconcile --days many", "export --day 2022"]
)
def test_what_a_value_must_be_is_said_without_english(
    words: str, ended: Callable[..., tuple[object, str]]
) -> None:
    code, said = ended(*words.split())

    assert code == 2
    assert not re.search(r"--\w+：.*\b[a-z]{2}", said.splitlines()[-1].replace("'many'", "")), said


def test_the_folder_may_stand_before_the_command_and_the_later_one_holds(tmp_path: Path) -> None:
    read = parser().parse_args

    before = read(["--data", "a", "--db", "postgresql://b", "--json", "--lang", "en", "--verbose", "doctor"])
    assert (before.data, before.db, before.json) == (Path("a"), "postgresql://b", True)
    assert (before.lang, before.verbose) == ("en", True)
    assert read(["--data", "a", "station", "--data", "b", "list", "--data", "c"]).data == Path("c")
    assert main(["--data", str(tmp_path / "none"), "station", "list"]) == 3
    assert not (tmp_path / "none").exists()


def test_a_database_of_the_environment_is_that_of_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAKOU_CENTER_DB", "postgresql://here")

    assert parser().parse_args(["station", "list"]).db == "postgresql://here"
    assert parser().parse_args(["station", "list", "--db", "postgresql://there"]).db == "postgresql://there"
