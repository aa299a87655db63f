from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.domain.verdict import Truth
from ssp_coder.editing.edits import Classify, ClearClassification
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.ui.classify.bands import cell_of, own_profile, shown_fits
from ssp_coder.ui.classify.disagreement import DisagreementPanel
from ssp_coder.ui.classify.page import ClassifyPage
from ssp_coder.ui.classify.rule_list import deciding_facts
from ssp_coder.ui.classify.suggestion import SuggestionPanel
from ssp_coder.ui.kit.band_row import BandRow
from ssp_coder.ui.kit.chip import Chip, Tag
from ssp_coder.ui.kit.empty_state import EmptyState
from tests import builders as b
from tests.ui.rate.judged import (
    asked,
    lived,
    locked,
    open_window,
    rated,
    rated_all,
    session_of,
)

SCHEME = b.infant_scheme()
B2 = Classification(primary="B", subgroup="B2")
B3 = Classification(primary="B", subgroup="B3")


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def with_class(coding, own=B3):
    return b.after(coding, Classify(classification=own))


def with_policy(policy):
    return replace(SCHEME, suggestion=policy)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def verdict_of(coding):
    return evaluate(SCHEME.rules, facts_from_coding(coding, SCHEME))


def chip(panel, text):
    return next(chip for chip in panel.findChildren(Chip) if chip.face.text == text)


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None, *, scheme=None):
        session = session_of(coding or rated_all(), scheme)
        page = ClassifyPage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


class TestPolicy:
    @pytest.mark.parametrize(
        ("policy", "has_class", "visible"),
        [
            (SuggestionPolicy.NEVER, False, False),
            (SuggestionPolicy.NEVER, True, False),
            (SuggestionPolicy.AFTER_OWN, False, False),
            (SuggestionPolicy.AFTER_OWN, True, True),
            (SuggestionPolicy.ALWAYS, False, True),
            (SuggestionPolicy.ALWAYS, True, True),
        ],
    )
    def test_the_scheme_says_when_it_may_be_seen(self, open_page, policy, has_class, visible):
        coding = with_class(rated_all()) if has_class else rated_all()
        page, _ = open_page(coding, scheme=with_policy(policy))
        assert page.is_suggestion_visible() is visible
        assert page.bands.isVisible() is visible
        assert page.rules.isVisible() is visible
        assert (page.suggestion.findChild(EmptyState) is None) is visible

    def test_hidden_means_that_no_word_of_it_is_there(self, open_page):
        page, _ = open_page()
        assert not any("project default" in tag.text() for tag in shown_tags(page))
        assert page.suggestion.title() == "Suggestion"
        assert "B3" not in words(page.suggestion)

    def test_it_says_why_it_is_hidden(self, open_page):
        page, _ = open_page()
        shown = words(page.suggestion)
        assert "Suggestion hidden" in shown
        assert any("once your own class is recorded" in text for text in shown)

    def test_a_scheme_without_suggestions_says_so(self, open_page):
        page, _ = open_page(scheme=with_policy(SuggestionPolicy.NEVER))
        assert "This scheme shows no suggestion" in words(page.suggestion)

    def test_choosing_alone_does_not_open_it(self, open_page, qtbot):
        page, _ = open_page()
        press(qtbot, page.own_class.classes.button("B3"))
        assert not page.bands.isVisible()

    def test_an_unfinished_class_does_not_open_it(self, open_page, qtbot):
        page, _ = open_page()
        press(qtbot, page.own_class.classes.button("U"))
        page.main_action()[1]()
        assert not page.bands.isVisible()

    def test_recording_opens_it(self, open_page, qtbot):
        page, session = open_page()
        press(qtbot, page.own_class.classes.button("B3"))
        press(qtbot, page.own_class.record_button)
        assert session.coding.classification == B3
        assert page.bands.isVisible()
        assert "B3" in words(page.suggestion)

    def test_taking_it_back_closes_it(self, open_page, qtbot):
        page, session = open_page(with_class(rated_all()))
        press(qtbot, page.own_class.withdraw_button)
        assert session.coding.classification is None
        assert not page.bands.isVisible()
        assert "B3" not in words(page.suggestion)

    def test_undo_closes_it_too(self, open_page, qtbot):
        page, session = open_page()
        press(qtbot, page.own_class.classes.button("B3"))
        press(qtbot, page.own_class.record_button)
        session.undo()
        assert not page.bands.isVisible()


