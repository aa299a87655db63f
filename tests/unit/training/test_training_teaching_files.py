"""Data files of the training: the bundled ones hold, and a wrong one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from ssp_coder.training.bias import BiasFile, bias_settings
from ssp_coder.training.drift import drift_setup
from ssp_coder.training.feedback import feedback_settings
from ssp_coder.training.feedback_items import ItemKind
from ssp_coder.training.measures import Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Grade
from ssp_coder.training.rule_files import available_pass_rules, load_pass_rule, read_pass_rule
from ssp_coder.training.teaching_files import (
    MAXIMUM_BYTES,
    TeachingFileError,
    read_teaching_file,
    teaching_path,
)

RULE = """\
kind = "pass_rule"
id = "ours"
version = "1.0.0"
title = "Ours"
origin = "lab"
source = "Our meeting"
grade = "certified"
convention = false
stages = ["test"]

[[criteria]]
statistic = "class_share"
level = "three_way"
threshold = 0.8
cases = 10
"""


def written(folder: Path, text: str, name: str = "ours") -> Path:
    path = folder / "schemas" / "training" / "pass_rules" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TeachingFileError) as caught:
        read_pass_rule(path)
    return caught.value.finding.sentence()


class TestBundledRules:
    def test_there_is_a_rule_to_certify_one_provisional_and_one_to_try_out(self) -> None:
        assert {rule.grade for rule in available_pass_rules()} == set(Grade)

    def test_the_demonstration_names_a_rule_that_exists(self) -> None:
        assert load_pass_rule("demonstration").grade is Grade.TRIAL

    @pytest.mark.parametrize("rule", available_pass_rules(), ids=lambda rule: rule.id)
    def test_every_bundled_rule_is_said_to_be_a_convention_and_has_a_source(self, rule) -> None:
        assert rule.convention
        assert rule.provenance.source
        assert str(rule.note)
        assert rule.stages == (Stage.TEST,)

    def test_to_be_certified_thirty_cases_are_needed_with_d_by_itself(self) -> None:
        rule = load_pass_rule("certified")
        assert [one.cases for one in rule.criteria] == [30, 30]
        assert [one.threshold for one in rule.criteria] == [0.8, 0.8]
        assert len({one.measure.level for one in rule.criteria}) == 2

    def test_the_usual_mark_is_not_said_to_be_verified(self) -> None:
        provenance = load_pass_rule("certified").provenance
        assert provenance.origin is Origin.LITERATURE
        assert provenance.confidence is not None
        assert provenance.confidence < 1

    def test_a_provisional_rule_needs_ten_to_fifteen_cases(self) -> None:
        rule = load_pass_rule("provisional")
        assert all(10 <= one.cases <= 15 for one in rule.criteria)


class TestSettings:
    def test_every_kind_of_item_has_a_weight(self) -> None:
        weights = feedback_settings().weights
        assert all(weights.of(kind) > 0 for kind in ItemKind)

    def test_what_decides_the_class_weighs_most(self) -> None:
        weights = feedback_settings().weights
        assert max(ItemKind, key=weights.of) is ItemKind.CLASS

    def test_a_loop_begins_two_seconds_before_and_ends_three_after(self) -> None:
        settings = feedback_settings()
        assert (settings.before_s, settings.after_s) == (2, 3)

    @pytest.mark.parametrize("read", [bias_settings, feedback_settings, drift_setup])
    def test_all_settings_are_said_to_be_ours(self, read) -> None:
        assert read().origin == "project_default"

    def test_a_laboratorys_own_settings_go_first(self, tmp_path: Path) -> None:
        bundled_text = teaching_path("bias").read_text(encoding="utf-8")
        own = tmp_path / "schemas" / "training" / "bias.toml"
        own.parent.mkdir(parents=True)
        own.write_text(bundled_text.replace("points = 0.5", "points = 0.75"), encoding="utf-8")
        assert bias_settings((tmp_path,)).points == 0.75
        assert bias_settings().points == 0.5


class TestOwnRules:
    def test_a_laboratorys_own_rule_is_read(self, tmp_path: Path) -> None:
        written(tmp_path, RULE)
        rule = load_pass_rule("ours", (tmp_path,))
        assert (rule.title.english, rule.convention) == ("Ours", False)
        assert rule.criteria[0].measure.statistic is Statistic.CLASS_SHARE
        assert len(rule.sha256) == 64

    def test_it_is_listed_beside_the_bundled_ones_and_hides_one_of_its_name(
        self, tmp_path: Path
    ) -> None:
        written(tmp_path, RULE)
        written(tmp_path, RULE.replace('"ours"', '"certified"'), "certified")
        rules = available_pass_rules((tmp_path,))
        assert [rule.id for rule in rules] == ["certified", "demonstration", "ours", "provisional"]
        assert rules[0].title.english == "Ours"

    def test_every_statistic_of_the_list_can_be_asked_for(self, tmp_path: Path) -> None:
        extra = {
            Statistic.CLASS_SHARE: 'level = "four_way"',
            Statistic.CLASS_KAPPA: 'level = "subgroup"',
            Statistic.ICC: 'scale = "near"',
            Statistic.WITHIN_ONE: 'slot = "near_1"\nconsecutive = 2',
            Statistic.EVENT_F1: "tolerance_s = 0.5",
            Statistic.CODE_RECALL: 'code = "rare.one"\nminimum_positives = 5',
            Statistic.CODE_PRECISION: 'code = "rare.one"',
        }
        tables = [
            f'\n[[criteria]]\nstatistic = "{one.value}"\nthreshold = 0.7\ncases = 5\n{more}\n'
            for one, more in extra.items()
        ]
        rule = read_pass_rule(written(tmp_path, RULE + "".join(tables)))
        assert [one.measure.statistic for one in rule.criteria[1:]] == list(Statistic)


class TestWrongFiles:
    @pytest.mark.parametrize(
        ("old", "new", "line", "words"),
        [
            ('"class_share"', '"luck"', 12, "luck"),
            ('level = "three_way"\n', "", 11, "a class needs a level"),
            ("threshold = 0.8", "threshold = 80", 14, "<= 1"),
            ("cases = 10", "cases = 0", 15, ">= 1"),
            ("cases = 10", "cases = 10\nslot = 'near_1'", 16, "only ratings have a slot"),
            ("cases = 10", "cases = 10\ntolerance_s = 1.0", 16, "onsets are matched"),
            ("cases = 10", "cases = 10\ncode = 'a.x'", 16, "only events have one"),
            ("cases = 10", "cases = 2\nconsecutive = 3", 16, "among 2 cases"),
            ('stages = ["test"]', 'stages = ["learn"]', 9, "learn"),
            ('grade = "certified"', 'grade = "grand"', 7, "grand"),
            ("cases = 10", "cases = ", 15, "not valid TOML"),
            ('id = "ours"', 'id = "theirs"', 2, "same name"),
        ],
    )
    def test_a_mistake_is_told_with_its_line(
        self, tmp_path: Path, old: str, new: str, line: int, words: str
    ) -> None:
        sentence = refusal(written(tmp_path, RULE.replace(old, new)))
        assert sentence.startswith(f"ours.toml:{line}: ")
        assert words in sentence

    def test_a_row_of_cases_needs_a_statistic_of_single_cases(self, tmp_path: Path) -> None:
        text = RULE.replace("class_share", "class_kappa") + "consecutive = 2\n"
        assert "no value by case" in refusal(written(tmp_path, text))

    @pytest.mark.parametrize("statistic", ["code_recall", "code_precision"])
    def test_recall_and_precision_need_a_code(self, tmp_path: Path, statistic: str) -> None:
        text = RULE.replace('"class_share"\nlevel = "three_way"', f'"{statistic}"')
        assert "need a code" in refusal(written(tmp_path, text))

    def test_a_tolerance_that_nothing_was_matched_at_is_refused(self, tmp_path: Path) -> None:
        text = RULE.replace('"class_share"\nlevel = "three_way"', '"event_f1"')
        assert "0.5, 1 or 2 s" in refusal(written(tmp_path, text + "tolerance_s = 0.7\n"))

    def test_a_rule_without_criteria_is_none(self, tmp_path: Path) -> None:
        text = RULE.partition("[[criteria]]")[0] + "criteria = []\n"
        assert "length >= 1" in refusal(written(tmp_path, text))

    def test_an_unknown_rule_is_told(self) -> None:
        with pytest.raises(TeachingFileError, match="there is no such file"):
            load_pass_rule("none")

    def test_a_folder_in_the_place_of_a_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(TeachingFileError, match="cannot be read"):
            read_teaching_file(tmp_path, BiasFile)

    def test_bytes_that_are_no_text_are_told(self, tmp_path: Path) -> None:
        path = tmp_path / "bias.toml"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(TeachingFileError, match="not valid TOML"):
            read_teaching_file(path, BiasFile)

    def test_a_huge_file_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "bias.toml"
        path.write_bytes(b"#" * (MAXIMUM_BYTES + 1))
        with pytest.raises(TeachingFileError, match="larger than 2 MB"):
            read_teaching_file(path, BiasFile)

    def test_a_file_of_another_kind_is_told(self) -> None:
        with pytest.raises(TeachingFileError, match="drift"):
            read_teaching_file(teaching_path("drift"), BiasFile)

    def test_a_drifted_coder_who_is_better_than_a_stable_one_is_refused(
        self, tmp_path: Path
    ) -> None:
        text = teaching_path("drift").read_text(encoding="utf-8")
        own = tmp_path / "schemas" / "training" / "drift.toml"
        own.parent.mkdir(parents=True)
        own.write_text(text.replace("drifted = 0.25", "drifted = 0.05"), encoding="utf-8")
        with pytest.raises(TeachingFileError, match="no more than a stable one"):
            drift_setup((tmp_path,))


def test_every_bundled_file_is_read_by_somebody() -> None:
    folder = bundled("schemas") / "training"
    assert {path.stem for path in folder.glob("*.toml")} == {"bias", "drift", "feedback"}
    rules = {path.stem for path in (folder / "pass_rules").glob("*.toml")}
    assert rules == {rule.id for rule in available_pass_rules()}
