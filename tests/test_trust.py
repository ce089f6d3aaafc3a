"""An admin replaces the lists that codes are judged by: `station trust`, on real files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from station.cli import main
from station.codes.parts import join
from station.codes.trustlists import gate_revocations_text
from station.core.model import CodeKind, CodeStatus
from station.judge import LiveJudge, load_judge
from tests.codes import issuing
from tests.codes.issuing import NOW, SHC_ISSUER
from tests.codes.test_lists import CERTIFICATE, DER, KEY, PUBLIC, SIGNER

PASS = issuing.gate_pass(KEY, issuing.gate_claims())
CERTIFIED = issuing.hcert(KEY, DER, issuing.hcert_claims())
CARD = issuing.shc(KEY, json.dumps(issuing.shc_payload()).encode(), kid="k1")


class Admin:
    """Somebody at the terminal of a station, with a USB stick."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._stick, self._capsys = folder / "data", folder / "stick", capsys
        self._stick.mkdir()

    def brings(self, content: str | dict[str, Any], *options: str) -> int:
        """`station trust import` of a file with this content; its exit code."""
        file = self._stick / "list.txt"
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return self.runs("import", str(file), *options)

    def runs(self, *arguments: str) -> int:
        return main(["trust", *arguments, "--data", str(self.data)])

    def lists(self) -> list[dict[str, Any]]:
        self.said()
        self.runs("list", "--json")
        return [json.loads(line) for line in self.said().splitlines()]

    def said(self) -> str:
        """What the station printed since the last time, to both outputs."""
        return "".join(self._capsys.readouterr())

    def status(self, text: str) -> CodeStatus:
        """What the gate says of a code after its next start."""
        return load_judge(self.data)(text, NOW).status


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    return Admin(tmp_path, capsys)


def gdhcn(created: str, *methods: dict[str, Any]) -> dict[str, Any]:
    return {"id": "did:x", "proof": {"created": created}, "verificationMethod": methods or [SIGNER]}


def directory(kid: str, time: str) -> dict[str, Any]:
    return {"time": time, "issuerInfo": [{"issuer": {"iss": SHC_ISSUER}, "keys": [issuing.jwk(KEY, kid)]}]}


def test_a_brought_list_counts_from_the_next_start(admin: Admin) -> None:
    assert admin.status(PASS) is CodeStatus.CANNOT_CHECK
    assert admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY) == 0
    assert admin.status(PASS) is CodeStatus.VALID


def test_a_stored_list_says_what_it_is_how_old_and_where_it_is_from(admin: Admin) -> None:
    created = datetime.now(UTC) - timedelta(days=3, hours=1)
    admin.brings(gdhcn(created.isoformat()), "--source", "stick of the district")
    (shown,) = admin.lists()
    assert shown["kind"] == "gdhcn"
    assert (shown["entries"], shown["age_days"], shown["source"]) == (1, 3, "stick of the district")
    assert datetime.fromisoformat(shown["as_of"]) == created
    assert "former_as_of" not in shown
    assert admin.runs("list") == 0
    assert "3 天前" in admin.said()


def test_the_former_list_is_kept_and_can_be_put_back(admin: Admin) -> None:
    admin.brings(directory("k0", "2026-01-01T00:00:00Z"))
    admin.brings(directory("k1", "2026-02-01T00:00:00Z"))
    (shown,) = admin.lists()
    assert (shown["as_of"], shown["former_as_of"]) == (
        "2026-02-01T00:00:00+00:00",
        "2026-01-01T00:00:00+00:00",
    )
    assert admin.status(CARD) is CodeStatus.VALID

    assert admin.runs("restore", shown["id"]) == 0
    assert admin.status(CARD) is CodeStatus.UNKNOWN_ISSUER
    assert admin.runs("restore", shown["id"]) == 0
    assert admin.status(CARD) is CodeStatus.VALID


