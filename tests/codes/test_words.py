"""An admin checks a code or brings a list in the terminal, and is told in Chinese what is the matter."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import segno

from station.cli import main
from station.codes.lists import parse_list
from station.codes.parts import Part
from station.codes.regional import RegionalShapes
from station.codes.result import Missing, Problem, proved, unproved
from station.codes.trustlists import TrustError
from station.commands import codewords, listwords
from station.commands.codewords import describe
from station.core.model import CodeKind, CodeStatus, Credential
from tests.codes import issuing
from tests.codes.issuing import NOW

CODES = Path(__file__).parents[2] / "station" / "codes"
HANZI = re.compile("[一-鿿]")


@pytest.fixture(autouse=True)
def chinese_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def unchecked(kind: CodeKind, status: CodeStatus, reason: str, region: str | None = None) -> Credential:
    return unproved(kind, Problem(status, reason), region=region)


def test_every_kind_status_and_missing_thing_has_words() -> None:
    assert codewords.KINDS.keys() == set(CodeKind)
    assert codewords.STATUSES.keys() == set(CodeStatus)
    assert codewords.MISSING.keys() == set(Missing)


def test_a_place_code_is_named_and_explained(shapes: RegionalShapes) -> None:
    credential = shapes.recognise("https://qrcode.sh.gov.cn/0036" + "MDAw" * 12)
    assert credential is not None
    assert describe(credential, shapes) == "上海场所码：不是健康码；请他用自己的手机扫这个码"


def test_a_health_code_of_a_province_is_not_called_invalid(shapes: RegionalShapes) -> None:
    credential = shapes.recognise("https://s.sh.gov.cn/" + "0123456789abcdef" * 2 + "1651363200000")
    assert credential is not None
    assert (
        describe(credential, shapes) == "上海随申码：本机查不了；颜色不在码里，请看他手机上的颜色，或问社区"
    )


def test_names_of_shapes_follow_the_terminal(shapes: RegionalShapes, monkeypatch: pytest.MonkeyPatch) -> None:
    in_english(monkeypatch)
    credential = shapes.recognise("WIFI:T:WPA;S:x;;")
    assert credential is not None
    assert describe(credential, shapes).startswith("Wi-Fi code")


def test_a_missing_list_is_asked_for(shapes: RegionalShapes) -> None:
    said = describe(unchecked(CodeKind.HCERT, CodeStatus.CANNOT_CHECK, Missing.TRUST_LIST), shapes)
    assert "station trust import" in said


def test_a_part_of_a_card_says_which(shapes: RegionalShapes) -> None:
    credential = unchecked(CodeKind.SHC, CodeStatus.CANNOT_CHECK, "part 1 of a card cut into 3 codes")
    assert "3 个码里的第 1 个" in describe(credential, shapes, Part(1, 3, "5676"))


def test_an_unmet_rule_is_quoted(shapes: RegionalShapes) -> None:
    rules = issuing.rules(
        issuing.rule({"===": [1, 2]}, Description=[{"lang": "en", "desc": "Two doses: both."}])
    )
    problem = rules.problem(issuing.DCC, "XX", NOW)
    assert problem is not None
    said = describe(unproved(CodeKind.HCERT, problem), shapes)
    assert said == "国际健康证明（HC1）：不能在这里用；没有达到规定 VR-XX-0001：Two doses: both."


def test_a_rule_that_is_left_open_is_not_called_unmet(shapes: RegionalShapes) -> None:
    rules = issuing.rules(issuing.rule({"var": "payload.nothing"}))
    problem = rules.problem(issuing.DCC, "XX", NOW)
    assert problem is not None
    said = describe(unproved(CodeKind.HCERT, problem), shapes)
    assert said == "国际健康证明（HC1）：本机查不了；判断不了规定 VR-XX-0001：Two doses are needed."


def test_a_certificate_for_ever_is_said_to_be_valid(
    shapes: RegionalShapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codewords, "local_zone", lambda: timezone(timedelta(hours=8)))
    for_ever = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    whole = proved(CodeKind.HCERT, None, issuer="x", subject=None, made_at=NOW, valid_until=for_ever)
    assert describe(whole, shapes).endswith("有效；有效期到 9999-12-31 23:59")


def test_the_day_that_matters_is_said_in_the_gates_own_time(shapes: RegionalShapes) -> None:
    problem = Problem(CodeStatus.EXPIRED, "expired 2022-03-01 07:30 UTC")
    day = datetime(2022, 3, 1, 12, tzinfo=UTC)
    expired = proved(
        CodeKind.GATE_PASS,
        problem,
        issuer="x",
        subject=None,
        made_at=day - timedelta(days=9),
        valid_until=day,
    )
    assert describe(expired, shapes).startswith("出入证：过期了；有效期到 2022-03-0")


@pytest.mark.parametrize("status", CodeStatus)
@pytest.mark.parametrize("kind", CodeKind)
def test_no_sentence_is_half_english(shapes: RegionalShapes, kind: CodeKind, status: CodeStatus) -> None:
    said = describe(unchecked(kind, status, "an English reason"), shapes)
    assert HANZI.search(said)
    assert "English" not in said
    assert not said.endswith(("；", "："))


def raised(module: str, error: str) -> set[str]:
    """The fixed sentences with which a module raises this error."""
    tree = ast.parse((CODES / module).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        argument.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == error
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_reason_to_refuse_a_list_has_words() -> None:
    sentences = (
        raised("trustlists.py", "TrustError")
        | raised("lists.py", "TrustError")
        | raised("rules.py", "RulesError")
        | raised("keys.py", "UnusableKeyError")
        | raised("trustlists.py", "UnusableKeyError")
        | raised("certlogic.py", "CertLogicError")
    )
    assert len(sentences) > 15
    assert sentences <= listwords.SENTENCES.keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "不是本程序认识的名单"),
        ('{"keys": []}', "里面没有能用的公钥"),
        ("version = '1'\n[[shape]]\nname = 'x'", "少写了一项，或写错了地方：'explanation'"),
        (
            "version='1'\n[[shape]]\nname='x'\nexplanation='y'\nkind='place'\npattern='a+'",
            "码的样子 x：写法不安全：重复要有上限，不能重复一组，不能引用前面",
        ),
        (json.dumps([issuing.rule({"unknown": 1})]), "规定 VR-XX-0001：算式写错了（CertLogic）"),
        (json.dumps({"rules": []}), "里面一条规定也没有"),
    ],
)
def test_why_a_list_is_refused(text: str, said: str) -> None:
    with pytest.raises(TrustError) as refused:
        parse_list(text, issuer="XX", as_of=NOW)
    assert listwords.say(refused.value) == said


def test_a_key_that_cannot_be_used_is_numbered() -> None:
    assert listwords.say("key 3: not a usable JWK") == "第 3 个公钥：用不了的公钥（JWK）"


def test_what_only_a_technician_can_use_stays_as_it_is() -> None:
    assert listwords.say("[Errno 13] Permission denied: 'x'") == "[Errno 13] Permission denied：'x'"


def picture(file: Path, text: str) -> Path:
    file.parent.mkdir()
    segno.make_qr(text).save(str(file), scale=6)
    return file


def test_pictures_of_one_name_in_two_folders_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [picture(tmp_path / name / "code.png", f"wxp://f2f0{name}") for name in ("one", "two")]
    assert (
        main(["scan", str(files[0]), str(files[1].parent), "--json", "--data", str(tmp_path / "data")]) == 0
    )
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [hit["path"] for hit in found] == [str(file) for file in files]
    assert [hit["reason"] for hit in found] == ["WeChat payment code: open the health code instead."] * 2


def test_a_scan_is_told_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = picture(tmp_path / "one" / "code.png", "wxp://f2f0abc")
    assert main(["scan", str(file), "--data", str(tmp_path / "data")]) == 0
    assert "微信收款码：不是健康码；请他打开健康码" in capsys.readouterr().out
