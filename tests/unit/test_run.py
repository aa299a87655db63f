from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__)


class Calls:
    """Stands for the outside world: records every command and answers with a chosen exit code."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.code_of: Callable[[list[str]], int] = lambda command: 0

    def call(self, command: list[str]) -> int:
        self.commands.append(command)
        return self.code_of(command)

    def call_together(self, commands: list[list[str]]) -> list[tuple[int, float]]:
        return [(self.call(command), 0.0) for command in commands]

    def succeeds(self, command: list[str], *, tell_failure: bool = False) -> bool:
        return self.call(command) == 0

    def words(self) -> list[str]:
        return [" ".join(command) for command in self.commands]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    made = Calls()
    monkeypatch.setattr(run, "call", made.call)
    monkeypatch.setattr(run, "call_together", made.call_together)
    monkeypatch.setattr(run, "succeeds", made.succeeds)
    return made


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project folder of its own, with an environment whose interpreter exists."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(run, "CARRIERS_STAMP", tmp_path / ".venv" / "carriers")
    monkeypatch.setattr(run, "PYTHON", python)
    return tmp_path


@pytest.fixture
def lists(checkout: Path) -> tuple[Path, Path]:
    """Two lists of packages that are installed for one file."""
    made = (checkout / "model.txt", checkout / "picture.txt")
    for place in made:
        place.write_text(f"{place.stem}==1.0\n", encoding="utf-8")
    return made


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian that has fonts, but where no shared library is found."""
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "is_debian", lambda: True)
    monkeypatch.setattr(run, "loads", lambda soname: False)


def installs(calls: Calls) -> list[str]:
    return [command for command in calls.words() if " install " in command]


def test_an_older_python_can_read_the_door() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_door_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


# ---------------------------------------------------------------- the environment


def test_a_first_start_installs_and_a_second_does_not(checkout: Path, calls: Calls) -> None:
    run.prepare("dev")
    assert len(installs(calls)) == 1
    assert installs(calls)[0].endswith(f"--editable {checkout}[dev]")
    calls.commands.clear()
    run.prepare("dev")
    assert calls.commands == []


def test_an_environment_for_tests_is_good_enough_for_the_demo(checkout: Path, calls: Calls) -> None:
    run.prepare("dev")
    calls.commands.clear()
    run.prepare("")
    assert calls.commands == []


def test_an_environment_for_the_demo_is_completed_for_tests(checkout: Path, calls: Calls) -> None:
    run.prepare("")
    assert installs(calls)[0].endswith(f"--editable {checkout}")
    run.prepare("dev")
    assert len(installs(calls)) == 2