def test_the_same_list_twice_keeps_the_one_before_it(admin: Admin) -> None:
    for time in ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"):
        assert admin.brings(directory("k1", time)) == 0
    assert admin.lists()[0]["former_as_of"] == "2026-01-01T00:00:00+00:00"


def test_a_damaged_list_is_replaced_by_a_good_one(admin: Admin) -> None:
    (admin.data / "trust").mkdir(parents=True)
    (admin.data / "trust" / "shc-directory.json").write_text("{")
    assert admin.brings(directory("k1", "2026-02-01T00:00:00Z")) == 0
    assert admin.status(CARD) is CodeStatus.VALID


@pytest.mark.parametrize(
    "content", ["", "not a list", "{}", '{"verificationMethod": 7}', "[[shape]]", PUBLIC]
)
def test_a_wrong_file_is_refused_and_nothing_changes(admin: Admin, content: str) -> None:
    admin.brings(gdhcn("2026-02-01T00:00:00Z"))
    before = {path.name: path.read_bytes() for path in (admin.data / "trust").iterdir()}
    admin.said()

    assert admin.brings(content) == 1
    assert "名单没有换" in admin.said()
    assert {path.name: path.read_bytes() for path in (admin.data / "trust").iterdir()} == before


def test_a_wrong_file_on_a_new_station_leaves_no_trace(admin: Admin) -> None:
    assert admin.brings("not a list") == 1
    assert not admin.data.exists()


def test_a_file_that_is_not_there_is_no_wrong_list(admin: Admin) -> None:
    assert admin.runs("import", "nowhere.json") == 3


def test_an_older_list_is_refused_unless_it_is_meant(admin: Admin) -> None:
    """It would trust a key again that its country withdrew."""
    admin.brings(gdhcn("2026-02-01T00:00:00Z"))
    assert admin.brings(gdhcn("2026-01-01T00:00:00Z")) == 1
    assert "2026-01-01" in admin.said()
    assert admin.lists()[0]["as_of"].startswith("2026-02-01")
    assert admin.brings(gdhcn("2026-01-01T00:00:00Z"), "--older") == 0
    assert admin.lists()[0]["as_of"].startswith("2026-01-01")


def test_a_list_from_the_future_is_refused(admin: Admin) -> None:
    """The PC's clock is wrong, or the list is; and no later one could replace it."""
    assert admin.brings(gdhcn((datetime.now(UTC) + timedelta(days=2)).isoformat())) == 1


def test_a_key_that_cannot_be_used_is_named(admin: Admin) -> None:
    assert admin.brings(gdhcn("2026-02-01T00:00:00Z", SIGNER, SIGNER | {"publicKeyJwk": {}})) == 0
    assert "用不了的钥匙：第 2 个公钥：公钥不完整" in admin.said()


def test_a_file_without_a_date_has_the_date_that_the_admin_gives(admin: Admin) -> None:
    assert admin.brings(CERTIFICATE, "--date", "2026-03-01") == 0
    assert admin.lists()[0]["as_of"] == "2026-03-01T00:00:00+00:00"
    assert admin.status(CERTIFIED) is CodeStatus.VALID


def test_a_list_put_there_by_hand_counts_until_a_newer_one_comes(admin: Admin) -> None:
    folder = admin.data / "trust"
    folder.mkdir(parents=True)
    (folder / "by hand.json").write_text(json.dumps(directory("k1", "2026-01-01T00:00:00Z")))
    assert admin.status(CARD) is CodeStatus.VALID
    assert admin.brings(directory("k0", "2025-12-01T00:00:00Z")) == 1
    assert admin.brings(directory("k0", "2026-02-01T00:00:00Z")) == 0
    assert admin.status(CARD) is CodeStatus.UNKNOWN_ISSUER


