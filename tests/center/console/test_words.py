"""Every text of the console has its English, and texts with a place for a number have it in both."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

import center.console
from center.commands import row_words
from center.console.attention import COLOUR_WORDS, DEVICE_WORDS
from center.console.english import _AREAS, ENGLISH
from center.console.pages import PAGES
from center.console.reason_words import REASONS
from center.console.rights import ROLE_WORDS, Role
from center.console.templating import Templates
from station.core.model import ReasonCode
from tests.center.console.district import OWN_TEXTS, District

FOLDER = Path(center.console.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
CHINESE_MARKS = re.compile("[\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b]")
SAYS = {"text", "note", "make_note", "redirect", "ComplaintError", "Matter", "Page"}
TEMPLATES = sorted(file.name for file in (FOLDER / "templates").glob("*.html"))
LEFT_AS_THEY_ARE = {"中文", "东门", "区/街道/村/网格"}  # a language's own name, examples of what is typed


def said_in(source: str) -> set[str]:
    """Chinese literals that are given to what speaks to users; docstrings hold others."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    spoken = [call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in SAYS]
    found = [
        node.value
        for call in spoken
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {text for text in found if CHINESE.search(text)}


def parsed(template: str) -> nodes.Template:
    return Templates().environment.parse((FOLDER / "templates" / template).read_text("utf-8"))


def asked_for(page: nodes.Template) -> list[nodes.Call]:
    return [call for call in page.find_all(nodes.Call) if getattr(call.node, "name", "") == "_"]


def translated_in(template: str) -> set[str]:
    """What a template gives to `_`."""
    calls = asked_for(parsed(template))
    return {const.value for call in calls for const in call.args[0].find_all(nodes.Const)} | {
        call.args[0].value for call in calls if isinstance(call.args[0], nodes.Const)
    }


def test_every_text_in_python_has_its_english() -> None:
    texts = set().union(*(said_in(file.read_text("utf-8")) for file in FOLDER.rglob("*.py")))
    tables = {*COLOUR_WORDS.values(), *DEVICE_WORDS.values(), *ROLE_WORDS.values(), *REASONS.values()}

    assert len(texts) > 30
    assert (texts | tables) - set(ENGLISH) == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_text_of_a_template_has_its_english(template: str) -> None:
    texts = {text for text in translated_in(template) if isinstance(text, str) and text}

    assert texts - set(ENGLISH) == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_chinese_stands_in_a_template_untranslated(template: str) -> None:
    bare = [
        data.data.strip()
        for output in parsed(template).find_all(nodes.Output)
        for data in output.nodes
        if isinstance(data, nodes.TemplateData) and CHINESE.search(data.data)
    ]

    assert [text for text in bare if not any(known in text for known in LEFT_AS_THEY_ARE)] == []


def test_numbers_have_their_place_in_both_languages() -> None:
    for chinese, english in ENGLISH.items():
        assert chinese.count("{}") == english.count("{}"), chinese
        assert chinese in row_words.texts() or not CHINESE.search(english), english  # of what lists say


def test_no_text_has_two_englishes() -> None:
    """The one that was read last was shown: "1 hours" for "1 h", an account that "works"."""
    said = {(chinese, english) for area in _AREAS for chinese, english in area.items()}
    assert len(said) == len(ENGLISH)


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(ReasonCode)


@pytest.mark.parametrize("page", [page for page in PAGES if page.menu], ids=lambda page: page.path)
def test_a_page_in_english_has_no_chinese_but_names(district: District, page: object) -> None:
    """Of the frame and the page's own texts; names of gates and branches are Chinese in the test's data."""
    browser = district.browser("admin")
    text = browser.get(f"{page.path}?lang=en").text  # type: ignore[attr-defined]
    for name in (*OWN_TEXTS, "中文", "加了用户"):
        text = text.replace(name, "")

    assert CHINESE.findall(text) == []


def test_the_language_is_asked_for_and_remembered(district: District) -> None:
    browser = district.browser("viewer")
    assert "退出" in browser.get("/").text
    assert "Sign out" in browser.get("/?lang=en").text
    assert "Sign out" in browser.get("/").text
    assert "退出" in browser.get("/?lang=zh").text
    assert "Sign out" in district.browser("viewer").get("/", **{"Accept-Language": "en-GB,en"}).text
    assert "退出" in district.browser("viewer").get("/?lang=xx", **{"Accept-Language": "fr"}).text
    assert len(Role) == 4


def test_one_is_no_plural_in_english() -> None:
    """There were "1 gates" and "came 1 times": a number that may be 1 stands behind its word."""
    things = "people|gates|times|whistles|shifts|records|passages|entries|open cases"
    counted = re.compile(rf"(^|came )\{{\}} ({things})\b")
    assert [text for text in ENGLISH.values() if counted.search(text)] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_marks_between_words_are_translated_like_words(template: str) -> None:
    """In English lists read "In home isolation、Temperature high" and numbers "Alarms at gates：2"."""
    page = parsed(template)
    said = {id(const) for call in asked_for(page) for const in call.args[0].find_all(nodes.Const)}
    said |= {id(call.args[0]) for call in asked_for(page)}
    bare = [data.data for data in page.find_all(nodes.TemplateData)]
    bare += [str(const.value) for const in page.find_all(nodes.Const) if id(const) not in said]

    assert [text for text in bare if CHINESE_MARKS.search(text)] == []