def test_a_changed_list_of_packages_installs_again(checkout: Path, calls: Calls) -> None:
    run.prepare("dev")
    (checkout / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    run.prepare("dev")
    assert len(installs(calls)) == 2


def test_a_failed_installation_is_not_taken_for_a_good_one(
    checkout: Path, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    calls.code_of = lambda command: int("install" in command)
    with pytest.raises(SystemExit):
        run.prepare("dev")
    assert "needs the network" in capsys.readouterr().err
    assert not run.STAMP.exists()


def test_a_working_environment_made_by_hand_is_kept(checkout: Path, calls: Calls) -> None:
    run.make_venv()
    assert not any("venv" in command[1:] for command in calls.commands)


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path, calls: Calls) -> None:
    run.PYTHON.unlink()
    run.make_venv()
    assert [sys.executable, "-m", "venv", "--clear", str(run.VENV)] in calls.commands


def test_without_ensurepip_the_environment_borrows_the_pip_at_hand(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.PYTHON.unlink()
    calls.code_of = lambda command: int(command[-1] in {"import venv, ensurepip", "import pip"})
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: name == "pip" or None)
    run.make_venv()
    assert "--without-pip" in calls.words()[-1]
    assert run.pip() == [sys.executable, "-m", "pip", "--python", str(run.PYTHON)]


def test_a_debian_python_without_venv_gets_it(
    checkout: Path, calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.PYTHON.unlink()
    monkeypatch.setattr(run, "privilege", list)
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    run.make_venv()
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert installs(calls)[0].endswith(package)


def test_a_python_that_is_too_old_hands_over_to_one_that_works(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run.sys, "argv", ["run.py", "test", "--fast"])
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/opt/{name}")
    monkeypatch.setenv(run.HANDED_OVER, "")
    monkeypatch.delenv(run.HANDED_OVER)
    broken, working = (f"/opt/{name}" for name in run.NEWER_PYTHONS[:2])
    calls.code_of = lambda command: int(command[0] == broken)
    with pytest.raises(SystemExit) as end:
        run.hand_over_to_newer_python()
    assert end.value.code == 0
    assert calls.commands[-1] == [working, str(SOURCE), "test", "--fast"]
    assert [broken, str(SOURCE), "test", "--fast"] not in calls.commands


def test_a_python_that_is_too_old_and_alone_says_what_is_needed(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as end:
        run.hand_over_to_newer_python()
    assert end.value.code == 1
    assert "needs Python 3.11 or later" in capsys.readouterr().err


# ---------------------------------------------------------------- packages for one file


def test_carriers_come_once_and_without_what_they_would_need(
    lists: tuple[Path, Path], calls: Calls
) -> None:
    assert run.fetch_carriers(*lists)
    (install,) = installs(calls)
    assert "--no-deps" in install
    assert install.endswith(f"--requirement {lists[0]} --requirement {lists[1]}")
    calls.commands.clear()
    assert run.fetch_carriers(*lists)
    assert run.fetch_carriers(lists[0])
    assert calls.commands == []


def test_what_the_demo_fetched_is_completed_for_tests(
    lists: tuple[Path, Path], calls: Calls
) -> None:
    run.fetch_carriers(lists[0])
    run.fetch_carriers(*lists)
    assert len(installs(calls)) == 2


def test_another_version_of_a_carrier_is_fetched(lists: tuple[Path, Path], calls: Calls) -> None:
    run.fetch_carriers(*lists)
    lists[0].write_text("model==2.0\n", encoding="utf-8")
    run.fetch_carriers(*lists)
    assert len(installs(calls)) == 2


def test_carriers_are_asked_for_again_after_the_packages_were(
    lists: tuple[Path, Path], calls: Calls
) -> None:
    run.prepare("dev")
    run.fetch_carriers(*lists)
    (run.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    run.prepare("dev")
    run.fetch_carriers(*lists)
    assert [" --no-deps " in command for command in installs(calls)] == [False, True] * 2


def test_a_carrier_that_cannot_be_fetched_is_told_and_asked_for_again(
    lists: tuple[Path, Path], calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    calls.code_of = lambda command: int("install" in command)
    assert not run.fetch_carriers(lists[0])
    assert f"--requirement {lists[0]}" in capsys.readouterr().out
    assert not run.CARRIERS_STAMP.exists()
    calls.code_of = lambda command: 0
    assert run.fetch_carriers(lists[0])


@pytest.mark.parametrize("place", [run.FACE_MODEL, run.TEST_PICTURE])
def test_each_list_of_carriers_names_one_version(place: Path) -> None:
    lines = place.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if "==" in line and not line.startswith("#")]) == 1


# ---------------------------------------------------------------- system libraries


def test_missing_libraries_are_installed_by_root(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "privilege", list)
    run.require_system_libraries(run.DRAWING)
    update, install = calls.words()
    assert update.endswith("update")
    assert all(library.package in install for library in run.DRAWING)
    assert "DEBIAN_FRONTEND=noninteractive" in install


def test_missing_libraries_are_installed_with_sudo_that_asks_nothing(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    run.require_system_libraries(run.DRAWING)
    assert calls.words()[0] == "sudo -n true"
    assert installs(calls)[0].startswith("sudo -n env ")


def test_who_may_not_install_is_told_the_exact_line(
    calls: Calls,
    debian: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run, "privilege", lambda: None)
    with pytest.raises(SystemExit):
        run.require_system_libraries(run.DRAWING[:2])
    assert "apt-get install -y --no-install-recommends libgl1 libegl1" in capsys.readouterr().err
    assert calls.commands == []


def test_another_linux_is_told_the_names_and_goes_on(
    calls: Calls,
    debian: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run, "is_debian", lambda: False)
    run.require_system_libraries(run.DRAWING[:1])
    assert "libGL.so.1" in capsys.readouterr().out
    assert calls.commands == []


def test_a_complete_system_installs_nothing(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "DejaVuSans.ttf").touch()
    monkeypatch.setattr(run, "FONTS", (tmp_path,))
    monkeypatch.setattr(run, "loads", lambda soname: True)
    run.require_system_libraries(run.DRAWING + run.WINDOW)
    assert calls.commands == []


def test_a_system_without_any_font_gets_one(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "FONTS", (tmp_path,))
    monkeypatch.setattr(run, "loads", lambda soname: True)
    monkeypatch.setattr(run, "privilege", list)
    run.require_system_libraries(run.DRAWING)
    assert installs(calls)[0].endswith(run.FONT_PACKAGE)


def test_sound_libraries_are_installed_where_nobody_need_be_asked(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "privilege", list)
    run.offer_sound_libraries()
    assert installs(calls)[0].endswith("libpulse0 libgssapi-krb5-2")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("may_install", [True, False])
def test_without_sound_libraries_everything_else_goes_on(
    calls: Calls,
    debian: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    may_install: bool,
) -> None:
    monkeypatch.setattr(run, "privilege", lambda: [] if may_install else None)
    calls.code_of = lambda command: 100
    run.offer_sound_libraries()
    told = capsys.readouterr().out
    assert "without sound" in told
    assert "apt-get install -y --no-install-recommends libpulse0 libgssapi-krb5-2" in told


def test_where_sound_is_complete_nothing_is_said(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "loads", lambda soname: True)
    run.offer_sound_libraries()
    assert (calls.commands, capsys.readouterr().out) == ([], "")


def test_only_linux_needs_sound_libraries(
    calls: Calls, debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.sys, "platform", "darwin")
    run.offer_sound_libraries()
    assert calls.commands == []


def test_a_library_that_does_not_exist_does_not_load() -> None:
    assert not run.loads("libno-such-library.so.0")


# ---------------------------------------------------------------- the two commands


calls_for_sound: list[int] = []


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "prepare", lambda extra: None)
    monkeypatch.setattr(run, "fetch_carriers", lambda *lists: True)
    monkeypatch.setattr(run, "require_system_libraries", lambda libraries: None)
    monkeypatch.setattr(run, "offer_sound_libraries", lambda: calls_for_sound.append(1))
    calls_for_sound.clear()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_with_a_display_the_demo_opens_the_window(
    calls: Calls, ready: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "has_display", lambda: True)
    assert run.demo(["--into", "out"]) == 0
    assert calls.commands == [[str(run.PYTHON), "-m", "ssp_coder", "demo", "--into", "out"]]
    assert calls_for_sound


@pytest.mark.parametrize("arguments", [[], ["--headless"]])
def test_without_a_display_the_demo_is_headless(
    calls: Calls, ready: None, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(run, "has_display", lambda: False)
    run.demo(arguments)
    assert calls.commands[0][3:] == ["demo", "--headless"]
    assert not calls_for_sound


def test_without_the_face_model_the_demo_goes_on_and_says_so(
    calls: Calls, ready: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "fetch_carriers", lambda *lists: lists != (run.FACE_MODEL,))
    monkeypatch.setattr(run, "has_display", lambda: True)
    assert run.demo([]) == 0
    assert calls.commands[-1][-1] == "demo"
    assert "covers of faces in clips are drawn by hand" in capsys.readouterr().out


def test_without_the_face_model_or_the_picture_the_tests_fail(
    calls: Calls, ready: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = (run.FACE_MODEL, run.TEST_PICTURE)
    monkeypatch.setattr(run, "fetch_carriers", lambda *lists: lists != wanted)
    with pytest.raises(SystemExit) as end:
        run.test([], fast=True)
    assert end.value.code == 1
    assert "need these packages" in capsys.readouterr().err
    assert calls.commands == []


@pytest.mark.parametrize(
    ("variable", "display"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("NONE", False)]
)
def test_a_display_is_seen_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, display: bool
) -> None:
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv(variable, ":0")
    assert run.has_display() is display


def test_all_checks_run_and_pytest_is_last(calls: Calls, ready: None) -> None:
    assert run.test(["-k", "a name"], fast=False) == 0
    tools = ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest -k a name")
    assert len(calls.commands) == len(tools)
    assert all(tool in command for tool, command in zip(tools, calls.words(), strict=True))


def test_fast_leaves_out_what_is_slow(calls: Calls, ready: None) -> None:
    run.test([], fast=True)
    assert not any("mypy" in command for command in calls.words())
    assert all("pytest -m not slow" in command for command in calls.words()[-2:])


def test_the_halves_of_the_tests_are_all_tests_and_none_is_run_twice(
    calls: Calls, ready: None
) -> None:
    run.test([], fast=False)
    window, others = (command[command.index("pytest") + 1 :] for command in calls.commands[-2:])
    assert others == ["tests", *(f"--ignore={path}" for path in window)]
    assert all((SOURCE.parent / path).is_dir() for path in window)


def test_commands_side_by_side_are_told_with_their_codes_one_after_the_other(
    capfd: pytest.CaptureFixture[str],
) -> None:
    said = [
        [sys.executable, "-c", f"print({word!r}); raise SystemExit({code})"]
        for word, code in (("first", 0), ("second", 3), ("third", 0))
    ]
    assert [code for code, _ in run.call_together(said)] == [0, 3, 0]
    assert capfd.readouterr().out.split() == ["first", "second", "third"]


def test_commands_side_by_side_really_run_at_the_same_time(tmp_path: Path) -> None:
    # Each waits until the other has begun: one after the other they would never end.
    wait = (
        "import pathlib, sys, time\n"
        "pathlib.Path(sys.argv[1]).touch()\n"
        "end = time.monotonic() + 60\n"
        "while not pathlib.Path(sys.argv[2]).exists():\n"
        "    time.sleep(0.01)\n"
        "    assert time.monotonic() < end\n"
    )
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    both = [[sys.executable, "-c", wait, *pair] for pair in ((one, other), (other, one))]
    assert [code for code, _ in run.call_together(both)] == [0, 0]


def test_an_interruption_ends_what_runs_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "call", lambda command: run.INTERRUPTED)
    forever = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    codes = [code for code, _ in run.call_together([["given up"], forever])]
    assert codes[0] == run.INTERRUPTED
    assert codes[1] != 0


@pytest.mark.parametrize("failing", ["check", "--check", "mypy", "tests/ui", "tests"])
def test_one_failure_fails_the_whole_but_the_rest_still_runs(
    calls: Calls, ready: None, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    calls.code_of = lambda command: int(failing in command)
    assert run.test([], fast=False) == 1
    assert len(calls.commands) == 6
    assert capsys.readouterr().out.count("FAILED (exit code 1)") == 1


def test_arguments_of_the_other_program_pass_through_in_order() -> None:
    wish, rest = run.parser().parse_known_args(["test", "--fast", "-k", "frame", "tests/unit"])
    assert wish.fast
    assert rest == ["-k", "frame", "tests/unit"]
    wish, rest = run.parser().parse_known_args(["demo", "--into", "out", "--help"])
    assert wish.command == "demo"
    assert rest == ["--into", "out", "--help"]