def shown_tags(page):
    return [tag for tag in page.findChildren(Tag) if tag.isVisibleTo(page)]


class TestVerdict:
    def test_it_is_large(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        name = next(x for x in page.suggestion.findChildren(QLabel) if x.text() == "B3")
        body = page.own_class.findChild(QLabel).font()
        assert name.font().pointSizeF() > 1.8 * body.pointSizeF()

    def test_two_that_fit_alike_stand_side_by_side(self, open_page):
        coding = rated_all(avo_c_5=2, res_c_8=3)
        page, _ = open_page(with_class(coding))
        shown = words(page.suggestion)
        assert [text for text in shown if text in ("B3", "or", "B4")][:3] == ["B3", "or", "B4"]
        assert "The table cannot tell B3 and B4 apart." in shown

    def test_the_table_is_named_with_version_and_hash(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        rules = SCHEME.rules
        assert f"{rules.title} {rules.version}, {SCHEME.rules_sha256[:8]}" in words(page.suggestion)

    def test_both_tables_that_are_put_together_are_named_with_their_origin(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        part = verdict_of(rated_all()).parts[0]
        assert f"{part.title} {part.version}, {part.sha256[:8]}" in words(page.suggestion)
        tags = [tag for tag in page.suggestion.findChildren(Tag) if tag.toolTip()]
        assert part.provenance.source in [tag.toolTip() for tag in tags]

    def test_it_says_that_nobody_published_it(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        assert "project default, not published" in [t.text() for t in shown_tags(page)]

    def test_d_stands_with_its_second_class(self, open_page):
        page, _ = open_page(with_class(rated_all(dorg=8)))
        shown = words(page.suggestion)
        assert "D" in shown
        assert "with B3" in shown

    def test_the_next_best_is_told(self, open_page):
        coding = rated_all()
        verdict = verdict_of(coding)
        page, _ = open_page(with_class(coding))
        (line,) = [text for text in words(page.suggestion) if text.startswith("Next: ")]
        assert line.startswith(f"Next: {verdict.runner_up}, ")
        assert line.endswith(f"penalty {verdict.margin:.3g} above the best")

    def test_flags_are_tags(self, open_page):
        coding = rated_all(avo_c_5=2, res_c_8=3)
        flags = [str(SCHEME.rules.flag(flag).title) for flag in verdict_of(coding).flags]
        page, _ = open_page(with_class(coding))
        tags = [tag.text() for tag in page.suggestion.findChildren(Tag)]
        assert flags
        assert set(flags) <= set(tags)

    def test_changes_of_one_point_are_listed(self, open_page):
        coding = rated_all(avo_c_5=2, res_c_8=3)
        page, _ = open_page(with_class(coding))
        shown = words(page.suggestion)
        assert "One point would turn it" in shown
        assert "Avoidance, reunion 1" in shown
        assert "2 → 3" in shown

    def test_many_changes_are_cut_with_a_count(self, theme, qtbot):
        verdict = verdict_of(rated_all(avo_c_5=2, res_c_8=3))
        panel = SuggestionPanel(theme, SCHEME)
        qtbot.addWidget(panel)
        panel.show_verdict(replace(verdict, turns=verdict.turns[:1] * 11))
        assert "and 3 more" in words(panel)

    def test_a_new_rating_changes_it_at_once(self, open_page):
        page, session = open_page(with_class(rated_all()))
        session.submit(b.rate("dorg", 8))
        assert "D" in words(page.suggestion)


class TestUndetermined:
    def test_too_many_possible_are_a_list(self, open_page):
        page, _ = open_page(with_class(lived()))
        shown = words(page.suggestion)
        assert "Not determined yet" in shown
        assert any(text.startswith("Still possible: A1, A2, B1") for text in shown)

    def test_it_says_that_the_list_may_be_too_long(self, open_page):
        verdict = verdict_of(lived())
        page, _ = open_page(with_class(lived()))
        assert not verdict.exact
        assert "Not determined yet" in words(page.suggestion)

    def test_what_would_tell_more_is_named(self, open_page):
        page, _ = open_page(with_class(rated_all(res_c_8="NA_view")))
        assert chip(page.suggestion, "Resistance, reunion 2").isVisible()

    def test_a_named_place_asks_to_be_gone_to(self, open_page, qtbot):
        page, _ = open_page(with_class(rated_all(res_c_8="NA_view")))
        told = asked(page.place_requested)
        press(qtbot, chip(page.suggestion, "Resistance, reunion 2"))
        assert told == [("res_c_8",)]

    def test_the_decision_leads_to_the_own_class(self, open_page, qtbot):
        own = replace(B3, d_decision=DDecision.NO, d_reason="tired")
        page, session = open_page(with_class(rated_all(dorg=5), own))
        session.submit(Classify(classification=B3))
        told = asked(page.place_requested)
        press(qtbot, chip(page.suggestion, "Your decision on D"))
        assert told == []
        assert page.focusWidget() is page.own_class.decision.reason_field.edit

    def test_a_count_is_no_place_to_go_to(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        told = asked(page.place_requested)
        page.suggestion.place_wished.emit("cry_5")
        assert told == []

    def test_scores_outside_the_table_are_told_and_nothing_is_shown(self, open_page):
        rules = SCHEME.rules
        narrow = tuple(replace(given, maximum=2.0) for given in rules.inputs)
        scheme = replace(SCHEME, rules=replace(rules, inputs=narrow))
        page, _ = open_page(with_class(rated_all()), scheme=scheme)
        assert "The table cannot be applied" in words(page.suggestion)
        assert not page.bands.isVisible()


class TestBands:
    def test_the_best_three_and_the_own_are_columns(self):
        verdict = verdict_of(rated_all())
        last = verdict.fits[-1].subgroup
        own = Classification(primary=SCHEME.rules.group_of(last).id, subgroup=last)
        names = [fit.subgroup for fit in shown_fits(verdict, own)]
        assert names == [*(fit.subgroup for fit in verdict.fits[:3]), last]

    def test_the_own_is_not_there_twice(self):
        assert len(shown_fits(verdict_of(rated_all()), B3)) == 3

    def test_without_an_own_class_there_are_three(self):
        assert len(shown_fits(verdict_of(rated_all()), None)) == 3

    def test_d_stands_for_its_second_class(self):
        assert own_profile(Classification(primary="D", secondary="B3")) == "B3"

    def test_every_rating_has_a_row_for_every_column(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        fits = shown_fits(verdict_of(rated_all()), B3)
        used = {cell.input for fit in fits for cell in fit.cells}
        rows = page.bands.findChildren(BandRow)
        assert len(rows) == len(used) * len(fits)

    def test_a_rating_outside_is_spoken_as_outside(self, open_page):
        page, _ = open_page(with_class(rated_all(), B2))
        spoken = [row.accessibleName() for row in page.bands.findChildren(BandRow)]
        assert "Contact maintaining, reunion 1, B2, band 1 to 3, rating 5 outside" in spoken

    def test_a_missing_rating_is_not_drawn(self, open_page):
        page, _ = open_page(with_class(rated_all(res_c_8="NA_view")))
        spoken = [row.accessibleName() for row in page.bands.findChildren(BandRow)]
        assert "Resistance, reunion 2, B3, band 1 to 3, not rated" in spoken
        assert "NA_view" in words(page.bands)

    def test_the_own_column_says_so(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        assert "yours, no rating outside" in words(page.bands)

    def test_an_input_that_a_profile_does_not_use_has_no_cell(self):
        fit = next(f for f in verdict_of(rated_all()).fits if f.subgroup == "B3")
        assert cell_of(fit, "dorg") is None


class TestRules:
    def test_every_rule_of_the_verdict_is_there(self, open_page):
        verdict = verdict_of(rated_all())
        page, _ = open_page(with_class(rated_all()))
        shown = [line.rule.rule for line in page.rules.lines()]
        expected = [*verdict.fired, *verdict.undecided, *verdict.ruled_out]
        assert shown == [rule.rule for rule in expected]

    def test_a_rule_that_holds_tells_all_its_facts(self):
        for rule in verdict_of(rated_all()).fired:
            assert deciding_facts(rule) == rule.facts

    def test_a_rule_that_is_ruled_out_tells_what_failed(self):
        for rule in verdict_of(rated_all()).ruled_out:
            assert all(fact.holds is Truth.NO for fact in deciding_facts(rule))

    def test_an_open_rule_tells_what_is_unknown(self):
        (rule,) = verdict_of(rated_all(dorg="NA_view")).undecided
        assert [fact.input for fact in deciding_facts(rule)] == ["dorg"]

    def test_facts_name_rating_and_episode(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        assert "CM EP8 6, expects 3–7" in page.rules.lines()[0].facts.text()

    def test_every_rule_says_where_it_comes_from(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        assert all(line.findChildren(Tag) for line in page.rules.lines())


class TestDisagreement:
    @pytest.fixture
    def disagreeing(self, open_page):
        return open_page(with_class(rated_all(), B2))

    def test_both_stand_side_by_side(self, disagreeing):
        page, _ = disagreeing
        assert page.disagreement.headline.text() == "You: B2. Table: B3."
        assert "Same main group: Secure. Your class stays." in words(page.disagreement)

    def test_where_they_agree_it_says_so_and_asks_for_nothing(self, open_page):
        page, _ = open_page(with_class(rated_all()))
        assert page.disagreement.agreed.text() == "You: B3. Table: B3."
        assert "They agree." in words(page.disagreement)
        assert not page.disagreement.headline.isVisible()
        assert not page.disagreement.reason.isVisible()

    def test_one_of_several_is_no_disagreement(self, open_page):
        page, _ = open_page(with_class(rated(pcs_c_5=5)))
        assert "among those that the table leaves" in " ".join(words(page.disagreement))
        assert not page.disagreement.reason.isVisible()

    def test_another_class_turns_agreement_into_difference_and_back(self, open_page):
        page, session = open_page(with_class(rated_all()))
        session.submit(Classify(classification=B2))
        assert page.disagreement.headline.isVisible()
        assert page.disagreement.reason.isVisible()
        session.undo()
        assert page.disagreement.agreed.isVisible()
        assert not page.disagreement.keep_button.isVisible()

    def test_without_a_class_there_is_nothing_to_compare(self, open_page):
        page, _ = open_page(rated_all())
        assert not page.disagreement.isVisible()

    def test_another_main_group_is_named_as_such(self, open_page):
        own = Classification(primary="A", subgroup="A1")
        page, _ = open_page(with_class(rated_all(), own))
        assert "Another main group. Your class stays." in words(page.disagreement)

    def test_another_second_class_is_a_disagreement(self, open_page):
        own = Classification(primary="D", secondary="A1")
        page, _ = open_page(with_class(rated_all(dorg=8), own))
        assert page.disagreement.headline.text() == "You: D / A1. Table: D / B3."

    def test_a_reason_is_needed(self, disagreeing):
        page, _ = disagreeing
        assert page.disagreement.keep_button.toolTip() == "Write a reason first"
        assert not page.disagreement.keep_button.isEnabled()

    def test_the_class_is_kept_with_its_reason(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClicks(page.disagreement.reason.edit, "play resumes")
        press(qtbot, page.disagreement.keep_button)
        assert session.coding.classification == replace(B2, disagreement="play resumes")

    def test_a_kept_reason_is_shown_as_recorded(self, open_page):
        own = replace(B2, disagreement="play resumes")
        page, _ = open_page(with_class(rated_all(), own))
        assert page.disagreement.reason.text() == "play resumes"
        assert page.disagreement.keep_button.toolTip() == "This reason is recorded"

    def test_half_a_reason_survives_other_edits(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClicks(page.disagreement.reason.edit, "play")
        session.submit(b.rate("dorg", 3))
        assert page.disagreement.reason.text() == "play"

    def test_half_a_reason_survives_a_class_recorded_with_other_words(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClicks(page.disagreement.reason.edit, "play")
        session.submit(Classify(classification=replace(B2, rationale="settles")))
        assert page.disagreement.reason.text() == "play"

    def test_half_a_reason_goes_with_the_class_it_was_for(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClicks(page.disagreement.reason.edit, "play")
        session.submit(Classify(classification=Classification(primary="B", subgroup="B1")))
        assert page.disagreement.reason.text() == ""

    def test_enter_after_the_reason_keeps_the_class(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClicks(page.disagreement.reason.edit, "play resumes")
        qtbot.keyClick(page.disagreement.reason.edit, Qt.Key.Key_Return)
        assert session.coding.classification == replace(B2, disagreement="play resumes")

    def test_enter_without_a_reason_records_nothing(self, disagreeing, qtbot):
        page, session = disagreeing
        qtbot.keyClick(page.disagreement.reason.edit, Qt.Key.Key_Return)
        assert session.coding.classification == B2

    def test_the_suggestion_never_takes_the_place_of_the_class(self, disagreeing):
        page, session = disagreeing
        assert session.coding.classification == B2
        assert page.own_class.draft == B2

    def test_hidden_suggestions_show_no_disagreement(self, open_page):
        scheme = with_policy(SuggestionPolicy.NEVER)
        page, _ = open_page(with_class(rated_all(), B2), scheme=scheme)
        assert not page.disagreement.isVisible()

    def test_locked_it_is_only_read(self, open_page):
        own = replace(B2, disagreement="play resumes")
        page, _ = open_page(locked(with_class(rated_all(), own)))
        assert page.disagreement.reason.edit.isReadOnly()
        assert not page.disagreement.keep_button.isVisible()

    def test_without_a_verdict_there_is_nothing(self, theme, qtbot):
        panel = DisagreementPanel(theme, SCHEME.rules)
        qtbot.addWidget(panel)
        panel.show_pair(B2, None, locked=False)
        assert not panel.isVisible()


class TestShowing:
    def test_the_main_act_records(self, open_page, qtbot):
        page, session = open_page()
        press(qtbot, page.own_class.classes.button("B3"))
        named, act = page.main_action()
        act()
        assert named == "Record class"
        assert session.coding.classification == B3

    def test_the_page_says_what_it_is_not_for(self, open_page):
        page, _ = open_page()
        assert "Research use. Not for decisions about a child." in words(page)

    def test_a_page_that_is_not_shown_is_fresh_when_it_is(self, theme, qtbot):
        session = session_of(with_class(rated_all()))
        page = ClassifyPage(theme, session)
        session.submit(ClearClassification())
        assert page.own_class.draft == B3
        open_window(qtbot, page)
        assert page.own_class.draft.primary == ""
        assert not page.bands.isVisible()

    def test_other_work_leaves_it_alone(self, open_page, qtbot):
        page, session = open_page(rated())
        press(qtbot, page.own_class.classes.button("B3"))
        session.submit(b.add("seeking.lean", 600))
        assert page.own_class.draft == B3

    @pytest.mark.parametrize("size", [(1180, 830), (1300, 730), (1000, 600)])
    def test_the_bands_fit_in_the_width(self, open_page, qtbot, size):
        page, _ = open_page(with_class(rated_all(), B2))
        page.resize(*size)
        qtbot.waitUntil(lambda: page.width() == size[0])
        assert page.bands.mapTo(page, page.bands.rect().topRight()).x() < size[0]
