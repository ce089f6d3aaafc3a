"""Settings are changed line by line: comments and all else stay, and a broken file is left alone."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.settings import Settings, SettingsError, load_settings
from station.settings_file import change_settings

BY_HAND = """\
# 东门，2022 年 4 月装
gate = "幸福里小区 · 东门"   # 牌子上的字

thermometer = 'usb:1-1.1,lu90614'  # 靠墙那支
lane = "2"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "settings.toml").write_text(BY_HAND, "utf-8")
    return tmp_path


def text(data: Path) -> str:
    return (data / "settings.toml").read_text("utf-8")


def test_one_line_changes_and_its_comment_stays(data: Path) -> None:
    change_settings(data, {"thermometer": "usb:1-1.2,gy-mcu90614"})
    assert text(data) == BY_HAND.replace("'usb:1-1.1,lu90614'", '"usb:1-1.2,gy-mcu90614"')


def test_what_was_not_there_comes_at_the_end(data: Path) -> None:
    settings = change_settings(data, {"camera": "/dev/v4l/by-id/usb-cam"})
    assert text(data) == BY_HAND + 'camera = "/dev/v4l/by-id/usb-cam"\n'
    assert settings == load_settings(data)


def test_what_is_taken_out_leaves_the_rest(data: Path) -> None:
    settings = change_settings(data, {"thermometer": None})
    assert settings.thermometer is None
    assert text(data) == BY_HAND.replace("thermometer = 'usb:1-1.1,lu90614'  # 靠墙那支\n", "")


def test_a_commented_line_is_no_setting(data: Path) -> None:
    (data / "settings.toml").write_text('# camera = "0"\n', "utf-8")
    change_settings(data, {"camera": "1"})
    assert text(data) == '# camera = "0"\ncamera = "1"\n'


def test_the_first_settings_make_the_file_and_its_folder(tmp_path: Path) -> None:
    change_settings(tmp_path / "new", {"camera": "0"})
    path = tmp_path / "new" / "settings.toml"
    assert path.read_text("utf-8") == 'camera = "0"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_notepad_is_understood(data: Path) -> None:
    (data / "settings.toml").write_bytes(b'\xef\xbb\xbflane = "3"\r\n')
    settings = change_settings(data, {"camera": "0"})
    assert (settings.lane, settings.camera) == ("3", "0")
    assert load_settings(data) == settings


def test_a_value_over_several_lines_is_left_to_an_editor(data: Path) -> None:
    before = 'camera = """0"""\n'
    (data / "settings.toml").write_text(before, "utf-8")
    with pytest.raises(SettingsError, match="editor"):
        change_settings(data, {"camera": "1"})
    assert text(data) == before


def test_a_broken_file_is_named_and_left_alone(data: Path) -> None:
    (data / "settings.toml").write_text("lane = \n", "utf-8")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        change_settings(data, {"camera": "1"})
    assert text(data) == "lane = \n"


@pytest.mark.parametrize("hours", ["inf", "nan", "1e300", "0"])
def test_a_stay_that_is_no_length_of_time_is_named_at_the_start_and_not_at_the_first_visitor(
    data: Path, hours: str
) -> None:
    (data / "settings.toml").write_text(f"stay_hours = {hours}\n", "utf-8")
    with pytest.raises(SettingsError, match="stay_hours"):
        load_settings(data)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing_is_said(data: Path) -> None:
    data.chmod(0o500)
    try:
        with pytest.raises(SettingsError):
            change_settings(data, {"camera": "1"})
    finally:
        data.chmod(0o700)
    assert text(data) == BY_HAND


def test_nothing_half_written_stays_beside_it(data: Path) -> None:
    change_settings(data, {"camera": "1"})
    assert [one.name for one in data.iterdir()] == ["settings.toml"]


NAMES = st.sampled_from(["camera", "thermometer", "scanner"])
VALUES = st.none() | st.text(min_size=1, max_size=20)


@given(st.lists(st.dictionaries(NAMES, VALUES, min_size=1), min_size=1, max_size=5))
def test_whatever_is_written_reads_back_or_nothing_changes(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, str | None]]
) -> None:
    data = tmp_path_factory.mktemp("data")
    (data / "settings.toml").write_text(BY_HAND, "utf-8")
    expected = load_settings(data)
    for change in changes:
        try:
            change_settings(data, change)
        except SettingsError:
            pass
        else:
            expected = msgspec.structs.replace(expected, **change)
        assert load_settings(data) == expected
        assert "# 牌子上的字" in text(data)
        tomllib.loads(text(data))


def test_every_setting_of_a_device_is_a_setting() -> None:
    from station.ui.admin.bench import Use

    assert {use.value for use in Use} <= set(Settings.__struct_fields__)
