"""What stands in a table of linked events, and when its kappa says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.linked import linked_agreement
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.tracks import bouts_from
from ssp_coder.domain.time import SECOND_US
from tests.agreement_codings import jittered_bouts

A = bouts_from([(0, 1, 0), (10, 11, 0), (20, 21, 1), (30, 31, 1), (40, 41, 2)])
B = bouts_from([(0, 1, 0), (10, 11, 1), (20, 21, 1), (50, 51, 0)])
PAIRS = ((0, 0), (1, 1), (2, 2))


def test_a_cell_is_the_sum_of_the_items_it_lists() -> None:
    a, b = (bouts_from(rows) for rows in jittered_bouts(200, 800 * SECOND_US, codes=4))
    for overlap in (0.5, 0.9):
        found = overlap_agreement(a, b, 4, overlap)
        for row in range(5):
            for column in range(5):
                items = found.items(row, column) if (row, column) != (4, 4) else ()
                worth = sum(1 if None in item else 2 for item in items)
                assert worth == found.table[row, column]


def test_items_name_the_events_of_either_coder() -> None:
    found = linked_agreement(A, B, 3, PAIRS)
    assert found.items(0, 0) == ((0, 0),)
    assert found.items(0, 1) == ((1, 1),)
    assert found.items(1, 3) == ((3, None),)
    assert found.items(2, 3) == ((4, None),)
    assert found.items(3, 0) == ((None, 3),)


def test_a_code_agrees_by_the_share_of_its_events_in_pairs() -> None:
    by_code = linked_agreement(A, B, 3, PAIRS).by_code
    assert [(one.a, one.b, one.agreed) for one in by_code] == [(2, 2, 1), (2, 2, 1), (1, 0, 0)]
    assert [one.specific.value for one in by_code] == [0.5, 0.5, 0.0]
    assert by_code[0].specific.n == 4


def test_kappa_of_a_code_is_that_of_the_code_against_all_else() -> None:
    found = linked_agreement(A, B, 3, PAIRS)
    table = found.table
    for code, one in enumerate(found.by_code):
        both, row, column = table[code, code], table[code].sum(), table[:, code].sum()
        twofold = [[both, row - both], [column - both, table.sum() - row - column + both]]
        assert one.kappa.value == pytest.approx(kappa_of(twofold).kappa.value)


def test_a_code_of_nobody_has_neither_agreement_nor_kappa() -> None:
    one = linked_agreement(A, B, 4, PAIRS).by_code[3]
    assert one.specific.undefined is Undefined.NOT_USED
    assert one.kappa.undefined is Undefined.NOT_USED


def test_linked_pairs_alone_have_a_kappa_without_nil() -> None:
    found = linked_agreement(A, B, 3, PAIRS)
    assert found.codes_only.n == 3
    assert found.codes_only.p_o.value == pytest.approx(2 / 3)
    assert found.linked.value == pytest.approx(6 / 9)


def test_without_any_link_there_is_no_kappa_of_pairs() -> None:
    found = linked_agreement(A, B, 3, ())
    assert found.codes_only.kappa.undefined is Undefined.NOTHING
    assert found.linked.value == 0


@pytest.mark.parametrize("codes", [1, 3])
def test_one_code_alone_has_no_kappa_for_what_neither_saw_is_not_known(codes: int) -> None:
    a = bouts_from([(0, 1, 0), (10, 11, 0), (20, 21, 0)])
    b = bouts_from([(0, 1, 0), (30, 31, 0)])
    found = linked_agreement(a, b, codes, ((0, 0),))
    assert found.kappa.kappa.undefined is Undefined.ONE_CODE
    assert found.kappa.kappa_max.undefined is Undefined.ONE_CODE
    assert found.kappa.p_o.value == pytest.approx(2 / 5)
    assert found.by_code[0].specific.value == pytest.approx(2 / 5)


def test_an_empty_nil_row_does_no_harm() -> None:
    a = bouts_from([(0, 1, 0), (10, 11, 1), (20, 21, 0), (30, 31, 1)])
    b = bouts_from([(0, 1, 0), (10, 11, 1), (20, 21, 1)])
    found = linked_agreement(a, b, 2, ((0, 0), (1, 1), (2, 2)))
    assert not found.table[-1].any()
    assert np.isfinite(found.kappa.kappa.value)
    assert np.isfinite(found.kappa.kappa_max.value)
