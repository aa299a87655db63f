"""What is worked out behind the pages: lessons, the way gone, disputes; and who may see what."""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.deeds import Certified, Judgement, RecheckScheduled, RecheckServed
from ssp_coder.training.deeds import ItemJudged as Judged
from ssp_coder.training.errors import SealedError, TrainingError
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Stage
from ssp_coder.training.rule_files import load_pass_rule
from ssp_coder.ui.training.lesson import Shelf, disputes_table, lesson_of, way_gone
from tests.builders import add, rate
from tests.fixtures.training_figures import rule
from tests.unit.training.training_files import (
    SECRETS,
    TRAINEE,
    WORD,
    Trainee,
    built,
    draft_of,
    some_slot,
    trainee,
)


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """The same small pack sealed with its own key, and with the trainer's word."""
    draft = draft_of(tmp_path_factory.mktemp("pages_references"))
    folder = tmp_path_factory.mktemp("pages_packs")
    return {
        "plain": built(draft, folder / "plain"),
        "worded": built(draft, folder / "worded", word=WORD),
    }


@pytest.fixture
def enrolled(packs, tmp_path):
    """Somebody enrolled for a pack; the logbook is closed with the test."""
    opened = []

    def enrol(pack="plain"):
        one = trainee(tmp_path / pack, packs[pack])
        opened.append(one)
        return one

    yield enrol
    for one in opened:
        one.logbook.close()


@pytest.fixture
def anna(enrolled):
    return enrolled()


@pytest.fixture(scope="module")
def worked(packs, tmp_path_factory):
    """Folders of people who practised, and who handed in the test too; only to be copied."""
    folders = {}
    for name, cases in (("plain", ()), ("worded", ("c04", "c05"))):
        one = trainee(tmp_path_factory.mktemp("worked") / name, packs[name])
        one.practise()
        one.do(*cases)
        one.logbook.close()
        folders[name] = one.logbook.folder
    return folders


@pytest.fixture
def copied(packs, worked, tmp_path):
    """Goes on in a copy of such a folder."""
    opened = []

    def copy(name):
        folder = shutil.copytree(worked[name], tmp_path / f"copy_{name}")
        opened.append(Logbook.open(folder / f"{TRAINEE}.ssptrain"))
        return Trainee(logbook=opened[-1], pack=packs[name])

    yield copy
    for book in opened:
        book.close()


@pytest.fixture
def practised(copied):
    return copied("plain")


@pytest.fixture
def tested(copied):
    """Somebody who handed in the test that is sealed with the trainer's word."""
    return copied("worded")


def shelf(who, **fields):
    return Shelf(folder=who.logbook.folder, **fields)


def lesson(who, case, **fields):
    return lesson_of(who.pack, who.pack.case(case), who.programme, shelf(who, **fields))


def gone(who, pass_rule=None, **fields):
    return way_gone(who.pack, who.programme, shelf(who, **fields), pass_rule)


def first_practice(who, *edits):
    who.look("c01")
    path = who.begin("c02")
    who.code(path, *edits)
    who.submit("c02", path)


class TestLessons:
    def test_a_case_to_learn_from_has_a_reference_and_nothing_else(self, anna):
        told = lesson(anna, "c01")
        assert told.reference.coding.classification.rationale == SECRETS[0]
        assert (told.attempt, told.coding, told.feedback, told.figures) == (None,) * 4

    @pytest.mark.parametrize("case", ["c02", "c03", "c04", "c07"])
    def test_what_was_not_submitted_is_refused(self, anna, case):
        with pytest.raises(SealedError):
            lesson(anna, case)

    def test_a_begun_case_is_refused_until_it_is_submitted(self, anna):
        anna.look("c01")
        path = anna.begin("c02")
        with pytest.raises(SealedError):
            lesson(anna, "c02")
        anna.submit("c02", path)
        assert lesson(anna, "c02").attempt.number == 1

    def test_a_submission_is_held_against_the_reference(self, anna):
        first_practice(anna, add("distress.cry", 5.5), rate(some_slot(), 3))
        told = lesson(anna, "c02")
        assert told.coding.ratings[0].score.value == 3
        assert told.feedback.items
        assert told.agreement.coders[1] == TRAINEE
        assert told.figures.lags_us == (500_000,)

    def test_the_snapshot_counts_and_not_the_file_that_was_coded(self, anna):
        first_practice(anna, rate(some_slot(), 3))
        attempt = anna.programme.standing("c02").last
        (anna.logbook.folder / attempt.file).unlink()
        assert lesson(anna, "c02").coding.ratings[0].score.value == 3

    def test_a_changed_snapshot_is_told_with_its_file(self, anna):
        first_practice(anna)
        path = anna.logbook.folder / anna.programme.standing("c02").last.submitted.snapshot
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        with pytest.raises(TrainingError, match=path.name):
            lesson(anna, "c02")

    def test_the_last_of_several_attempts_is_shown(self, practised):
        practised.do("c02")
        assert lesson(practised, "c02").attempt.is_repeat

    def test_instruments_speak_the_person_s_language(self, anna):
        title = lesson(anna, "c01", language="de").reference.scheme.scales[0].title
        assert title.spoken == "de"

    @pytest.mark.parametrize(
        ("word", "error"), [(None, SealedError), ("not the word at all", TrainingError)]
    )
    def test_a_test_sealed_with_the_word_needs_the_right_one(self, tested, word, error):
        with pytest.raises(error):
            lesson(tested, "c04", word=word)
        assert lesson(tested, "c04", word=WORD).feedback is not None

    def test_the_word_opens_no_test_that_is_not_finished(self, enrolled):
        berta = enrolled("worded")
        berta.practise()
        berta.do("c04")
        with pytest.raises(SealedError):
            lesson(berta, "c04", word=WORD)

    def test_the_word_opens_nothing_that_was_not_submitted(self, tested):
        with pytest.raises(SealedError):
            lesson(tested, "c06", word=WORD)

    def test_a_recheck_is_closed_until_it_is_submitted_again(self, practised):
        practised.do("c04", "c05")
        pack = practised.pack
        for deed in (
            Certified(pack=pack.id, version=pack.version, rule="r", figures="{}"),
            RecheckScheduled(pack=pack.id, case="c07", due_on="2020-01-01"),
            RecheckServed(pack=pack.id, case="c07"),
        ):
            practised.logbook.append(deed)
        with pytest.raises(SealedError):
            lesson(practised, "c07")
        practised.do("c07")
        assert lesson(practised, "c07").case.stage is Stage.UPKEEP


