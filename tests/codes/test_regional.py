"""Codes known by their looks: health codes of provinces, payments, links."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from station.codes.reading import read_code
from station.codes.regional import RegionalShapes, ShapesError, parse_shapes
from station.core.model import CodeKind, CodeStatus, Trust
from tests.codes.issuing import NOW, trusting

HEX = "0123456789abcdef" * 2
DINGTALK = "https://h5.dingtalk.com/healthAct/index.html?qrCode="
SHANGHAI_2020 = "https://suishenmafront1.sh.gov.cn/smzy/fyz/qrcodeDetail"
SHANGHAI_TOKEN = (CodeKind.REGIONAL, "shanghai-2020")
SHANGHAI_POSTER = "https://qrcode.sh.gov.cn/"
SHANGHAI_PLACE = (CodeKind.PLACE, "shanghai-place")
ALIPAY_APP = "alipays://platformapi/startapp?appId=2021002175684865&page=pages%2Findex%2Findex"
HANGZHOU_PLACE = (CodeKind.PLACE, "hangzhou-community")


@pytest.mark.parametrize(
    ("text", "kind", "region"),
    [
        (f"{DINGTALK}V2{HEX}#/result", CodeKind.REGIONAL, "zhejiang-jiangsu-v2"),
        (f"{DINGTALK.replace('h5', 'healthcode')}V2{HEX.upper()}", CodeKind.REGIONAL, "zhejiang-jiangsu-v2"),
        (f"{DINGTALK}V5{HEX}01234567&b={'aB+/' * 16}#/result", CodeKind.REGIONAL, "jiangsu-v5"),
        (f"https://s.sh.gov.cn/{HEX}1651363200000", CodeKind.REGIONAL, "shanghai"),
        (f"https://s.sh.gov.cn/{'Ab-_' * 71}##", CodeKind.REGIONAL, "shanghai-transport"),
        (f"{SHANGHAI_2020}?ewmid={'aB%2F' * 20}&date=1585455744000&from=8&type=3", *SHANGHAI_TOKEN),
        (f"{SHANGHAI_2020}?from=wx&type=1&ewmid={'aB%2F' * 20}&date=1587455142896", *SHANGHAI_TOKEN),
        (f"{SHANGHAI_POSTER}enterprise/scene?f=1&m={'aB%2B' * 20}%3D&qrcodeType=80", *SHANGHAI_PLACE),
        (f"{SHANGHAI_POSTER}enterprise/scene?f=2&m={'aB09' * 22}=={HEX}", *SHANGHAI_PLACE),
        (f"{SHANGHAI_POSTER}0036{'MDAw' * 12}", *SHANGHAI_PLACE),
        (f"{ALIPAY_APP}&query=communityCode%3D3301040080061522038249882320897", *HANGZHOU_PLACE),
        ("NZCP:/1/2KCEVIQEIVVWK6JNGEASNICZAEP2KALY", CodeKind.OTHER_HEALTH, "nz-covid-pass"),
        ('{"data":{"hdr":{"is":"UTO"}},"sig":{"sigvl":"AA"}}', CodeKind.OTHER_HEALTH, "vds-nc"),
        ("PK\x03\x04" + "x" * 60, CodeKind.OTHER_HEALTH, "divoc"),
        ("shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUi", CodeKind.OTHER_HEALTH, "smart-health-link"),
        ("wxp://f2f0abcDEF_-123", CodeKind.PAYMENT, "wechat-pay"),
        ("HTTPS://QR.ALIPAY.COM/FKX01234567890", CodeKind.PAYMENT, "alipay"),
        ("134567890123456789", CodeKind.PAYMENT, "wechat-pay-payer"),
        ("280123456789012345", CodeKind.PAYMENT, "alipay-payer"),
        ("WIFI:T:WPA;S:社区;P:x;;", CodeKind.OTHER, "wifi"),
        ("BEGIN:VCARD\nVERSION:3.0\nN:Ito;Ana\nEND:VCARD", CodeKind.OTHER, "contact"),
        ("http://example.com/?a=号", CodeKind.LINK, "link"),
    ],
)
def test_shapes_that_ship_with_the_program(
    shapes: RegionalShapes, text: str, kind: CodeKind, region: str
) -> None:
    credential = read_code(text, trust=trusting(), shapes=shapes, now=NOW)
    assert (credential.kind, credential.region) == (kind, region)
    assert credential.trust is Trust.RECOGNISED
    assert credential.subject is None
    health = kind in (CodeKind.REGIONAL, CodeKind.OTHER_HEALTH)
    assert credential.status is (CodeStatus.CANNOT_CHECK if health else CodeStatus.NOT_A_HEALTH_CODE)


@pytest.mark.parametrize(
    "text",
    [
        f"https://s.sh.gov.cn/{HEX[:-1]}1651363200000",
        f"https://s.sh.gov.cn.evil.example/{HEX}1651363200000",
        f"https://s-sh.gov.cn/{HEX}1651363200000",
        f"{DINGTALK}V2{HEX}#/result\nmore",
        f"http://h5.dingtalk.com/healthAct/index.html?qrCode=V2{HEX}",
        f"https://qrcode.sh.gov.cn.evil.example/0036{'MDAw' * 12}",
        "alipays://platformapi/startapp?appId=2021002175684865&page=pay",
    ],
)
def test_a_look_alike_is_no_health_code(shapes: RegionalShapes, text: str) -> None:
    credential = read_code(text, trust=trusting(), shapes=shapes, now=NOW)
    assert credential.kind in (CodeKind.LINK, CodeKind.OTHER)


def test_a_token_with_a_time_stamp_says_when_it_was_made(shapes: RegionalShapes) -> None:
    """So that policy can ask for a code that is not from this morning."""
    credential = shapes.recognise(f"https://s.sh.gov.cn/{HEX}1651363200123")
    assert credential is not None
    assert credential.made_at == datetime(2022, 5, 1, 0, 0, 0, 123_000, tzinfo=UTC)


def test_a_shanghai_code_of_2020_says_when_it_was_made(shapes: RegionalShapes) -> None:
    credential = shapes.recognise(f"{SHANGHAI_2020}?ewmid={'aB%2F' * 20}&date=1585455744000&from=8&type=3")
    assert credential is not None
    assert credential.made_at == datetime(2020, 3, 29, 4, 22, 24, tzinfo=UTC)


def test_every_shipped_shape_has_a_name_for_the_volunteer(shapes: RegionalShapes) -> None:
    for shape in shapes.shapes:
        assert not shape.name_zh.isascii()
        assert shape.name_en != shape.name
    assert shapes.named("shanghai-place") is not None
    assert shapes.named(None) is None


def test_a_list_from_before_there_were_names_is_still_read() -> None:
    (old,) = parse_shapes(shape("https://place[.]example/[0-9]{6}")).shapes
    assert (old.name_zh, old.name_en) == ("x", "x")


@pytest.mark.parametrize("stamp", ["[0-9]{1,20}", "[a-z]{1,9}", "[٠-٩]{1,20}"])
@pytest.mark.parametrize("text", ["16513632001234567890", "0", "abc", "١٦٥١٣٦٣٢٠٠١٢٣"])
def test_what_is_no_time_stamp_is_none(stamp: str, text: str) -> None:
    credential = parse_shapes(shape(f"(?:(?P<made_ms>{stamp})|.{{1,20}})")).recognise(text)
    assert credential is not None
    assert credential.made_at is None


def test_an_identity_number_is_nobodys_payment_code(shapes: RegionalShapes) -> None:
    """18 digits too, but Hangzhou's begin with 33."""
    assert shapes.recognise("330106195001011234") is None


