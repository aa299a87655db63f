"""How long the agreement of a whole study takes; ``python tests/benchmarks/bench_study.py``.

500 sessions by two coders, about 310 events each, with ratings and classes, made in memory.
``--only study`` (or ``report``, ``pairs``) runs one part; ``--sessions N`` makes it smaller, and
the figures are then told for 500. All figures are seconds of the processor, without imports.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.study import StudyAgreement, study_agreement
from ssp_coder.agreement.study_cases import CodingPair
from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.reporting.agreement_figures import study_rows
from ssp_coder.reporting.agreement_json import study_json
from ssp_coder.reporting.agreement_page import page_html
from ssp_coder.reporting.agreement_report import StudyReport
from ssp_coder.reporting.agreement_study import study_blocks
from tests.agreement_codings import coded_twice
from tests.benchmarks.bars import Bar, at_most, conclude, say
from tests.builders import infant_scheme

SESSIONS = 500
EVENTS = 310
WHOLE_S = 90.0


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def judged(coding: Coding, seed: int, *, strays: bool) -> Coding:
    """The coding with every place rated and a class; the second coder strays by a point."""
    true, straying = random.Random(seed), random.Random(seed + 10_000)
    scheme = infant_scheme()
    ratings = []
    for slot in sorted(scheme.slots, key=lambda slot: slot.id):
        scale = scheme.scale(slot.scale)
        value = true.randint(int(scale.minimum), int(scale.maximum))
        if strays:
            value += straying.choice((-1, 0, 0, 0, 1))
        value = min(max(value, int(scale.minimum)), int(scale.maximum))
        ratings.append(Rating(slot=slot.id, score=Points(float(value))))
    organised = [group for group in scheme.rules.groups if group.subgroups]
    group = true.choice(organised)
    if strays and straying.random() < 0.1:
        group = straying.choice(organised)
    own = Classification(primary=group.id, subgroup=group.subgroups[0])
    return replace(coding, ratings=tuple(ratings), classification=own)


def pair_of(seed: int) -> CodingPair:
    first, second = coded_twice(EVENTS, seed=seed)
    return CodingPair(
        session=f"S{seed:04}",
        first=replace(judged(first, seed, strays=False), coder="c01"),
        second=replace(judged(second, seed, strays=True), coder="c02"),
    )


def studied(pairs: Sequence[CodingPair]) -> StudyAgreement:
    return study_agreement(pairs, infant_scheme(), USUAL_PROTOCOL)


def told(study: StudyAgreement) -> int:
    """Page, object and table of the study."""
    report = StudyReport(study=study, scheme=infant_scheme())
    page = page_html(report.title, tuple(study_blocks(report)))
    return len(page) + len(study_json(report)) + len(study_rows(study))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("study", "report", "pairs"), help="one part")
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    wanted = parser.parse_args(arguments)
    pairs = [pair_of(seed) for seed in range(1, wanted.sessions + 1)]
    events = sum(len(pair.first.events) for pair in pairs) / len(pairs)
    say(f"{len(pairs)} sessions by two coders, {events:.0f} events each on average ..")
    studied(pairs[:2])
    for_all = SESSIONS / len(pairs)
    bars: list[Bar] = []
    if wanted.only in (None, "study"):
        took = seconds(lambda: studied(pairs)) * for_all
        bars.append(at_most("study of 500 sessions x 2, with intervals", took, WHOLE_S, unit=" s"))
    if wanted.only in (None, "report"):
        study = studied(pairs)
        took = seconds(lambda: told(study))
        bars.append(at_most("its page, its object and its table", took, 5.0, unit=" s"))
    if wanted.only in (None, "pairs"):
        took = for_all * seconds(
            lambda: [
                pair_agreement(pair.first, pair.second, infant_scheme(), USUAL_PROTOCOL)
                for pair in pairs
            ]
        )
        bars.append(at_most("each pair with its own intervals", took, WHOLE_S, unit=" s"))
    return conclude(bars)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
