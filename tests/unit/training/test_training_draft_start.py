"""A case begun from a reference: what the coding tells is there, consent is not."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Coding, CodingRole, Comment, CommentId, CommentKind
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.time import Span
from ssp_coder.training.draft_start import case_from, notes_of
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.packs import Consent, OriginKind, Rationale, Stage
from tests.builders import add, coding, infant_scheme, s
from tests.unit.training.training_files import reference_file, some_slot


def spanned(start: float, end: float) -> Span:
    return Span(start_us=s(start), end_us=s(end))


def test_nobody_consents_by_default(tmp_path):
    case = case_from(reference_file(tmp_path, "ref"), 3)
    assert (case.consent, case.consent_by) == (Consent.NONE, "")


def test_its_name_tells_nothing_but_a_number(tmp_path):
    case = case_from(reference_file(tmp_path, "ref"), 3)
    assert (case.id, case.title, case.stage) == ("case-03", "Case 3", Stage.PRACTICE)


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (CodingRole.REFERENCE, OriginKind.EXPERT),
        (CodingRole.CONSENSUS, OriginKind.CONSENSUS),
    ],
)
def test_where_the_reference_comes_from_is_filled_in(tmp_path, role, kind):
    origin = case_from(reference_file(tmp_path, "ref", role=role), 1).origin
    scheme = infant_scheme()
    assert (origin.kind, origin.who) == (kind, "expert2")
    assert origin.codebook == f"{scheme.id} {scheme.version}"


def test_a_coding_of_another_role_is_refused_by_name(tmp_path):
    path = reference_file(tmp_path, "own", role=CodingRole.INDEPENDENT)
    with pytest.raises(TrainingError, match=r"own\.sspc.*its role is independent"):
        case_from(path, 1)


def test_a_comment_on_an_event_becomes_an_explanation_of_its_moment(tmp_path):
    path = reference_file(tmp_path, "ref", add("distress.cry", 5, comment=" it is crying "))
    (note,) = case_from(path, 1).notes
    assert note.words == "it is crying"
    assert note.span is not None
    assert note.span.start_us == s(5)


def commented(*comments: Comment, **fields: object) -> Coding:
    return coding(comments=comments, **fields)


def test_ratings_come_first_in_the_order_of_the_scheme_and_moments_by_time():
    first, second = infant_scheme().slots[0].id, infant_scheme().slots[1].id
    rated = (
        Rating(slot=second, score=Points(3.0), note="quiet"),
        Rating(slot=first, score=Points(5.0), note="near", clips=(spanned(1, 2),)),
    )
    late = Comment(id=CommentId(1), kind=CommentKind.NOTE, words="late", span=spanned(9, 9))
    early = Comment(id=CommentId(2), kind=CommentKind.NOTE, words="early", span=spanned(2, 3))
    assert notes_of(commented(late, early, ratings=rated), infant_scheme()) == (
        Rationale(words="near", slot=first, span=spanned(1, 2)),
        Rationale(words="quiet", slot=second),
        Rationale(words="early", span=spanned(2, 3)),
        Rationale(words="late", span=spanned(9, 9)),
    )


def test_an_answer_belongs_to_its_question():
    asked = Comment(
        id=CommentId(1),
        kind=CommentKind.QUESTION,
        words="Is it play?",
        answer="It is.",
        slot=some_slot(),
    )
    assert notes_of(commented(asked), infant_scheme()) == (
        Rationale(words="Is it play?\nIt is.", slot=some_slot()),
    )


def test_words_without_any_sign_explain_nothing():
    empty = Comment(id=CommentId(1), kind=CommentKind.FLAG, words="  ")
    assert notes_of(commented(empty), infant_scheme()) == ()
