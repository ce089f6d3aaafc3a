"""The command line speaks the user's language, and says what to type instead of what was typed."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station.cli import main, parser
from station.command_parser import OWN_ENGLISH, CommandParser, columns
from station.commands.result import Exit
from tests.help_texts import HANZI, help_pages, problems_of_help

CHINESE, IN_ENGLISH = "zh_CN.UTF-8", "en_GB.UTF-8"


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A terminal in this language; Chinese at first."""
    monkeypatch.setenv("LC_ALL", CHINESE)
    monkeypatch.setenv("COLUMNS", "80")
    return lambda locale: monkeypatch.setenv("LC_ALL", locale)


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What is said to somebody who typed this; scripts rely on the 2."""

    def told(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
        said = capsys.readouterr()
        assert said.out == ""
        return said.err

    return told


def test_every_help_of_every_command_is_chinese_and_has_its_english() -> None:
    from station.cli_english import ENGLISH

    assert problems_of_help(parser(), ENGLISH) == []


def test_own_words_have_both() -> None:
    for chinese, english in OWN_ENGLISH.items():
        assert chinese.count("{}") == english.count("{}")
        assert not HANZI.search(english)


@pytest.mark.parametrize("locale", [CHINESE, IN_ENGLISH])
def test_no_page_of_help_is_half_in_the_other_language(locale: str, terminal: Callable[[str], None]) -> None:
    terminal(locale)
    pages = help_pages(parser())

    assert len(pages) > 80
    for page in pages:
        assert bool(HANZI.search(page)) is (locale == CHINESE), page
        assert not (locale == CHINESE and re.search("usage:|options:|show this|positional", page)), page


def test_lines_of_help_end_within_the_terminal_also_in_chinese() -> None:
    """Hanzi are two columns wide: argparse let lines of them run over the edge."""
    lines = [line for page in help_pages(parser()) for line in page.splitlines() if HANZI.search(line)]

    assert max(map(columns, lines)) <= 80
    assert sum(map(columns, lines)) > 1000


def test_what_is_explained_stands_under_each_other() -> None:
    page = next(page for page in help_pages(parser()) if page.startswith("用法： station people import"))
    explained = [
        columns(line[: found.start()]) for line in page.splitlines() if (found := HANZI.search(line))
    ]

    assert explained.count(24) > 5


def test_who_mistypes_a_command_is_told_which_one_it_is(refused: Callable[..., str]) -> None:
    said = refused("docter")

    assert "没有这个命令：docter" in said
    assert "station doctor" in said
    assert "station --help" in said
    assert "barrier-keeper" not in said  # of the program itself
    assert "retention" not in said  # forty names help nobody


def test_who_leaves_out_the_first_word_is_told_all_of_them(refused: Callable[..., str]) -> None:
    said = refused("revoke", "123")

    assert "station pass revoke" in said


def test_a_command_like_no_other_is_refused_without_a_guess(refused: Callable[..., str]) -> None:
    said = refused("体温")

    assert "没有这个命令：体温" in said
    assert "是不是" not in said


def test_one_of_the_sub_commands_is_guessed_under_its_own_command(refused: Callable[..., str]) -> None:
    assert "station sync status" in refused("sync", "statsu")


def test_in_english_the_guess_is_english(
    refused: Callable[..., str], terminal: Callable[[str], None]
) -> None:
    terminal(IN_ENGLISH)

    assert "--days: not understood: 'many'" in refused("shift", "add", "1", "2", "3", "--days", "many")
    said = refused("docter")
    assert "Did you mean: station doctor?" in said
    assert not HANZI.search(said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("trace",), "这几个要写一个：--person --entry --at"),
        (("sync",), "还缺："),
        (("backup",), "还缺：--to"),
        (("backup", "--to"), "--to：后面要写一个值"),
        (("scan",), "还缺：SRC"),
        (("doctor", "--bad"), "station doctor：不认识，或者多写了：--bad"),
        (("trace", "--person", "1", "--entry", "2"), "不能和"),
        (("retention", "erase", "--na", "x", "--keep=yes"), "--keep-mentions：后面不用写 'yes'"),
        (("operator", "add", "1234", "李红", "--role", "boss"), "不能写 'boss'，要写其中一个："),
        (("policy", "drill", "of"), "station policy drill：不能写 'of'，要写其中一个：on, off"),
        (("policy", "drill", "--by", "1"), "还缺：{on,off}"),
        (("autostart", "stop"), "station autostart：不能写 'stop'"),
        (("shift", "add", "1", "2", "3", "--days", "many"), "--days：看不懂 'many'"),
        (("trace", "--at", "8:00"), "--at：8:00: ISO 8601: 2022-04-01T07:30+08:00"),
        (("export", "--en", "--to"), "--to：后面要写一个值"),
        (("pass", "issue", "--i", "x"), "--i 没有写全，可能是：--id-tail, --issuer"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_said_in_chinese(
    words: tuple[str, ...], told: str, refused: Callable[..., str]
) -> None:
    said = refused(*words).replace("'on', 'off'", "on, off")  # before Python 3.12

    assert told in said
    assert said.startswith("用法：")
    last = said.splitlines()[-1]
    assert not re.search("error|argument|choose|expected|required|invalid|value", last), last


@pytest.mark.parametrize(
    "message",
    [
        "argument --way: invalid choice: 'inn' (choose from 'in', 'out')",
        "argument --way: invalid choice: 'inn' (choose from in, out)",  # since Python 3.12
        "argument --way: invalid choice: 'inn', maybe you meant 'in'? (choose from in, out)",  # and 3.14
    ],
)
def test_later_pythons_are_understood(message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().error(message)

    assert "station：--way：不能写 'inn'，要写其中一个：" in capsys.readouterr().err


def test_the_folder_may_stand_before_the_command_and_the_later_one_holds() -> None:
    read = parser().parse_args

    assert read(["--data", "a", "--json", "--verbose", "doctor"]).data == Path("a")
    assert read(["--data", "a", "--json", "doctor"]).json
    assert read(["doctor", "--verbose"]).verbose
    assert read(["--data", "a", "doctor", "--data", "b"]).data == Path("b")
    assert read(["--data", "a", "sync", "--data", "b", "status"]).data == Path("b")
    assert read(["--data", "a", "sync", "status", "--json"]).data == Path("a")
    nothing = read(["doctor"])
    assert (nothing.data, nothing.json, nothing.verbose) == (None, False, False)


def test_options_before_the_command_reach_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`station --data X doctor` was refused as if `doctor` were one word too many for the gate."""
    for words in (["--data", str(tmp_path)], [f"--data={tmp_path}", "--verbose"]):
        assert main([*words, "operator", "list", "--json"]) == main(
            ["operator", "list", "--json", "--data", str(tmp_path)]
        )
        assert "用法" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--headless"], ["--data", "x", "--headless"], ["--headless", "--data", "x"]]
)
def test_options_alone_are_those_of_the_gate(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from station.commands import gate

    opened = list[bool]()

    def run(arguments: argparse.Namespace) -> Exit:
        opened.append(arguments.headless)
        return Exit.DONE

    monkeypatch.setattr(gate, "run", run)
    assert main(words) == 0
    assert opened == [True]


@pytest.mark.parametrize("locale", [CHINESE, IN_ENGLISH])
def test_help_needs_no_qt(locale: str, terminal: Callable[[str], None]) -> None:
    """A terminal that is slow to answer is asked again, and 18 MB of Qt are for windows."""
    terminal(locale)
    script = (
        "import sys; from station.cli import main\n"
        "try: main(['people', 'import', '--help'])\n"
        "except SystemExit: print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
    assert bool(HANZI.search(done.stdout)) is (locale == CHINESE)


def test_help_is_shown_also_where_the_terminal_has_no_hanzi() -> None:
    script = "from station.cli import main; main(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "LC_ALL": "C"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "doctor" in done.stdout


def test_every_child_speaks_as_its_program(terminal: Callable[[str], None]) -> None:
    terminal(IN_ENGLISH)

    assert isinstance(parser(), CommandParser)
    assert "show this help" in help_pages(parser())[-1]
