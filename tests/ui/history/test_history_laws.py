"""Laws of the history, of the list of comments, and of questions that come back answered."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding, Comment, CommentId, CommentKind
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import PutComment
from ssp_coder.editing.history import RecordKind
from ssp_coder.formats.dialect import guarded
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.questions import bare, plan_answers, questions_bytes
from ssp_coder.ui.comments.comment_list import CommentsModel
from ssp_coder.ui.comments.rows import CommentRow
from ssp_coder.ui.history.model import HistoryModel, StepState
from ssp_coder.ui.history.past import Past
from ssp_coder.ui.session import OpenSession
from tests.builders import after, coding, infant_scheme, rate

ACTS = st.lists(st.sampled_from(("edit", "edit", "undo", "redo")), max_size=40)
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
)


def acted(session: OpenSession, acts: list[str]) -> None:
    for number, act in enumerate(acts):
        if act == "edit":
            session.submit(rate("avo_c_8", 1 + (number + len(acts)) % 7, note=f"note {number}"))
        elif act == "undo":
            session.undo()
        else:
            session.redo()


class PlainHistory:
    """What the history shows, done anew for each record in the plainest way."""

    def __init__(self) -> None:
        self.line: list[int] = [0]
        self.present = 0

    def follow(self, seq: int, kind: RecordKind) -> None:
        if kind is RecordKind.EDIT:
            self.line = [*self.line[: self.present + 1], seq]
            self.present += 1
        else:
            self.present += -1 if kind is RecordKind.UNDO else 1

    def rows(self) -> list[tuple[int, StepState]]:
        def state(place: int) -> StepState:
            if place == self.present:
                return StepState.PRESENT
            return StepState.DONE if place < self.present else StepState.UNDONE

        return [(seq, state(place)) for place, seq in enumerate(self.line)][::-1]


def shown(model: HistoryModel) -> list[tuple[int, StepState]]:
    rows = (model.row_at(row) for row in range(model.rowCount()))
    return [(row.told.seq, row.state) for row in rows]


def new_session() -> OpenSession:
    return OpenSession(Document(coding=coding(), scheme=infant_scheme()))


@given(ACTS)
def test_the_rows_follow_every_record_as_if_made_anew(acts: list[str]) -> None:
    session, plain = new_session(), PlainHistory()
    model = HistoryModel(Past(session))
    session.changed.connect(lambda changed: model.follow(changed.record))
    session.changed.connect(lambda changed: plain.follow(changed.record.seq, changed.record.kind))
    for act in acts:
        acted(session, [act])
        assert shown(model) == plain.rows()
    assert model.present == plain.present


@given(ACTS, ACTS)
def test_a_history_made_later_shows_the_same_rows(before: list[str], then: list[str]) -> None:
    session = new_session()
    acted(session, before)
    early = HistoryModel(Past(session))
    session.changed.connect(lambda changed: early.follow(changed.record))
    acted(session, then)
    assert shown(HistoryModel(Past(session))) == shown(early)


@given(ACTS, st.integers(0, 40), st.sampled_from(("avo", "note", "begun", "zebra")))
def test_a_search_shows_the_rows_that_have_the_words_also_of_later_steps(
    acts: list[str], when: int, words: str
) -> None:
    session = new_session()
    model, whole = HistoryModel(Past(session)), HistoryModel(Past(session))
    for follower in (model, whole):
        session.changed.connect(lambda changed, one=follower: one.follow(changed.record))
    acted(session, acts[:when])
    model.search(words)
    acted(session, acts[when:])
    expected = [
        whole.row_at(row).told.seq
        for row in range(whole.rowCount())
        if words in whole.row_at(row).told.words.casefold()
    ]
    assert [seq for seq, _ in shown(model)] == expected


@given(ACTS)
def test_every_place_of_the_line_can_be_gone_to_and_is_the_coding_it_was(acts: list[str]) -> None:
    session = new_session()
    model = HistoryModel(Past(session))
    session.changed.connect(lambda changed: model.follow(changed.record))
    acted(session, acts)
    values: dict[int, Coding] = {model.present: session.coding}
    while model.present < model.last:
        session.redo()
        values[model.present] = session.coding
    while model.present > 0:
        session.undo()
        values.setdefault(model.present, session.coding)
        assert values[model.present] == session.coding
    assert session.coding == coding()


@given(st.lists(st.permutations(range(6)), min_size=1, max_size=6), st.integers(0, 6))
def test_the_list_of_comments_takes_any_order(orders: list[list[int]], length: int) -> None:
    model = CommentsModel()
    for order in orders:
        rows = tuple(row_of(number) for number in order[:length])
        model.show_rows(rows)
        assert model.rows == rows


def row_of(number: int, words: str = "") -> CommentRow:
    comment = Comment(id=CommentId(number), kind=CommentKind.NOTE, words=words)
    return CommentRow(comment=comment, about="", at_us=None)


@given(WORDS, WORDS)
def test_any_answer_typed_into_the_table_comes_back(words: str, answer: str) -> None:
    asked = Comment(id=CommentId(0), kind=CommentKind.QUESTION, words=f"?{words}")
    value = after(coding(), PutComment(comment=asked))
    table = questions_bytes((Exportable(coding=value, scheme=infant_scheme()),))
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    rows[1][rows[0].index("answer")] = answer
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        path.write_text(text.getvalue(), "utf-8", newline="")
        plan = plan_answers(value, path)
    given = () if plan.edit is None else plan.edit.comments
    given_answers = [comment.answer for comment in given]
    typed = bare(answer.strip())
    assert given_answers == ([typed] if typed else [])
    assert plan.notes == ()


@given(WORDS)
def test_the_guard_is_taken_off_exactly(words: str) -> None:
    assert bare(guarded(words)) == words
