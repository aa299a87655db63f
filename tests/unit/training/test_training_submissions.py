"""From a trainee's snapshots to the figures, the verdict and the certificate."""

from __future__ import annotations

import pytest

from ssp_coder.training.attempts import Attempt
from ssp_coder.training.certificate import certificate_of, certified_deed
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.measures import Statistic
from ssp_coder.training.overview import TraineeWork, overview
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Outcome, evaluate
from ssp_coder.training.submissions import figures_of_trainee, submitted_coding
from tests.builders import rate
from tests.fixtures.training_figures import criterion, rule
from tests.unit.training.training_files import TRAINEE, WORD, Trainee, reference_edits, some_slot


def figures(trainee: Trainee, word: str | None = None):
    return figures_of_trainee(trainee.logbook.folder, trainee.pack, trainee.programme, word)


def copy_reference(trainee: Trainee, *cases: str) -> None:
    """Submit what the reference says."""
    for case in cases:
        path = trainee.begin(case)
        trainee.code(path, *reference_edits())
        trainee.submit(case, path)


def attempt_at(trainee: Trainee, case: str) -> Attempt:
    found = trainee.programme.standing(case).last
    assert found is not None
    return found


def test_a_submission_gives_figures_as_soon_as_its_reference_may_be_seen(anna: Trainee) -> None:
    anna.look("c01")
    assert figures(anna) == ()
    copy_reference(anna, "c02")
    (found,) = figures(anna)
    assert (found.sitting.case, found.sitting.stage) == ("c02", Stage.PRACTICE)
    assert found.lags_us == (0,)


def test_an_excluded_place_of_the_pack_does_not_count(anna: Trainee) -> None:
    anna.look("c01")
    copy_reference(anna, "c02")
    assert figures(anna)[0].ratings == ()


def test_figures_are_those_of_the_snapshot_at_any_time(anna: Trainee) -> None:
    anna.practise()
    first = figures(anna)
    assert [one.sitting.case for one in first] == ["c02", "c03"]
    assert first == figures(anna)


def test_the_figures_rest_on_the_head_of_the_submission(anna: Trainee) -> None:
    anna.look("c01")
    copy_reference(anna, "c02")
    submitted = attempt_at(anna, "c02").submitted
    assert submitted is not None
    assert figures(anna)[0].sitting.head == submitted.head


def test_a_test_form_says_nothing_before_all_of_it_was_submitted(anna: Trainee) -> None:
    anna.practise()
    copy_reference(anna, "c04")
    assert [one.sitting.case for one in figures(anna)] == ["c02", "c03"]
    copy_reference(anna, "c05")
    assert [one.sitting.case for one in figures(anna)] == ["c02", "c03", "c04", "c05"]


def test_a_form_under_the_trainers_word_gives_figures_only_with_it(berta: Trainee) -> None:
    berta.practise()
    copy_reference(berta, "c04", "c05")
    assert [one.sitting.case for one in figures(berta)] == ["c02", "c03"]
    assert len(figures(berta, WORD)) == 4
    with pytest.raises(TrainingError):
        figures(berta, "some other word")


class TestSnapshots:
    def submitted(self, trainee: Trainee) -> Attempt:
        trainee.look("c01")
        path = trainee.begin("c02")
        trainee.code(path, rate(some_slot(), 2))
        trainee.submit("c02", path)
        return attempt_at(trainee, "c02")

    def test_the_coding_is_read_from_the_snapshot(self, anna: Trainee) -> None:
        attempt = self.submitted(anna)
        found = submitted_coding(anna.logbook.folder, attempt)
        assert (found.coder, found.locked) == (TRAINEE, True)

    def test_a_changed_snapshot_is_found(self, anna: Trainee) -> None:
        attempt = self.submitted(anna)
        assert attempt.submitted is not None
        path = anna.logbook.folder / attempt.submitted.snapshot
        path.chmod(0o600)
        path.write_bytes(path.read_bytes() + b"\0")
        with pytest.raises(TrainingError, match="not what was submitted"):
            figures(anna)

    def test_a_missing_snapshot_is_told(self, anna: Trainee) -> None:
        attempt = self.submitted(anna)
        assert attempt.submitted is not None
        path = anna.logbook.folder / attempt.submitted.snapshot
        path.chmod(0o600)
        path.unlink()
        with pytest.raises(TrainingError, match="cannot be read"):
            submitted_coding(anna.logbook.folder, attempt)

    def test_a_case_that_was_only_begun_has_none(self, anna: Trainee) -> None:
        anna.look("c01")
        anna.begin("c02")
        with pytest.raises(TrainingError, match="not submitted yet"):
            submitted_coding(anna.logbook.folder, attempt_at(anna, "c02"))


class TestWholeWay:
    RULE = rule(criterion(Statistic.CLASS_SHARE, 0.8, 2), criterion(Statistic.EVENT_F1, 0.8, 2))

    def test_from_the_first_case_to_the_certificate_in_the_logbook(self, anna: Trainee) -> None:
        anna.practise()
        copy_reference(anna, "c04", "c05")
        evaluation = evaluate(self.RULE, figures(anna))
        assert evaluation.outcome is Outcome.PASSED
        certificate = certificate_of(evaluation, anna.pack, trainee=TRAINEE, on="2026-06-01")
        anna.logbook.append(certified_deed(certificate))
        assert anna.programme.certified == certified_deed(certificate)

    def test_practice_does_not_count_for_the_certificate(self, anna: Trainee) -> None:
        anna.practise()
        assert evaluate(self.RULE, figures(anna)).outcome is Outcome.INSUFFICIENT

    def test_a_test_coded_otherwise_is_not_passed(self, anna: Trainee) -> None:
        anna.practise()
        anna.do("c04", "c05")
        assert evaluate(self.RULE, figures(anna)).outcome is Outcome.NOT_PASSED

    def test_the_trainer_sees_it(self, anna: Trainee) -> None:
        anna.practise()
        work = TraineeWork(
            trainee=TRAINEE,
            programme=anna.programme,
            entries=anna.logbook.entries,
            figures=figures(anna),
        )
        (row,) = overview([work], self.RULE).trainees
        assert (row.submitted, row.stage) == (2, Stage.TEST)
        assert row.evaluation is not None
        assert row.evaluation.outcome is Outcome.INSUFFICIENT
