"""How long storing and opening take; run by hand: ``python tests/benchmarks/bench_storage.py``.

Prints milliseconds for a coding of 10,000 events, made event by event.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.storage.backups import backup
from ssp_coder.storage.coding_file import CodingFile, create, open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import add, coding, infant_scheme, video

EVENTS = 10_000
SINGLE = 500
REPEATS = 5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "bench.sspc"
        file = create(
            path, coding=coding(media=(video(20_000),)), scheme=infant_scheme(), who="c01"
        )
        show("10,000 events, in a row", [timed(lambda: fill(file))])
        latencies = [latency(file, number) for number in range(SINGLE)]
        show("one event more, submit until on the disk", latencies)
        show("close", [timed(file.close)])
        say(f"{'size':42}{path.stat().st_size / 1e6:8.1f} MB")
        show("backup", [timed(lambda: backup(path))])
        show("open for writing", [timed(lambda: reopen(path)) for _ in range(REPEATS)])
        show("open read-only", [timed(lambda: open_read_only(path)) for _ in range(REPEATS)])
        show("verify", [timed(lambda: sound(path))])


def fill(file: CodingFile) -> None:
    document = file.document()
    for number in range(EVENTS):
        document.submit(add("seeking.reach", number * 1.5))
    file.flush(600)


def latency(file: CodingFile, number: int) -> float:
    """Milliseconds from submitting until the disk has it, as a coder presses keys one by one."""
    saved = threading.Event()
    file.tell(on_saved=lambda _seq: saved.set(), on_failed=lambda _seq, reason: sys.exit(reason))
    began = time.perf_counter()
    file.document().submit(add("seeking.reach", 17_000 + number / 10))
    saved.wait()
    return 1000 * (time.perf_counter() - began)


def reopen(path: Path) -> None:
    open_for_writing(path, "c01").close()


def sound(path: Path) -> None:
    if verify(path):
        raise SystemExit("the file is not sound")


def timed(action) -> float:
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def show(name: str, times: list[float]) -> None:
    if len(times) == 1:
        say(f"{name:42}{times[0]:8.1f}")
        return
    p99 = statistics.quantiles(times, n=100)[98] if len(times) > 50 else max(times)
    word = "p99" if len(times) > 50 else "max"
    say(f"{name:42}{statistics.median(times):8.1f} p50{p99:10.1f} {word}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
