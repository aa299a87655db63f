import pytest

from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.rate.words import place_name, point_words, provenance_tag
from tests import builders as b
from tests.ui.rate.judged import scale, slot


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("cm_c_8", "Contact maintaining, EP8, toward caregiver"),
        ("avo_s_7", "Avoidance, EP7, toward stranger"),
        ("srch_4", "Search, EP4"),
        ("dorg", "Disorganization"),
    ],
)
def test_a_place_is_named_by_scale_episode_and_person(place, name):
    assert place_name(slot(place), b.infant_scheme()) == name


def test_a_point_with_an_anchor_has_its_words():
    assert point_words(scale("dorg"), 7) == "Definite signs, enough for D."


@pytest.mark.parametrize(("point", "words"), [(2, "Between 1 and 3"), (6, "Between 5 and 7")])
def test_a_point_between_anchors_says_between_which(point, words):
    assert point_words(scale("dorg"), point) == words


def test_a_point_beyond_the_anchors_has_no_words():
    assert point_words(scale("dorg"), 11) == ""


@pytest.mark.parametrize("origin", list(Origin))
def test_every_origin_has_a_tag(origin):
    words, _ = provenance_tag(Provenance(origin=origin, source="s"))
    assert words


def test_what_is_ours_says_that_nobody_published_it():
    ours = Provenance(origin=Origin.PROJECT_DEFAULT, source="s")
    assert provenance_tag(ours) == ("project default, not published", TagKind.WARN)


def test_literature_that_was_not_checked_says_so():
    assert provenance_tag(scale("cm").provenance)[0] == "literature, unverified"