def test_a_damaged_list_is_named_and_the_others_count(admin: Admin, caplog: pytest.LogCaptureFixture) -> None:
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    (admin.data / "trust" / "shapes.json").write_bytes(b"\xff")
    assert admin.status(PASS) is CodeStatus.VALID
    assert "shapes.json left out" in caplog.text
    assert admin.runs("list") == 1
    assert "shapes：用不了" in admin.said()


def test_a_community_brings_its_own_shapes(admin: Admin) -> None:
    shape = "name = 'ours'\nkind = 'place'\npattern = 'https://place[.]example/[0-9]{4}'\nexplanation = 'y'"
    assert admin.brings(f"version = '2'\n[[shape]]\n{shape}") == 0
    assert load_judge(admin.data)("https://place.example/1234", NOW).kind is CodeKind.PLACE


def test_acceptance_rules_decide_from_the_next_start(admin: Admin) -> None:
    admin.brings(CERTIFICATE)
    assert admin.brings({"rules": [issuing.rule({"===": [1, 2]})]}) == 0
    assert admin.status(CERTIFIED) is CodeStatus.WRONG_USE


def test_a_revoked_card_is_revoked(admin: Admin) -> None:
    admin.brings({"keys": [issuing.jwk(KEY, "k1")]}, "--issuer", SHC_ISSUER)
    assert admin.status(CARD) is CodeStatus.VALID
    admin.brings({"kid": "k1", "rids": ["card7"]})
    assert admin.status(CARD) is CodeStatus.REVOKED


def test_a_revoked_card_is_not_good_because_the_list_that_revokes_it_cannot_be_read(admin: Admin) -> None:
    admin.brings({"keys": [issuing.jwk(KEY, "k1")]}, "--issuer", SHC_ISSUER)
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    admin.brings({"kid": "k1", "rids": ["card7"]})
    (list_of_revoked,) = (admin.data / "trust").glob("shc-revocations*.json")
    list_of_revoked.write_bytes(list_of_revoked.read_bytes()[:-9])
    assert admin.status(CARD) is CodeStatus.CANNOT_CHECK
    assert admin.status(PASS) is CodeStatus.VALID, "its lists are whole"

    admin.brings({"kid": "k1", "rids": ["card7"]})
    assert admin.status(CARD) is CodeStatus.REVOKED


@pytest.mark.parametrize("name", ["shc-directory.json", "vci_snapshot.json"])
def test_a_revoked_card_is_not_good_because_the_directory_that_revokes_it_cannot_be_read(
    admin: Admin, name: str
) -> None:
    """Its issuer's keys were brought by themselves as well, and they still verify it."""
    admin.brings({"keys": [issuing.jwk(KEY, "k1")]}, "--issuer", SHC_ISSUER)
    snapshot = directory("k1", "2022-02-01T00:00:00Z")
    snapshot["issuerInfo"][0]["crls"] = [{"kid": "k1", "method": "rid", "ctr": 1, "rids": ["card7"]}]
    (admin.data / "trust" / name).write_text(json.dumps(snapshot), "utf-8")
    assert admin.status(CARD) is CodeStatus.REVOKED
    (admin.data / "trust" / name).write_text(json.dumps(snapshot)[:-40], "utf-8")
    assert admin.status(CARD) is CodeStatus.CANNOT_CHECK


def test_a_certificate_is_not_accepted_without_the_rules_that_cannot_be_read(admin: Admin) -> None:
    admin.brings(CERTIFICATE)
    admin.brings({"rules": [issuing.rule({"===": [1, 2]})]})
    (admin.data / "trust" / "rules.json").write_bytes(b"{")
    assert admin.status(CERTIFIED) is CodeStatus.CANNOT_CHECK


def test_a_revoked_pass_is_not_good_because_half_of_the_list_came_over_from_the_stick(admin: Admin) -> None:
    """Put into the folder by hand, under a name of its own; the stick was pulled out early."""
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    revoked = gate_revocations_text("north gate", [bytes(16), bytes([7]) * 16], NOW)
    (admin.data / "trust" / "北门 2026-03.json").write_text(revoked[:-20], "utf-8")
    assert admin.status(PASS) is CodeStatus.CANNOT_CHECK


