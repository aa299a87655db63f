"""How fast a disagreement is listed and seen; ``python tests/benchmarks/bench_pairs.py``.

Two codings of 5,000 events each are put into the review of two codings; then the key for the next
difference is pressed in the demonstration session, and the first picture of its stretch awaited.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.confusion import confusion
from ssp_coder.agreement.disagreement import disagreements
from ssp_coder.demonstration.session import prepare
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.application import application
from ssp_coder.ui.pairs.making import items_of_disagreements
from ssp_coder.ui.pairs.review import PairReview
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme as Look
from tests.agreement_codings import coded_twice
from tests.benchmarks.bars import Bar, at_most, conclude
from tests.benchmarks.screening import (
    Keyboard,
    Paint,
    Paints,
    finish,
    on_a_screen,
    open_cameras,
    serve_for,
    wait,
    watch_paints,
)
from tests.builders import infant_scheme

EVENTS = 5_000
LIST_MS = 1_000.0
JUMP_MS = 300.0
JUMPS = 30
FRAME_US = SECOND_US // 25


def put(review: PairReview, own: Coding, reference: Coding, scheme: Scheme) -> None:
    comparison = compare(own, reference, scheme)
    items = items_of_disagreements(disagreements(comparison, scheme), scheme)
    review.show_pair(own, reference, scheme, items)
    review.show_cells(confusion(comparison.rows, scheme))


def listing(review: PairReview) -> Bar:
    """From two codings to the painted list, lanes and matrix."""
    own, reference = coded_twice(EVENTS)
    began = time.perf_counter()
    put(review, own, reference, infant_scheme())
    review.grab()
    took = 1_000 * (time.perf_counter() - began)
    note = f"  {len(review.items)} items"
    return at_most("review of 2 x 5,000 events, painted", took, LIST_MS, unit="ms", note=note)


def jumps(review: PairReview, stage: Stage, paints: Paints, folder: Path) -> tuple[Bar, ...]:
    """From the key to the first painted picture of the stretch."""
    session = prepare(folder)
    trainee, reference = open_read_only(session.trainee), open_read_only(session.reference)
    put(review, trainee.coding, reference.coding, trainee.scheme)
    open_cameras(stage.player, (session.video,))
    review.clip_wanted.connect(stage.moves.loop_over)
    keyboard = Keyboard()
    keyboard.focus(review)
    review.activateWindow()
    wait(review.choice.list.hasFocus)
    took = []
    for _ in range(JUMPS):
        took.append(1_000 * jump(review, paints.of(stage.view), keyboard))
        stage.moves.leave()
        stage.player.pause()
        serve_for(0.2)
    return (
        at_most("key to painted picture, median", statistics.median(took), JUMP_MS, unit="ms"),
        at_most(f"key to painted picture, worst of {JUMPS}", max(took), JUMP_MS, unit="ms"),
    )


def jump(review: PairReview, painted: list[Paint], keyboard: Keyboard) -> float:
    """Seconds from a press to the picture of the next item that has a moment."""
    if review.choice.list.neighbour(1) is None or review.choice.list.neighbour(1).loop is None:
        review.select(review.choice.list.items[0].id)
    wanted = review.choice.list.neighbour(1).loop
    del painted[:]
    began = time.perf_counter()
    keyboard.press("Next", "Alt_L")
    first, last = wanted.start_us - FRAME_US, wanted.start_us + 3 * FRAME_US
    wait(lambda: any(first <= paint.pts_us <= last for paint in painted))
    return next(p.at for p in painted if first <= p.pts_us <= last) - began


def main() -> int:
    on_a_screen()
    app = application()
    paints = watch_paints()
    theme = Theme(Look.LIGHT, app)
    theme.apply(app)
    review = PairReview(theme)
    review.resize(1_366, 768)
    stage = Stage(theme, None, review)
    review.stage_place().addWidget(stage)
    review.show()
    wait(review.isVisible)
    review.take_keyboard()
    bars = [listing(review)]
    with tempfile.TemporaryDirectory() as folder:
        bars += jumps(review, stage, paints, Path(folder))
        stage.player.close()
    finish(review)
    return conclude(bars)


if __name__ == "__main__":
    raise SystemExit(main())
