"""Intervals for kappa of linked events, from blocks of the session."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.alignment import alignment_agreement
from ssp_coder.agreement.bootstrap import resampled
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.ipf import linked_kappas
from ssp_coder.agreement.linked import LinkedAgreement, linked_agreement
from ssp_coder.agreement.linked_interval import (
    block_tables,
    linked_kappas_of,
    with_block_interval,
)
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.session_kappa import resampled_margins
from ssp_coder.agreement.tracks import Stretch, bouts_from
from ssp_coder.domain.time import SECOND_US
from tests.agreement_codings import jittered_bouts

LENGTH_US = 1_200 * SECOND_US
SESSION = Stretch(start_us=0, end_us=LENGTH_US)
FEW = replace(USUAL_PROTOCOL, resamples=300)


def aligned(seed: int, codes: int = 4) -> LinkedAgreement:
    a, b = (bouts_from(rows) for rows in jittered_bouts(200, LENGTH_US, codes=codes, seed=seed))
    return alignment_agreement(a, b, codes, FEW.alignment_us)


@pytest.mark.parametrize("seconds", [1, 20, 7_000])
def test_blocks_add_up_to_the_table(seconds: int) -> None:
    found = aligned(1)
    blocks = block_tables(found, SESSION, seconds * SECOND_US)
    assert blocks.sum(axis=0).tolist() == found.table.tolist()
    assert len(blocks) == max(1, 1_200 // seconds)


def test_an_event_is_in_the_block_of_its_onset_and_a_pair_in_that_of_the_first() -> None:
    a, b = bouts_from([(5, 6, 0), (25, 26, 1)]), bouts_from([(12, 13, 0), (38, 39, 1)])
    found = linked_agreement(a, b, 2, ((0, 0),))
    blocks = block_tables(found, Stretch(start_us=0, end_us=40), 10)
    assert blocks[0, 0, 0] == 2
    assert blocks[2, 1, 2] == 1
    assert blocks[3, 2, 1] == 1
    assert blocks.sum() == 4


def test_blocks_begin_with_the_window() -> None:
    found = linked_agreement(bouts_from([(105, 106, 0)]), bouts_from([]), 1, ())
    assert len(block_tables(found, Stretch(start_us=100, end_us=120), 10)) == 2


def test_margins_give_the_kappa_of_whole_tables() -> None:
    random = np.random.default_rng(51)
    blocks = random.integers(0, 6, (25, 5, 5)).astype(float)
    blocks[:, -1, -1] = 0
    got = linked_kappas_of(resampled_margins(blocks, 400, 3))
    assert np.allclose(got, linked_kappas(resampled(blocks, 400, 3)), rtol=0, atol=1e-12)


def test_margins_of_fewer_than_two_codes_have_no_kappa() -> None:
    blocks = np.zeros((4, 3, 3))
    blocks[:, 0, 0], blocks[:, 0, 2] = 4, 1
    assert np.isnan(linked_kappas_of(resampled_margins(blocks, 20, 1))).all()
    assert np.isnan(linked_kappas_of(resampled_margins(np.zeros((4, 3, 3)), 20, 1))).all()


def test_events_that_are_never_linked_have_a_kappa_below_chance_or_of_none() -> None:
    blocks = np.zeros((6, 3, 3))
    blocks[:, 0, 2], blocks[:, 2, 1] = 1, 1
    values = linked_kappas_of(resampled_margins(blocks, 20, 1))
    assert np.allclose(values, linked_kappas(resampled(blocks, 20, 1)), rtol=0, atol=1e-12)


def test_the_interval_holds_the_value_and_repeats() -> None:
    for seed in range(5):
        one = with_block_interval(aligned(seed), SESSION, FEW).kappa.kappa
        assert one.low < one.value < one.high
        assert one == with_block_interval(aligned(seed), SESSION, FEW).kappa.kappa


def test_the_interval_covers_what_simulated_coders_truly_agree() -> None:
    found = [with_block_interval(aligned(seed), SESSION, FEW).kappa.kappa for seed in range(60)]
    truth = float(np.mean([one.value for one in found]))
    assert sum(one.low <= truth <= one.high for one in found) >= 48


def test_links_by_overlap_have_an_interval_too() -> None:
    a, b = (bouts_from(rows) for rows in jittered_bouts(200, LENGTH_US, codes=4))
    plain = overlap_agreement(a, b, 4, 0.6)
    found = with_block_interval(plain, SESSION, FEW)
    assert found.kappa.kappa.value == plain.kappa.kappa.value
    assert found.kappa.kappa.low < found.kappa.kappa.high
    assert found.table is plain.table


def test_an_undefined_kappa_gets_no_interval() -> None:
    a, b = bouts_from([(5, 6, 0), (25, 26, 0)]), bouts_from([(5, 6, 0)])
    found = with_block_interval(linked_agreement(a, b, 3, ((0, 0),)), SESSION, FEW)
    assert found.kappa.kappa.undefined is Undefined.ONE_CODE
    assert found.kappa.kappa.low is None
    nothing = linked_agreement(bouts_from([]), bouts_from([]), 3, ())
    empty = Stretch(start_us=0, end_us=0)
    assert with_block_interval(nothing, empty, FEW).kappa.n == 0
