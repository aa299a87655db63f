"""What trainees dispute, as a list for the trainer."""

from __future__ import annotations

import csv
import io

from ssp_coder.formats.dialect import PLAIN
from ssp_coder.training.deeds import Entry, ItemJudged, Judgement
from ssp_coder.training.disputes import COLUMNS, Dispute, disputes, disputes_csv, judgements
from ssp_coder.training.feedback import Feedback, feedback_on, feedback_settings
from ssp_coder.training.packs import Reference
from tests.fixtures.table_schemes import bare_coding, event, small_scheme

DISPUTE, AGREE, UNCLEAR = Judgement.DISPUTE, Judgement.AGREE, Judgement.UNCLEAR


def said(item: str, judgement: Judgement = DISPUTE, **fields: object) -> ItemJudged:
    given = {"pack": "pack1", "case": "k1", "attempt": 1, "item": item, "judgement": judgement}
    return ItemJudged(**(given | fields))


def entries(*deeds: ItemJudged) -> tuple[Entry, ...]:
    return tuple(
        Entry(seq=number, at_utc=f"2026-05-17T10:00:{number:02d}Z", deed=deed)
        for number, deed in enumerate(deeds, 1)
    )


def some_feedback() -> Feedback:
    """A miss of one event and a wrong code for another."""
    theirs = bare_coding(event("seeking.reach", 30), event("seeking.reach", 60), coder="ref")
    own = bare_coding(event("seeking.lean", 60))
    return feedback_on(own, Reference(coding=theirs, scheme=small_scheme()), feedback_settings())


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


class TestLastWord:
    def test_a_later_word_replaces_an_earlier_one(self) -> None:
        found = judgements(entries(said("a"), said("a", AGREE)), "pack1")
        assert [one.judgement for one in found.values()] == [AGREE]

    def test_another_attempt_has_its_own_word(self) -> None:
        found = judgements(entries(said("a"), said("a", AGREE, attempt=2)), "pack1")
        assert len(found) == 2

    def test_other_packs_are_left_aside(self) -> None:
        assert judgements(entries(said("a", pack="other")), "pack1") == {}


class TestList:
    def listed(self, *deeds: ItemJudged) -> tuple[Dispute, ...]:
        return disputes("t07", deeds, {("k1", 1): some_feedback()})

    def test_disputes_and_unclear_rules_are_listed_and_agreement_is_not(self) -> None:
        miss, wrong = some_feedback().items
        found = self.listed(said(miss.key), said(wrong.key, UNCLEAR), said("class:primary", AGREE))
        assert [(one.judgement, one.kind) for one in found] == [
            (DISPUTE, "miss"),
            (UNCLEAR, "wrong_code"),
        ]

    def test_the_trainer_sees_moment_and_both_codes(self) -> None:
        (found,) = self.listed(said(some_feedback().items[1].key))
        assert (found.at_s, found.own, found.reference) == (
            "60.000000",
            "seeking.lean",
            "seeking.reach",
        )

    def test_an_item_whose_feedback_is_not_at_hand_keeps_its_key(self) -> None:
        (found,) = disputes("t07", [said("event:1:")], {})
        assert (found.item, found.kind, found.at_s) == ("event:1:", "", "")

    def test_nothing_disputed_is_an_empty_list(self) -> None:
        assert self.listed(said("x", AGREE)) == ()


class TestTable:
    def content(self, comment: str) -> bytes:
        key = some_feedback().items[0].key
        found = disputes("t07", [said(key, comment=comment)], {("k1", 1): some_feedback()})
        return disputes_csv(found)

    def test_it_has_a_line_for_each_with_all_columns(self) -> None:
        (row,) = rows_of(self.content("It is a lean."))
        assert tuple(row) == COLUMNS
        assert (row["trainee"], row["case"], row["comment"]) == ("t07", "k1", "It is a lean.")
        assert (row["kind"], row["place"], row["own"]) == ("miss", "seeking.reach", "")

    def test_words_with_commas_quotes_and_lines_stay_whole(self) -> None:
        words = 'He says "up",\nthen nothing.'
        assert rows_of(self.content(words))[0]["comment"] == words

    def test_no_comment_becomes_a_formula_in_a_spreadsheet(self) -> None:
        assert rows_of(self.content("=1+1"))[0]["comment"] == "'=1+1"

    def test_a_plain_table_is_written_as_it_is(self) -> None:
        found = disputes("t07", [said("a", comment="=1+1")], {})
        assert disputes_csv(found, PLAIN).startswith(b"trainee,")
        assert b",=1+1,a\n" in disputes_csv(found, PLAIN)

    def test_without_disputes_only_the_columns_are_written(self) -> None:
        assert rows_of(disputes_csv(())) == []
