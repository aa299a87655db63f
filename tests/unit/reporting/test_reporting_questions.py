"""The printed sheet of questions."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.domain.time import Span
from ssp_coder.editing.edits import PutComment
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.questions import ENGLISH, question_sheet
from tests.builders import after, infant_scheme, s, with_episodes


def entry(*words: str, **fields: object) -> Exportable:
    coding = with_episodes()
    for said in words:
        given = {"id": CommentId(0), "kind": CommentKind.QUESTION, "words": said}
        coding = after(coding, PutComment(comment=Comment(**(given | fields))))
    return Exportable(coding=coding, scheme=infant_scheme())


def test_the_sheet_names_session_coder_and_scheme() -> None:
    sheet = question_sheet((entry("a cry?"),))
    assert "Session S001, coder c01, scheme Standard infant procedure" in sheet


def test_a_question_shows_its_number_episode_time_and_words() -> None:
    sheet = question_sheet((entry("a cry?", span=Span(start_us=s(600.2), end_us=s(600.2))),))
    for words in ("Question 1", "EP5", "10:00.2", "a cry?"):
        assert words in sheet


def test_there_is_room_for_each_answer() -> None:
    assert question_sheet((entry("one?", "two?"),)).count("<br><br><br><br>") == 2


def test_an_answer_that_is_known_stands_there() -> None:
    asked = entry("a cry?", answer="yes,\nit is")
    assert "yes,<br>it is" in question_sheet((asked,))


def test_words_cannot_become_markup() -> None:
    sheet = question_sheet((entry("<script>alert(1)</script> & more"),))
    assert "<script>" not in sheet
    assert "&lt;script&gt;" in sheet


def test_several_codings_follow_each_other_and_those_without_questions_are_left_out() -> None:
    first, none = entry("one?"), entry()
    other = replace(entry("two?"), coding=replace(entry("two?").coding, session="S002"))
    sheet = question_sheet((first, none, other))
    assert sheet.count("<h2>") == 2
    assert sheet.index("S001") < sheet.index("S002")


def test_a_sheet_without_questions_says_so() -> None:
    assert ENGLISH.none in question_sheet((entry(),))


def test_a_picture_is_shown_only_where_it_was_asked_for_and_brings_the_privacy_line() -> None:
    asked = entry("a cry?", "and this?")
    plain = question_sheet((asked,))
    with_one = question_sheet((asked,), pictures={("S001", "c01", 2): b"\x89PNG"})
    assert "<img" not in plain
    assert ENGLISH.privacy in plain
    assert with_one.count("<img") == 1
    assert ENGLISH.pictures in with_one


def test_the_words_of_the_sheet_can_be_others() -> None:
    words = replace(ENGLISH, title="Fragen", number="Frage {0}")
    sheet = question_sheet((entry("a cry?"),), words=words)
    assert "<h1>Fragen</h1>" in sheet
    assert "Frage 1" in sheet
