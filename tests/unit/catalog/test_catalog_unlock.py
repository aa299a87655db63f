"""Whether a locked coding may be opened again: one word in a scheme."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.scheme import Scheme, UnlockPolicy
from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import after, coding, rate
from tests.unit.catalog.catalog_lab import Lab

SCHEME = "schemas/schemes/infant.toml"
LINE = "half_points = false"


@pytest.fixture
def for_good(lab: Lab) -> Scheme:
    lab.change(SCHEME, LINE, f'unlock = "never"\n{LINE}')
    return lab.load()


def test_a_reason_opens_a_locked_coding_unless_a_scheme_says_otherwise(infant: Scheme) -> None:
    assert infant.unlock is UnlockPolicy.WITH_REASON


def test_a_scheme_may_keep_a_locked_coding_locked_for_good(for_good: Scheme) -> None:
    assert for_good.unlock is UnlockPolicy.NEVER


def test_a_lock_for_good_is_not_opened_by_any_reason(for_good: Scheme) -> None:
    locked = after(coding(), LockCoding(), scheme=for_good)
    with pytest.raises(EditRefusedError, match="locked for good, as scheme infant") as refused:
        after(locked, UnlockCoding(reason="a slip"), scheme=for_good)
    assert "code the session anew" in str(refused.value)


def test_an_empty_reason_is_told_first(for_good: Scheme) -> None:
    with pytest.raises(EditRefusedError, match="needs a reason"):
        after(coding(locked=True), UnlockCoding(reason=""), scheme=for_good)


def test_a_log_in_which_a_coding_was_unlocked_is_still_done_again(infant: Scheme) -> None:
    steps = (LockCoding(), UnlockCoding(reason="wrong video"), rate("cm_c_8", 4), LockCoding())
    value = after(coding(), *steps, scheme=infant)
    assert (value.locked, value.score("cm_c_8").value) == (True, 4)


def test_another_word_is_refused_with_its_line_and_the_words_there_are(lab: Lab) -> None:
    lab.change(SCHEME, LINE, f'unlock = "later"\n{LINE}')
    with pytest.raises(CatalogError) as told:
        lab.load()
    assert "'later'" in str(told.value)
    assert "never" in str(told.value)


def test_the_difference_between_two_versions_is_told_in_words() -> None:
    from ssp_coder.catalog.difference_words import place_words

    assert place_words(("unlock",)) == "whether a locked coding may be opened again"
