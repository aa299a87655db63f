"""Two codings in review, for the tests of what stands over them."""

from __future__ import annotations

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.confusion import confusion
from ssp_coder.agreement.disagreement import disagreements, episode_starts
from ssp_coder.domain.coding import Coding
from ssp_coder.ui.pairs.items import PairItem
from ssp_coder.ui.pairs.making import items_of_disagreements
from ssp_coder.ui.pairs.review import PairReview
from tests.builders import add, after, coding, infant_scheme, rate
from tests.ui.demo_codings import demo_coding, demo_scheme


def small_pair() -> tuple[Coding, Coding]:
    """Own and reference: one miss, one extra, two other codes, one late end, one rating."""
    own = after(
        coding(),
        add("distress.cry", 5, end=9),
        add("distress.fuss", 20, end=24),
        add("distress.fuss", 40, end=44),
        add("distress.cry", 60, end=70),
        add("seeking.reach", 30),
        rate("cm_c_8", 6),
    )
    reference = after(
        coding(coder="c02"),
        add("distress.cry", 5, end=9),
        add("distress.cry", 20, end=24),
        add("distress.cry", 40, end=44),
        add("distress.cry", 60, end=64),
        add("seeking.reach", 50),
        rate("cm_c_8", 3),
    )
    return own, reference


def show(review: PairReview, own: Coding, reference: Coding, scheme=None) -> tuple[PairItem, ...]:
    scheme = scheme or infant_scheme()
    comparison = compare(own, reference, scheme)
    starts = episode_starts(reference, scheme)
    items = items_of_disagreements(disagreements(comparison, scheme, starts), scheme)
    review.show_pair(own, reference, scheme, items)
    review.show_cells(confusion(comparison.rows, scheme))
    return items


def show_demo(review: PairReview) -> tuple[PairItem, ...]:
    return show(review, demo_coding("trainee"), demo_coding("reference"), demo_scheme())
