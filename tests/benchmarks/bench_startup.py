"""How long the window takes to come up; run by hand: ``python tests/benchmarks/bench_startup.py``.

Times count from the start of the process. Two moments: the start page is painted, and the first
frame of the demonstration coding is painted. Each is taken warm and with the files of the program
and its libraries thrown out of the disk cache, without a screen and on a virtual one (Xvfb, where
it is installed). What is loaded by then is printed beside it.

``--demo DIR`` names a prepared demonstration; without it one is made, which takes a while.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.demonstration.session import prepare

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
WATCHED = ("numpy", "av", "sqlite3", "msgspec", "cv2", "pandas", "scipy")

# Says in one line of JSON when the first page was painted, or the first frame, and what is loaded.
CHILD = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from ssp_coder.ui.application import application, make_window

watched, path = sys.argv[1].split(","), sys.argv[2]

def tell(*_):
    loaded = [name for name in watched if name in sys.modules]
    print(json.dumps({"at": time.monotonic(), "loaded": loaded}), flush=True)
    app.quit()

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is window.start:
            app.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False

app = application()
window = make_window(app)
if not path:
    first = FirstPaint()
    app.installEventFilter(first)
window.show()
if path:
    window.desk.open_path(Path(path))
    window.workspace.player.moment_changed.connect(lambda _moment: QTimer.singleShot(0, tell))
app.exec()
window.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name) / "demonstration"
        if wanted.demo:
            shutil.copytree(wanted.demo, folder)
        coding = prepare(folder).working
        measure("offscreen", os.environ | {"QT_QPA_PLATFORM": "offscreen"}, Path(name), coding)
        with virtual_screen() as screen:
            if screen:
                measure(
                    "Xvfb", os.environ | {"QT_QPA_PLATFORM": "xcb"} | screen, Path(name), coding
                )


def measure(where: str, env: dict[str, str], home: Path, coding: Path) -> None:
    env |= {"PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false", "HOME": str(home)}
    env |= {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    for page, path in (("start page painted", ""), ("demonstration's first frame", str(coding))):
        once(env, path)
        warm = [once(env, path) for _ in range(RUNS)]
        show(f"{where}, {page}, warm", warm)
        cold = []
        for _ in range(RUNS):
            forget_files()
            cold.append(once(env, path))
        show(f"{where}, {page}, cold files", cold)


def once(env: dict[str, str], path: str) -> tuple[float, tuple[str, ...]]:
    """Milliseconds until the moment, and what was loaded then."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, ",".join(WATCHED), path],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    said = json.loads(done.stdout.splitlines()[0])
    return 1000 * (said["at"] - began), tuple(said["loaded"])


def forget_files() -> None:
    """Throw what the program reads out of the disk cache, as far as nobody else holds it."""
    places = [Path(sysconfig.get_paths()["purelib"]), ROOT / "ssp_coder", ROOT / "schemas"]
    for place in places:
        for path in place.rglob("*"):
            if path.is_file():
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """A screen of its own, empty where Xvfb is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        yield {}
        return
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1920x1080x24"]
    process = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield {"DISPLAY": f":{said.readline().strip()}"}
    finally:
        process.terminate()
        process.wait()


def show(name: str, runs: list[tuple[float, tuple[str, ...]]]) -> None:
    times = [time_ms for time_ms, _ in runs]
    loaded = ", ".join(runs[-1][1])
    sys.stdout.write(
        f"{name:52}{statistics.median(times):7.0f} ms median{max(times):7.0f} max"
        f"  n = {len(times)}  loaded: {loaded}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