class TestTheWayGone:
    def test_before_any_submission_there_is_nothing_and_no_tendency(self, anna):
        way = gone(anna)
        assert (way.figures, way.evaluation, way.bias) == ((), None, None)

    def test_studying_leaves_no_figures(self, anna):
        anna.look("c01")
        assert gone(anna).figures == ()

    def test_submissions_come_in_their_order_with_repeats(self, practised):
        practised.do("c02")
        assert [(one.sitting.case, one.sitting.is_repeat) for one in gone(practised).figures] == [
            ("c02", False),
            ("c03", False),
            ("c02", True),
        ]

    def test_without_a_rule_there_is_no_criterion(self, practised):
        assert gone(practised).evaluation is None
        assert gone(practised, rule()).evaluation.rule == rule()

    def test_half_a_test_is_not_counted(self, practised):
        practised.do("c04")
        assert {one.sitting.stage for one in gone(practised).figures} == {Stage.PRACTICE}
        practised.do("c05")
        assert Stage.TEST in {one.sitting.stage for one in gone(practised).figures}

    @pytest.mark.parametrize("word", [None, "not the word at all"], ids=["none", "wrong"])
    def test_without_the_right_word_the_rest_is_still_there(self, tested, word):
        assert {one.sitting.case for one in gone(tested, word=word).figures} == {"c02", "c03"}

    def test_with_the_word_the_test_is_there(self, tested):
        cases = [one.sitting.case for one in gone(tested, word=WORD).figures]
        assert cases == ["c02", "c03", "c04", "c05"]

    @pytest.mark.parametrize("word", [None, WORD], ids=["without", "with the word"])
    def test_a_missing_snapshot_is_never_passed_over(self, tested, word):
        done = tested.programme.standing("c02").last.submitted
        (tested.logbook.folder / done.snapshot).unlink()
        with pytest.raises(DomainError):
            gone(tested, word=word)

    def test_the_bundled_trial_rule_can_be_held_against_it(self, practised):
        trial = load_pass_rule("demonstration")
        assert len(gone(practised, trial).evaluation.results) >= len(trial.criteria)


class TestDisputes:
    def said(self, who, item, judgement=Judgement.DISPUTE, comment="", case="c02", attempt=1):
        who.logbook.append(
            Judged(
                pack=who.pack.id,
                case=case,
                attempt=attempt,
                item=item,
                judgement=judgement,
                comment=comment,
            )
        )

    def rows(self, who, **fields):
        table = disputes_table(who.pack, who.logbook.entries, TRAINEE, shelf(who, **fields))
        text = table.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_an_item_is_told_with_both_sides_and_the_comment(self, anna):
        first_practice(anna, rate(some_slot(), 3))
        told = lesson(anna, "c02").feedback
        item = next(one for one in (*told.items, *told.left_out) if one.own_value)
        self.said(anna, item.key, comment='never; "not" once\nor twice')
        (row,) = self.rows(anna)
        assert (row["own"], row["reference"]) == (item.own_value, item.reference_value)
        assert row["comment"] == 'never; "not" once\nor twice'
        assert (row["trainee"], row["case"], row["attempt"]) == (TRAINEE, "c02", "1")

    def test_what_was_agreed_is_not_for_the_trainer(self, anna):
        first_practice(anna)
        self.said(anna, "class", Judgement.DISPUTE)
        self.said(anna, "class", Judgement.AGREE)
        assert self.rows(anna) == []

    def test_while_a_case_is_coded_again_only_the_key_is_written(self, practised):
        key = lesson(practised, "c02").feedback.items[0].key
        self.said(practised, key)
        assert self.rows(practised)[0]["reference"] != ""
        practised.begin("c02")
        (row,) = self.rows(practised)
        assert (row["item"], row["reference"], row["kind"]) == (key, "", "")

    def test_an_item_that_no_feedback_has_keeps_its_key(self, anna):
        first_practice(anna)
        self.said(anna, "event:999", Judgement.UNCLEAR)
        (row,) = self.rows(anna)
        assert (row["item"], row["judgement"]) == ("event:999", "unclear")

    def test_a_sealed_test_gives_nothing_away_in_the_table(self, tested):
        self.said(tested, "class", case="c04", attempt=3)
        table = disputes_table(tested.pack, tested.logbook.entries, TRAINEE, shelf(tested))
        assert [secret for secret in SECRETS if secret.encode() in table] == []

    def test_a_formula_in_a_comment_stays_text(self, anna):
        first_practice(anna)
        self.said(anna, "class", comment='=HYPERLINK("x")')
        assert not self.rows(anna)[0]["comment"].startswith("=")