def test_what_one_list_revokes_stays_revoked_while_another_cannot_be_read(admin: Admin) -> None:
    """Or whoever was stopped would be measured again, or pass in a drill, because of somebody else's list."""
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    admin.brings(gate_revocations_text("south gate", [issuing.gate_claims()[7]], NOW))
    assert admin.status(PASS) is CodeStatus.REVOKED
    (admin.data / "trust" / "gate-revocations-00000000.json").write_text("{")
    assert admin.status(PASS) is CodeStatus.REVOKED


@pytest.mark.parametrize(
    "left", [b"", bytes(4096), '{"revokedPasses": ["00"], "station": "北门'.encode()[:-1]]
)
def test_a_revoked_pass_is_not_good_because_of_its_list_only_a_torn_file_came_over(
    admin: Admin, left: bytes
) -> None:
    """Nothing at all, zeros, or an end in the middle of a character, under a name of its own."""
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    (admin.data / "trust" / "北门 2026-03.json").write_bytes(left)
    assert admin.status(PASS) is CodeStatus.CANNOT_CHECK


def test_a_revoked_pass_is_not_good_because_the_list_of_them_cannot_be_opened(admin: Admin) -> None:
    """Closed to the gate, say, under a name of its own: nobody knows what it takes back."""
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    (admin.data / "trust" / "北门 2026-03.json").mkdir()  # opens for nobody, not even for root
    assert admin.status(PASS) is CodeStatus.CANNOT_CHECK


def test_a_file_that_is_no_list_makes_no_code_doubtful(admin: Admin) -> None:
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    (admin.data / "trust" / "notes.json").write_text("call the district on Monday", "utf-8")
    assert admin.status(PASS) is CodeStatus.VALID


@pytest.mark.parametrize("id", ["gdhcn", "shapes", "../../secrets"])
def test_there_is_nothing_to_put_back(admin: Admin, id: str) -> None:
    admin.brings(gdhcn("2026-02-01T00:00:00Z"))
    assert admin.runs("restore", id) == 1


def test_a_station_without_lists_says_so_by_its_exit_code(admin: Admin) -> None:
    assert admin.runs("list") == 1


def test_the_parts_of_a_card_on_the_command_line_are_that_card(admin: Admin) -> None:
    admin.brings(directory("k1", "2022-01-01T00:00:00Z"))
    digits = CARD.removeprefix("shc:/")
    texts = [f"shc:/1/2/{digits[:400]}", f"shc:/2/2/{digits[400:]}"]
    assert join(texts) == [CARD, CARD]
    options = ["--at", NOW.isoformat(), "--data", str(admin.data)]
    assert main(["verify", *texts, *options]) == 0
    assert main(["verify", texts[0], *options]) == 1


def test_a_gate_at_work_goes_by_a_list_from_the_moment_it_is_brought(admin: Admin) -> None:
    """Nobody starts it anew for a pass that was taken back; other passes go on being good."""
    claims = issuing.gate_claims(_4=int((datetime.now(UTC) + timedelta(days=9)).timestamp()))
    shown, lost = issuing.gate_pass(KEY, claims), issuing.PASS_ID.hex()
    judge = LiveJudge(admin.data)
    assert not judge.verified(shown)
    admin.brings(PUBLIC, "--issuer", issuing.COMMUNITY)
    judge.reload()
    assert judge.verified(shown)
    assert judge(shown, NOW).status is CodeStatus.VALID
    assert not judge.is_revoked(lost)

    admin.brings(gate_revocations_text("north gate", [issuing.PASS_ID], NOW))
    judge.reload()
    assert not judge.verified(shown)
    assert judge(shown, NOW).status is CodeStatus.REVOKED
    assert [judge.is_revoked(one) for one in (lost, "07" * 16)] == [True, False]
    assert judge.unusable == 0
