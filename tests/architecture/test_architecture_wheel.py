from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from source_tree import PACKAGE, ROOT

FOLDERS = ("ssp_coder", "episodes", "schemas")
BUNDLED = "ssp_coder/_bundled"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command without the checkout on its path and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    outcome = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def files_of_the_project() -> set[str]:
    """What git holds or would add under the three folders; without git, what lies there."""
    if shutil.which("git") and (ROOT / ".git").exists():
        git = ("git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--deduplicate")
        listed = run(*git, "--cached", "--others", "--exclude-standard", "--", *FOLDERS)
        return {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    every = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return {p.relative_to(ROOT).as_posix() for p in every if "__pycache__" not in p.parts}


def place_in_wheel(name: str) -> str:
    return name if name.startswith("ssp_coder/") else f"{BUNDLED}/{name}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a fresh environment that holds this wheel.

    The dependencies are those at hand, by a path file; path files are not followed further, so
    the checkout, should it be installed there in editable form, stays out of sight.
    """
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=False)
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    paths = sysconfig.get_paths(scheme, {"base": str(home), "platbase": str(home)})
    python = Path(paths["scripts"]) / Path(sys.executable).name
    own = Path(sysconfig.get_paths()["purelib"])
    (Path(paths["purelib"]) / "dependencies.pth").write_text(f"{own}\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", "--force-reinstall", wheel)
    return python.parent


def test_the_wheel_holds_exactly_the_files_of_the_project(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert members == {place_in_wheel(name) for name in files_of_the_project()}


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = (name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_the_installed_package_is_the_wheels_with_its_own_instruments(
    installed: Path, tmp_path: Path
) -> None:
    program = (
        "import ssp_coder; from ssp_coder.resources import bundled;"
        "print(ssp_coder.__file__, bundled('episodes'), bundled('schemas'), sep='\\n')"
    )
    places = run(installed / "python", "-c", program, cwd=tmp_path).splitlines()
    assert all(Path(place).is_relative_to(installed.parent) for place in places)
    assert not any(Path(place).is_relative_to(PACKAGE) for place in places)
    assert [Path(place).parent.name for place in places[1:]] == ["_bundled", "_bundled"]


@pytest.mark.parametrize("command", [("--help",), ("check", "--bundled")])
def test_the_installed_command_works(
    installed: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert run(installed / "ssp-coder", *command, cwd=tmp_path)
