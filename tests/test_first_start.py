"""The two commands on machines that lack something. A copy of `run` meets a small PATH of readable fakes."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SYSTEM_COMMANDS = (
    "awk bash cat cmp cp dirname env flock getconf id ldconfig mkdir readlink rm sort sync touch uname"
)

# Stands for Python and for the environment that it makes: it notes what it is asked to do.
FAKE_PYTHON = """#!/bin/bash
echo "python $*" >>"$NOTES"
case "$*" in
    '-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    *' install '*) [ -z "$PIP_FAILS" ] ;;
    *sys.version_info\\ *) [ -z "$PYTHON_IS_OLD" ] ;;
esac
"""
FAKE_APT = """#!/bin/bash
echo "apt-get $*" >>"$NOTES"
"""
FAKE_SUDO = """#!/bin/bash
[ "$1" = true ] || exec "$@"
"""


@dataclass
class Machine:
    """A freshly copied project, and the few programs that this machine has."""

    project: Path
    programs: Path
    notes: Path

    def has(self, program: str, script: str) -> None:
        file = self.programs / program
        file.unlink(missing_ok=True)
        file.write_text(script)
        file.chmod(0o755)

    def lacks(self, soname: str, package: str) -> None:
        (self.project / "packaging/libraries.txt").write_text(
            f"# comment\n\n{soname} {package} pictures of cats\n"
        )

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`./run` with these arguments, from another folder."""
        self.notes.write_text("")
        return subprocess.run(
            [self.project / "run", *arguments],
            env={"PATH": str(self.programs), "NOTES": str(self.notes), "DISPLAY": ":0", **environment},
            cwd=self.programs,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """What the fakes were asked to do in the last run, in order."""
        return self.notes.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    project, programs = tmp_path / "卡口 station", tmp_path / "programs"
    programs.mkdir()
    project.mkdir()
    shutil.copytree(ROOT / "packaging", project / "packaging")
    for name in ("run", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, project / name)
    (project / "packaging/libraries.txt").write_text("libc.so.6 libc6 everything\n")
    for command in SYSTEM_COMMANDS.split():
        found = shutil.which(command, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        assert found, f"this machine has no {command}"
        (programs / command).symlink_to(found)
    machine = Machine(project, programs, tmp_path / "notes")
    machine.has("python3", FAKE_PYTHON)
    machine.has("apt-get", FAKE_APT)
    machine.has("sudo", FAKE_SUDO)  # who runs the tests is not always root
    return machine


def installs(machine: Machine) -> list[str]:
    return [line for line in machine.asked() if " install " in line]


def test_the_first_start_installs_from_the_lock_and_opens_the_station(machine: Machine) -> None:
    assert machine.run("demo").returncode == 0

    assert installs(machine) == [
        "python -m pip --disable-pip-version-check install --no-input --only-binary :all: --require-hashes"
        f" --requirement {machine.project}/requirements.lock"
    ]
    assert machine.asked()[-1] == "python -P -m station demo"


def test_the_second_start_installs_nothing(machine: Machine) -> None:
    machine.run("demo")

    assert machine.run("demo").returncode == 0
    assert machine.asked() == ["python -c ", "python -P -m station demo"]


def test_an_environment_made_for_the_tests_also_runs_the_station(machine: Machine) -> None:
    machine.run("demo")
    shutil.copy(machine.project / "requirements-dev.lock", machine.project / ".venv/installed.lock")

    machine.run("demo")

    assert not installs(machine)


def test_a_new_lock_is_installed_into_the_environment_that_is_there(machine: Machine) -> None:
    machine.run("demo")
    (machine.project / ".venv/kept").touch()
    (machine.project / "requirements.lock").write_text("six==1.17.0\n")

    machine.run("demo")

    assert len(installs(machine)) == 1
    assert (machine.project / ".venv/kept").exists()


def test_an_install_that_was_cut_off_starts_afresh(machine: Machine) -> None:
    machine.run("demo")
    (machine.project / ".venv/unfinished").touch()
    (machine.project / ".venv/installed.lock").unlink()
    (machine.project / ".venv/half a package").touch()

    machine.run("demo")

    assert len(installs(machine)) == 1
    assert not (machine.project / ".venv/half a package").exists()


def test_an_environment_whose_python_is_gone_is_made_again(machine: Machine) -> None:
    machine.run("demo")
    (machine.project / ".venv/bin/python").unlink()

    assert machine.run("demo").returncode == 0
    assert len(installs(machine)) == 1


def test_without_a_network_it_says_what_to_do_and_the_next_start_tries_again(machine: Machine) -> None:
    offline = machine.run("demo", PIP_FAILS="yes")

    assert offline.returncode == 3
    assert "请检查网络" in offline.stderr
    assert machine.asked()[-1] != "python -P -m station demo"
    assert machine.run("demo").returncode == 0


def test_a_missing_library_is_named_before_anything_is_installed(machine: Machine) -> None:
    machine.lacks("libmeow.so.9", "libmeow9")

    first = machine.run("demo")

    assert "libmeow.so.9" in first.stderr
    assert "pictures of cats" in first.stderr
    assert "apt-get install --yes --no-install-recommends libmeow9" in machine.asked()


def test_no_apt_only_names_what_is_missing(machine: Machine) -> None:
    machine.lacks("libmeow.so.9", "libmeow9")

    named = machine.run("--no-apt", "demo")

    assert named.returncode == 3
    assert "apt-get install --yes --no-install-recommends libmeow9" in named.stderr
    assert not [line for line in machine.asked() if "apt-get" in line]
    assert not installs(machine)


def test_an_account_that_may_not_install_is_told_so_and_not_to_look_at_the_network(machine: Machine) -> None:
    machine.lacks("libmeow.so.9", "libmeow9")
    machine.has("id", "#!/bin/bash\necho 1000\n")
    machine.has("sudo", "#!/bin/bash\necho volunteer is not in the sudoers file. >&2\nexit 1\n")

    told = machine.run("demo")

    assert told.returncode == 3
    assert "没有管理员权限" in told.stderr
    assert "  apt-get install --yes --no-install-recommends libmeow9\n" in told.stderr
    assert "网络" not in told.stderr
    assert not [line for line in machine.asked() if "apt-get" in line]


def test_a_system_without_apt_is_told_what_it_lacks(machine: Machine) -> None:
    machine.lacks("libmeow.so.9", "libmeow9")
    (machine.programs / "apt-get").unlink()

    told = machine.run("demo")

    assert told.returncode == 3
    assert "libmeow.so.9" in told.stderr
    assert "没有 apt-get" in told.stderr


def test_a_library_that_is_there_is_not_asked_for(machine: Machine) -> None:
    machine.run("demo")

    assert not [line for line in machine.asked() if "apt-get" in line]


def test_an_old_python_is_refused_in_plain_words(machine: Machine) -> None:
    refused = machine.run("demo", PYTHON_IS_OLD="yes")

    assert refused.returncode == 3
    assert "需要 Python 3.11" in refused.stderr


def test_an_old_system_is_refused_before_anything_is_downloaded(machine: Machine) -> None:
    (machine.programs / "getconf").unlink()
    machine.has("getconf", "#!/bin/bash\necho glibc 2.31")

    refused = machine.run("demo")

    assert refused.returncode == 3
    assert "glibc 2.31" in refused.stderr
    assert not installs(machine)


@pytest.mark.parametrize("arguments", [(), ("demo",), ("run", "--emulate")])
def test_without_a_screen_it_says_so_at_once(machine: Machine, arguments: tuple[str, ...]) -> None:
    refused = machine.run(*arguments, DISPLAY="")

    assert refused.returncode == 3
    assert "没有找到屏幕" in refused.stderr
    assert machine.asked() == []


@pytest.mark.parametrize("arguments", [("doctor",), ("--version",), ("run", "--headless")])
def test_what_opens_no_window_needs_no_screen(machine: Machine, arguments: tuple[str, ...]) -> None:
    assert machine.run(*arguments, DISPLAY="").returncode == 0
    assert machine.asked()[-1] == f"python -P -m station {' '.join(arguments)}"