def test_no_text_makes_a_shipped_pattern_slow(shapes: RegionalShapes) -> None:
    texts = [
        '{"data":{' + '"is"' * 1990,
        "wifi:" * 1600,
        "https://" + "a#" * 3990,
        "PK\x03\x04" + "\n" * 7990,
        "1" * 8000,
        "alipays://platformapi/startapp?" + "communityCode" * 600,
        f"{SHANGHAI_2020}?ewmid=" + "&date=1" * 1100,
    ]
    started = time.process_time()
    for text in texts:
        shapes.recognise(text)
    assert time.process_time() - started < 1.0


def shape(pattern: str, kind: str = "place") -> str:
    return (
        f"version = '2'\n[[shape]]\nname = 'x'\nkind = '{kind}'\npattern = '''{pattern}'''\nexplanation = 'y'"
    )


def test_a_community_adds_its_place_code_without_a_release() -> None:
    shapes = parse_shapes(shape("https://place[.]example/[0-9]{6}"))
    credential = shapes.recognise("https://place.example/123456")
    assert credential is not None
    assert (credential.kind, credential.status) == (CodeKind.PLACE, CodeStatus.NOT_A_HEALTH_CODE)


@pytest.mark.parametrize("pattern", ["a+", "a*", "a{2,}", "(ab){2}", r"(a)\1", "(", "[z-a]"])
def test_a_dangerous_or_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ShapesError, match="shape x"):
        parse_shapes(shape(pattern))


def test_a_shape_cannot_pose_as_a_verified_format() -> None:
    with pytest.raises(ShapesError, match="verified"):
        parse_shapes(shape("HC1:.{1,99}", "hcert"))


@pytest.mark.parametrize(
    "text", ["", "version = 1", "version =", "shape = 3\nversion = '1'", "version='1'\n[[shape]]"]
)
def test_a_broken_file_of_shapes_is_refused(text: str) -> None:
    with pytest.raises(ShapesError):
        parse_shapes(text)
