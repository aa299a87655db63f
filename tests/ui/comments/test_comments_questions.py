"""Writing the questions to the trainer into files, and reading the answers back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.domain.time import Micros, Span
from ssp_coder.editing.edits import LockCoding, PutComment
from ssp_coder.ui.comments import sheet
from ssp_coder.ui.comments.questions_dialog import QuestionsDialog
from ssp_coder.ui.player.open_video import read_video
from tests.fixtures.videos import clip_factory
from tests.ui.pages import session_of

__all__ = ["clip_factory"]

MOMENT = Span(start_us=Micros(1_000_000), end_us=Micros(1_000_000))


@pytest.fixture
def session():
    made = session_of()
    for words in ("a cry?", "near or far?"):
        comment = Comment(id=CommentId(0), kind=CommentKind.QUESTION, words=words, span=MOMENT)
        made.submit(PutComment(comment=comment))
    return made


@pytest.fixture
def dialog(theme, qtbot, session):
    made = QuestionsDialog(theme, session)
    qtbot.addWidget(made)
    made.show()
    return made


def answers(folder, *rows):
    path = folder / "answers.csv"
    path.write_text("\n".join(("session_id,comment_id,answer", *rows, "")), "utf-8")
    return path


def test_a_table_is_written_and_read_back_with_answers(dialog, session, tmp_path):
    path = tmp_path / "q.csv"
    dialog.write(path)
    assert "q.csv" in dialog.told.text()
    text = path.read_text("utf-8-sig").replace("a cry?,,0", "a cry?,yes,0")
    path.write_text(text, "utf-8")
    dialog.read(path)
    assert [comment.answer for comment in session.coding.comments] == ["yes", ""]
    assert "1 answers read from q.csv" in dialog.told.text()


def test_answers_can_be_taken_back(dialog, session, tmp_path):
    dialog.read(answers(tmp_path, "S001,1,yes"))
    session.undo()
    assert session.coding.comments[0].answer == ""


def test_all_answers_of_a_file_are_one_step(dialog, session, tmp_path):
    steps = len(session.document.history.done)
    dialog.read(answers(tmp_path, "S001,1,yes", "S001,2,near"))
    assert "2 answers read" in dialog.told.text()
    assert [comment.answer for comment in session.coding.comments] == ["yes", "near"]
    assert len(session.document.history.done) == steps + 1
    session.undo()
    assert [comment.answer for comment in session.coding.comments] == ["", ""]
    session.redo()
    assert [comment.answer for comment in session.coding.comments] == ["yes", "near"]


def test_answers_that_are_there_already_make_no_step(dialog, session, tmp_path):
    path = answers(tmp_path, "S001,1,yes")
    dialog.read(path)
    steps = session.document.history.done
    dialog.read(path)
    assert session.document.history.done == steps
    assert "0 answers read" in dialog.told.text()


def test_faults_are_listed_with_their_lines_and_nothing_is_taken(dialog, session, tmp_path):
    dialog.read(answers(tmp_path, "S001,1,yes", "S001,8,no", "S001,9,no"))
    assert "line 3" in dialog.trouble.text()
    assert "line 4" in dialog.trouble.text()
    assert session.coding.comments[0].answer == ""


def test_a_locked_coding_takes_no_answers(theme, qtbot, session):
    session.submit(LockCoding())
    made = QuestionsDialog(theme, session)
    qtbot.addWidget(made)
    assert not made.read_button.isEnabled()


def test_a_sheet_is_written_for_the_browser(dialog, tmp_path):
    dialog.write(tmp_path / "q.html")
    text = (tmp_path / "q.html").read_text("utf-8")
    assert "near or far?" in text
    assert "<img" not in text


def test_a_sheet_is_drawn_as_a_pdf(dialog, tmp_path):
    dialog.write(tmp_path / "q.pdf")
    assert (tmp_path / "q.pdf").read_bytes().startswith(b"%PDF")
    assert not dialog.trouble.text()


@pytest.mark.parametrize("name", ["q.csv", "q.html", "q.pdf"])
def test_a_folder_that_cannot_be_written_is_told(dialog, tmp_path, name):
    dialog.write(tmp_path / "missing" / name)
    assert "missing" in dialog.trouble.text()
    assert not dialog.told.text()


def test_pictures_come_only_when_asked_for_and_bring_the_privacy_line(
    theme, qtbot, session, tmp_path, clip_factory
):
    video = read_video(clip_factory("h264").path, None, lambda _share: None, lambda: False)
    made = QuestionsDialog(theme, session, video)
    qtbot.addWidget(made)
    made.show()
    assert not made.privacy.isVisible()
    made.pictures.click()
    assert "child" in made.privacy.text()
    made.write(tmp_path / "q.html")
    qtbot.waitUntil(lambda: bool(made.told.text()), timeout=20_000)
    text = (tmp_path / "q.html").read_text("utf-8")
    assert text.count("data:image/png;base64") == 2
    assert sheet.sheet_words().pictures in text


def test_pictures_that_cannot_be_read_are_told(theme, qtbot, session, tmp_path, clip_factory):
    video = read_video(clip_factory("h264").path, None, lambda _share: None, lambda: False)
    gone = type(video)(path=tmp_path / "gone.mp4", index=video.index, facts=video.facts)
    made = QuestionsDialog(theme, session, gone)
    qtbot.addWidget(made)
    made.pictures.setChecked(True)
    made.write(tmp_path / "q.html")
    qtbot.waitUntil(lambda: bool(made.trouble.text()), timeout=20_000)
    assert made.isEnabled()
    assert not (tmp_path / "q.html").exists()


def test_without_a_video_there_are_no_pictures(dialog):
    assert not dialog.pictures.isEnabled()


def test_without_a_question_there_is_nothing_to_write_and_the_buttons_say_why(theme, qtbot):
    made = QuestionsDialog(theme, session_of())
    qtbot.addWidget(made)
    for button in (made.table_button, made.pdf_button, made.html_button):
        assert not button.isEnabled()
        assert "Ask something first" in button.toolTip()


@pytest.mark.parametrize(
    ("button", "name"), [("table_button", "q"), ("pdf_button", "q"), ("html_button", "q.html")]
)
def test_the_ending_of_the_file_is_added_where_it_is_missing(
    dialog, tmp_path, monkeypatch, button, name
):
    chosen = str(tmp_path / name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    getattr(dialog, button).click()
    assert [path.suffix for path in tmp_path.glob("q*")] == [
        {"table_button": ".csv", "pdf_button": ".pdf", "html_button": ".html"}[button]
    ]


def test_a_chooser_that_was_cancelled_does_nothing(dialog, monkeypatch):
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    dialog.table_button.click()
    dialog.read_button.click()
    assert not dialog.told.text()
