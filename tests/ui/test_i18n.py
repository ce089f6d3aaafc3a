"""Every word can be said in English, and every letter of it can be drawn."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from station.ui.language import speak
from station.ui.theme import ASSETS, FONT_FILES

STATION = Path(__file__).parents[2] / "station"
SOURCES = sorted(STATION.rglob("*.py"))
# Elsewhere Chinese is also data: headings of lists, words that codes bear.
SPOKEN = sorted(
    [
        *(STATION / "ui").rglob("*.py"),
        *(STATION / "commands").glob("*.py"),
        *(path for kind in ("words", "desk", "office") for path in STATION.glob(f"*_{kind}.py")),
    ]
)
CATALOGUE = ASSETS / "i18n" / "en.ts"
HANZI = re.compile(r"[\u4e00-\u9fff]")
TRANSLATED_BY = {"tr", "translate", "QT_TRANSLATE_NOOP"}


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _sources(catalogue: Path) -> set[tuple[str, str, str]]:
    """Context, text and comment of every entry."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
        for context in ElementTree.parse(catalogue).iter("context")
        for message in context.iter("message")
    }


def _messages() -> list[ElementTree.Element]:
    return list(ElementTree.parse(CATALOGUE).iter("message"))


def _texts(message: ElementTree.Element) -> list[str]:
    """The source and its translation."""
    translation = message.find("translation")
    assert translation is not None
    return [message.findtext("source", ""), translation.text or ""]


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _translated_literals(tree: ast.AST) -> set[ast.Constant]:
    """The texts inside calls that translate them."""
    found: set[ast.Constant] = set()
    for call in _calls(tree):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in TRANSLATED_BY:
            found.update(argument for argument in call.args if isinstance(argument, ast.Constant))
    return found


def _docstrings(tree: ast.AST) -> set[ast.Constant]:
    with_docs = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, with_docs) and node.body)
    firsts = (body[0].value for body in bodies if isinstance(body[0], ast.Expr))
    return {value for value in firsts if isinstance(value, ast.Constant)}


def test_nothing_is_left_untranslated() -> None:
    for message in _messages():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        assert all(_texts(message)), message.findtext("source")


def test_the_catalogue_holds_exactly_the_texts_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "en.ts"
    fresh.write_bytes(CATALOGUE.read_bytes())
    command = [_tool("pyside6-lupdate"), *map(str, SOURCES), "-ts", str(fresh)]
    subprocess.run(
        [
            *command,
            "-source-language",
            "zh_CN",
            "-target-language",
            "en",
            "-locations",
            "none",
            "-no-obsolete",
        ],
        check=True,
        capture_output=True,
    )
    assert _sources(fresh) == _sources(CATALOGUE)


def test_every_text_is_looked_up_where_the_collector_put_it() -> None:
    """It once took `QCoreApplication.translate)` for the beginning of a class: those words stayed Chinese."""
    contexts = [name.text or "" for name in ElementTree.parse(CATALOGUE).iter("name")]
    assert [name for name in contexts if not name.isidentifier()] == []


def test_the_compiled_catalogue_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "en.qm"
    command = [_tool("pyside6-lrelease"), "-silent", str(CATALOGUE), "-qm", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    assert fresh.read_bytes() == CATALOGUE.with_suffix(".qm").read_bytes()


def test_no_text_stands_where_the_collector_does_not_look() -> None:
    inside = {
        f"{module.name}: {literal.value}"
        for module in SOURCES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for literal in _translated_literals(node)
        if HANZI.search(str(literal.value))
    }
    assert not inside, "pyside6-lupdate does not read f-strings"


@pytest.mark.parametrize("module", SPOKEN, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_chinese_text_escapes_translation(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    allowed = _translated_literals(tree) | _docstrings(tree)
    literals = (
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    escaped = [node.value for node in literals if HANZI.search(node.value) and node not in allowed]
    assert not escaped


@pytest.mark.parametrize("file", FONT_FILES)
def test_every_letter_of_every_text_is_in_the_fonts(application: QApplication, file: str) -> None:
    font = QRawFont(str(ASSETS / "fonts" / file), 20.0)
    signs = "0123456789.:*·—●○▲■℃→←，…"
    letters = set("".join(text for message in _messages() for text in _texts(message)) + signs) - {"\n"}
    missing = sorted(letter for letter in letters if not font.supportsCharacter(ord(letter)))
    assert not missing


def test_an_unknown_language_is_refused(application: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match="'xx'"):
        speak(application, "xx")


def test_placeholders_survive_translation() -> None:
    for message in _messages():
        source, translation = _texts(message)
        assert set(re.findall(r"\{\w+\}", translation)) == set(re.findall(r"\{\w+\}", source))


# A number that may be 1 stands behind its word: "People: 1"; there are no plural forms to choose from.
COUNTED = "announcements|changes|codes|entries|errands|parcels|passes|people|points|rows|shifts|tasks|times"
ONE_TOO_MANY = re.compile(rf"(?<!of )(?<!than )\{{[a-z]*\}} (more )?({COUNTED})\b")


def test_one_is_no_plural_in_english() -> None:
    texts = [_texts(message)[1] for message in _messages()]
    assert [text for text in texts if ONE_TOO_MANY.search(text)] == []


def test_english_names_buttons_as_they_are_called_in_english() -> None:
    """F10 opens "Admin": nobody who was told to look at "管理 → Rules" sees such a button."""
    assert [text for text in (_texts(message)[1] for message in _messages()) if "管理" in text] == []


def test_english_quotes_are_not_those_of_the_chinese_letters() -> None:
    """Which are as wide as a Chinese letter and leave a hole before the next word."""
    assert [text for text in (_texts(message)[1] for message in _messages()) if set(text) & set("“”‘’")] == []
