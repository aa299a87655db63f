"""How long judging and fitting take; run by hand: ``python tests/benchmarks/bench_rules.py``.

Prints seconds, and each as a share of one plain loop of the same machine, so that two runs on
different machines can be compared.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.calibration.band_sampling import confusion
from ssp_coder.calibration.census import census
from ssp_coder.calibration.functions import Priors
from ssp_coder.calibration.judging import judged_inputs
from ssp_coder.calibration.refit import Method, refit
from ssp_coder.calibration.sample import LabelledCase, Sample, sample_of
from ssp_coder.catalog.tables import available_rule_tables, load_rule_table
from ssp_coder.cli import main as command_line
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.rules.audit import audit_table
from tests.builders import infant_scheme

ROWS = 10_000
REPEATS = 3
YARDSTICK = 5_000_000


def main() -> None:
    yard = best(yardstick, 1)
    say(f"{'yardstick: a plain loop':46}{yard:8.2f} s")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for title, optional in (("no optional input", False), ("all inputs", True)):
            path = ratings(Path(folder) / "ratings.csv", infant_scheme().rules, optional)
            show(
                f"classify --ratings, 10,000 rows, {title}", yard, lambda path=path: classify(path)
            )
    for summary in available_rule_tables():
        if summary.closed or summary.problem is not None:
            continue
        table = load_rule_table(summary.id).table
        show(f"audit {table.id}", yard, lambda table=table: audit_table(table))
        show(f"census {table.id}, 7^8", yard, lambda table=table: census(table), 1)
        show(f"sample bands {table.id}", yard, lambda table=table: confusion(table, 10_000, 1), 1)
    for method in Method:
        for n in (300, 1_000):
            given = sample(n)
            show(
                f"refit {method.value} with each left out, n = {n:,}",
                yard,
                lambda given=given, method=method: refit(
                    given, method=method, priors=Priors.SAMPLE
                ),
            )


def yardstick() -> None:
    total = 0
    for number in range(YARDSTICK):
        total += number & 7


def ratings(path: Path, table: RuleTable, optional: bool) -> Path:
    """Ratings drawn evenly from every admissible value."""
    random = np.random.default_rng(1)
    required = judged_inputs(table)
    inputs = [one for one in table.inputs if optional or one.id in required]
    columns = [
        random.integers(int(one.minimum), int(one.maximum) + 1, ROWS).tolist() for one in inputs
    ]
    lines = [",".join(("session_id", *(one.id for one in inputs)))]
    for place, values in enumerate(zip(*columns, strict=True)):
        lines.append(",".join((f"S{place:05}", *map(str, values))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def classify(path: Path) -> None:
    with redirect_stdout(StringIO()):
        command_line(["classify", "--ratings", str(path), "--scheme", infant_scheme().id])


def sample(n: int) -> Sample:
    random = np.random.default_rng(n)
    names = judged_inputs(infant_scheme().rules)
    groups = ("first", "second", "third")
    centres = random.uniform(2, 6, (len(groups), len(names)))
    labels = random.choice(len(groups), n, p=(0.2, 0.65, 0.15))
    drawn = np.clip(np.round(centres[labels] + random.normal(0, 1.6, (n, len(names)))), 1, 7)
    return sample_of(
        (
            LabelledCase(values=tuple(map(float, row)), group=groups[label])
            for row, label in zip(drawn, labels, strict=True)
        ),
        variables=names,
        groups=groups,
    )


def show(title: str, yard: float, work: Callable[[], object], repeats: int = REPEATS) -> None:
    seconds = best(work, repeats)
    say(f"{title:46}{seconds:9.4f} s{seconds / yard:10.3f} yards")


def best(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
