"""Matched onsets by parts of the session, and the interval that blocks give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ssp_coder.agreement.estimate import Estimate, Undefined
from ssp_coder.agreement.onset_groups import f1_with_interval, hits_by_group
from ssp_coder.agreement.onsets import onset_agreement, total_hits
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.tracks import Bouts, Stretch, Times, bouts_from
from ssp_coder.domain.time import SECOND_US
from tests.agreement_codings import jittered_bouts

LENGTH_US = 1_200 * SECOND_US
SESSION = Stretch(start_us=0, end_us=LENGTH_US)
FEW = replace(USUAL_PROTOCOL, resamples=300)


def halves(times: Times) -> Times:
    """The first or second half of a session of 100; what follows is in neither."""
    return np.where(times < 100, times // 50, -1)


def points(*times: int) -> Bouts:
    return bouts_from([(at, at, 0) for at in times])


def test_a_match_is_in_the_part_of_the_first_coders_onset() -> None:
    pair = points(49), points(51)
    onsets = onset_agreement(*pair, 1, (5,))
    assert hits_by_group(pair, onsets, halves, 2).tolist() == [[1, 0, 0], [0, 0, 0]]


def test_onsets_alone_are_in_their_own_part_or_in_none() -> None:
    pair = points(10, 60, 120), points(30, 90)
    onsets = onset_agreement(*pair, 1, (5,))
    assert hits_by_group(pair, onsets, halves, 2).tolist() == [[0, 1, 1], [0, 1, 1]]


def session(seed: int) -> Estimate:
    pair = tuple(bouts_from(rows) for rows in jittered_bouts(200, LENGTH_US, codes=4, seed=seed))
    onsets = onset_agreement(*pair, 4, (SECOND_US,))
    found = f1_with_interval(pair, onsets, SESSION, FEW)
    assert found.value == total_hits(onsets, SECOND_US).f1.value
    return found


def test_the_interval_holds_its_value_and_repeats() -> None:
    for seed in range(5):
        found = session(seed)
        assert found.low < found.value < found.high
        assert found == session(seed)


def test_the_interval_covers_what_simulated_coders_truly_agree() -> None:
    found = [session(seed) for seed in range(60)]
    truth = float(np.mean([one.value for one in found]))
    assert sum(one.low <= truth <= one.high for one in found) >= 48


def test_one_event_has_a_share_but_no_interval() -> None:
    pair = points(10), points(10)
    found = f1_with_interval(pair, onset_agreement(*pair, 1, (5,)), SESSION, FEW)
    assert (found.value, found.low, found.high) == (1.0, None, None)


def test_no_events_have_neither() -> None:
    pair = points(), points()
    found = f1_with_interval(
        pair, onset_agreement(*pair, 1, (5,)), Stretch(start_us=0, end_us=0), FEW
    )
    assert found.undefined is Undefined.NOT_USED
    assert found.low is None
