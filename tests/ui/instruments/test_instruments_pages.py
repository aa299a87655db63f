"""Procedure, codes, scales, keys and overview: what they show and how they are walked through."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.procedure import LengthEffect, LengthRule
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.ui.code.keysigns import KEY_ROWS, cap_text
from ssp_coder.ui.instruments.codes import CodesPage
from ssp_coder.ui.instruments.keys import KeysPage
from ssp_coder.ui.instruments.overview import OverviewPage, parts_of, statements_of
from ssp_coder.ui.instruments.procedure import ProcedurePage
from ssp_coder.ui.instruments.procedure_picture import ProcedurePicture, fitted, proportional
from ssp_coder.ui.instruments.scales import ScalesPage
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.instruments.words import (
    change_words,
    count_words,
    place_title,
    places_of,
    present_words,
    rule_words,
    source_words,
)
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.rate.words import provenance_tag
from tests.builders import infant_scheme, s

SCHEME = infant_scheme()
PLANS = SCHEME.procedure.episodes


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def tags(widget):
    return [tag.text() for tag in widget.findChildren(Tag)]


def shown(qtbot, widget, width=1130, height=640):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


class TestPicture:
    @pytest.fixture
    def picture(self, theme, qtbot):
        return shown(qtbot, ProcedurePicture(theme, SCHEME), 1130, 300)

    def test_bands_are_as_wide_as_the_episodes_are_long(self, picture):
        widths = [rect.width() for rect in picture.episode_rects()]
        long = [w for w, plan in zip(widths, PLANS, strict=True) if plan.planned_us == s(180)]
        assert max(long) - min(long) <= 1
        assert widths[0] < long[0] / 4

    def test_bands_follow_each_other_inside_the_picture(self, picture):
        rects = picture.episode_rects()
        assert all(a.right() < b.left() for a, b in pairwise(rects))
        assert rects[-1].right() < picture.width()

    @pytest.mark.parametrize(
        ("key", "episode"),
        [
            (Qt.Key.Key_Right, PLANS[1].id),
            (Qt.Key.Key_End, PLANS[-1].id),
            (Qt.Key.Key_Left, PLANS[0].id),
        ],
    )
    def test_keys_choose_an_episode(self, picture, qtbot, key, episode):
        qtbot.keyClick(picture, key)
        assert picture.chosen() == episode

    def test_home_goes_back_to_the_first(self, picture, qtbot):
        picture.set_chosen("EP5")
        qtbot.keyClick(picture, Qt.Key.Key_Home)
        assert picture.chosen() == "EP1"

    def test_a_click_chooses_the_episode_under_it(self, picture, qtbot):
        place = picture.episode_rects()[4].center()
        with qtbot.waitSignal(picture.episode_chosen) as told:
            qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
        assert told.args == ["EP5"]

    def test_a_click_on_a_persons_row_chooses_too(self, picture, qtbot):
        rect = picture.episode_rects()[7]
        place = QPoint(rect.center().x(), rect.bottom() + 60)
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
        assert picture.chosen() == "EP8"

    def test_the_chosen_episode_is_spoken(self, picture):
        picture.set_chosen("EP5")
        name = picture.accessibleName()
        assert name.startswith("EP5, Reunion 1, present: Caregiver")
        assert "may be extended" in name
        assert "5 ratings" in name

    def test_an_unknown_episode_changes_nothing(self, picture):
        picture.set_chosen("EP99")
        assert picture.chosen() == "EP1"

    def test_the_choice_is_painted(self, picture):
        before = picture.grab().toImage()
        picture.set_chosen("EP5")
        assert picture.grab().toImage() != before

    def test_it_is_painted_at_its_smallest(self, picture):
        picture.resize(picture.minimumSizeHint())
        assert not picture.grab().isNull()


class TestProportions:
    def test_widths_fill_the_room_in_proportion(self):
        assert proportional((30, 180, 90), 300, 10) == (30, 180, 90)

    def test_a_short_episode_keeps_a_readable_width(self):
        widths = proportional((1, 100, 100), 220, 20)
        assert widths[0] == 20
        assert widths[1] == widths[2] == 100

    def test_lengths_of_nothing_are_no_error(self):
        assert proportional((0, 0), 100, 10) == (10, 10)

    def test_a_text_that_does_not_fit_ends_with_an_ellipsis(self, theme):
        from PySide6.QtCore import QRect

        from ssp_coder.ui.theme.fonts import FontUse

        font = theme.font(FontUse.CAPTION)
        cut = fitted("many words that go on and on and on", QRect(0, 0, 80, 30), font)
        assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")
        assert fitted("short", QRect(0, 0, 80, 30), font) == "short"


class TestProcedure:
    @pytest.fixture
    def page(self, theme, qtbot):
        return shown(qtbot, ProcedurePage(theme, SCHEME))

    def test_an_episode_tells_cues_persons_and_length(self, page):
        page.show_item("EP4")
        plan = PLANS[3]
        told = texts(page.episode)
        assert str(plan.start_cue) in told
        assert str(plan.end_cue) in told
        assert present_words(plan, SCHEME.procedure) in told
        assert "3:00" in told

    def test_it_tells_when_it_is_cut_short_and_from_where_that_is_known(self, page):
        page.show_item("EP4")
        rules = SCHEME.procedure.length_rules_of(PLANS[3].id)
        assert rules
        assert all(rule_words(rule) in texts(page.episode) for rule in rules)
        assert provenance_tag(rules[0].provenance)[0] in tags(page.episode)

    def test_it_lists_what_is_rated_there(self, page):
        page.show_item("EP8")
        assert "Avoidance, EP8, toward caregiver" in texts(page.episode)
        page.show_item("EP1")
        assert "Nothing is rated in this episode." in texts(page.episode)

    def test_a_choice_in_the_picture_changes_the_texts(self, page, qtbot):
        qtbot.keyClick(page.picture, Qt.Key.Key_End)
        assert f"EP8  {PLANS[7].title}" in texts(page.episode)

    def test_the_whole_procedure_tells_its_end(self, page):
        assert str(SCHEME.procedure.session_end_cue) in texts(page.whole)
        assert "Disorganization" in texts(page.whole)

    def test_an_unknown_episode_changes_nothing(self, page):
        page.show_item("EP3")
        page.show_item("nothing")
        assert page.picture.chosen() == "EP3"


class TestCodes:
    @pytest.fixture
    def page(self, theme, qtbot):
        return shown(qtbot, CodesPage(theme, SCHEME))

    def test_every_code_stands_under_its_group(self, page):
        model = page.tree.model()
        assert model.rowCount() == len(SCHEME.ethogram.groups)
        for row, group in enumerate(SCHEME.ethogram.groups):
            assert model.rowCount(model.index(row, 0)) == len(group.codes)

    def test_a_group_says_whether_it_is_exclusive_and_whose_it_is(self, page):
        model = page.tree.model()
        heads = [model.index(row, 0).data() for row in range(model.rowCount())]
        assert any("one state at a time" in head for head in heads)
        assert any("several at a time" in head for head in heads)

    def test_a_code_is_told_in_full(self, page):
        page.show_item("contact.clinging_c")
        told = texts(page.detail)
        code = SCHEME.ethogram.code("contact.clinging_c")
        assert str(code.title) in told
        assert cap_text(SCHEME.keymap.key_for(code.id)) in told
        assert "contact.clinging_c" in told
        assert "Contact maintaining" in told
        assert ", ".join(code.tags) in told
        assert tags(page.detail) == [provenance_tag(code.provenance)[0]]

    def test_modifiers_are_listed_with_their_values(self, page):
        page.show_item("resistance.push")
        modifier = SCHEME.ethogram.modifiers[0]
        assert ", ".join(str(value.title) for value in modifier.values) in texts(page.detail)

    def test_a_group_is_told_too(self, page):
        page.show_item("distress")
        assert "Cry" in " ".join(texts(page.detail))

    def test_down_goes_to_the_next_code(self, page, qtbot):
        page.show_item("distress.fuss")
        qtbot.keyClick(page.tree, Qt.Key.Key_Down)
        assert str(SCHEME.ethogram.code("distress.cry").title) in texts(page.detail)

    def test_marks_follow_the_colours(self, page, theme):
        from ssp_coder.ui.theme.tokens import Scheme

        def picture():
            return page.tree.model().index(1, 0).data(int(Qt.ItemDataRole.DecorationRole))

        before = picture().pixmap(14, 14).toImage()
        theme.set_scheme(Scheme.DARK)
        assert picture().pixmap(14, 14).toImage() != before

    def test_an_unknown_code_changes_nothing(self, page):
        page.show_item("distress.cry")
        page.show_item("no.code")
        assert str(SCHEME.ethogram.code("distress.cry").title) in texts(page.detail)


class TestScales:
    @pytest.fixture
    def page(self, theme, qtbot):
        return shown(qtbot, ScalesPage(theme, SCHEME))

    @pytest.mark.parametrize("scale", SCHEME.scales, ids=[str(x.id) for x in SCHEME.scales])
    def test_every_anchor_is_shown_with_its_origin(self, page, scale):
        page.show_item(str(scale.id))
        told = texts(page.sheet)
        assert all(str(anchor.text) in told for anchor in scale.anchors)
        shown_tags = tags(page.sheet)
        for anchor in scale.anchors:
            assert provenance_tag(anchor.provenance)[0] in shown_tags
        assert len(shown_tags) >= len(scale.anchors)

    def test_the_highest_point_comes_first(self, page):
        page.show_item("avo")
        points = [text for text in texts(page.sheet) if text in set("1234567")]
        assert points == list("7654321")

    def test_hinges_confusions_and_reasons_are_told(self, page):
        page.show_item("pcs")
        scale = SCHEME.scale("pcs")
        told = " ".join(texts(page.sheet))
        assert str(scale.hinges[0].text) in told
        assert all(reason.id in told for reason in scale.missing_reasons)
        page.show_item("res")
        assert str(SCHEME.scale("res").confusions[0]) in texts(page.sheet)

    def test_the_decision_point_is_told(self, page):
        page.show_item("dorg")
        assert "exactly 5: the coder decides, and says why" in texts(page.sheet)

    def test_needed_places_are_marked(self):
        lines = places_of(SCHEME.scale("avo"), SCHEME)
        assert any("EP5*" in line and "EP8*" in line for line in lines)
        assert any(line.startswith("toward stranger") and "*" not in line for line in lines)
        assert places_of(SCHEME.scale("dorg"), SCHEME) == ("whole session*",)

    def test_an_unknown_scale_changes_nothing(self, page):
        page.show_item("avo")
        page.show_item("xyz")
        assert page.list.currentItem().text().startswith("AVO")


class TestKeys:
    @pytest.fixture
    def page(self, theme, qtbot):
        return shown(qtbot, KeysPage(theme, SCHEME))

    def test_every_key_of_the_map_is_on_the_keyboard(self):
        printed = {key for row in KEY_ROWS for key in row}
        assert {b.key.replace("shift+", "") for b in SCHEME.keymap.bindings} <= printed

    def test_arrows_go_from_key_to_key(self, page, qtbot):
        board = page.keyboard
        assert board.chosen() == "q"
        for key, sign in (
            (Qt.Key.Key_Right, "w"),
            (Qt.Key.Key_Down, "s"),
            (Qt.Key.Key_Left, "a"),
            (Qt.Key.Key_Left, "a"),
            (Qt.Key.Key_Up, "q"),
            (Qt.Key.Key_Up, "1"),
            (Qt.Key.Key_Up, "1"),
        ):
            qtbot.keyClick(board, key)
            assert board.chosen() == sign

    def test_the_chosen_key_says_what_it_records_with_and_without_shift(self, page, qtbot):
        qtbot.keyClick(page.keyboard, Qt.Key.Key_Right)
        code = SCHEME.ethogram.code(SCHEME.keymap.code_for("w"))
        assert f"W: {code.title}" in page.chosen.text()
        assert "SHIFT W" in page.chosen.text()
        assert page.keyboard.accessibleName() == page.chosen.text()

    def test_a_free_key_says_so(self, page):
        assert page.keyboard.words_of("/") == "/: free"

    def test_a_click_chooses_a_key(self, page, qtbot):
        place = page.keyboard.key_rect(2, 1).center()
        with qtbot.waitSignal(page.keyboard.key_chosen) as told:
            qtbot.mouseClick(page.keyboard, Qt.MouseButton.LeftButton, pos=place)
        assert told.args == ["s"]

    def test_keys_lie_inside_the_drawing(self, page):
        for row, keys in enumerate(KEY_ROWS):
            for column in range(len(keys)):
                assert page.keyboard.rect().contains(page.keyboard.key_rect(row, column))

    def test_codes_without_a_key_are_listed(self, theme, qtbot):
        bare = replace(SCHEME, keymap=replace(SCHEME.keymap, bindings=()))
        page = shown(qtbot, KeysPage(theme, bare))
        assert any("Hard cry" in text for text in texts(page.groups))
        assert not page.keyboard.grab().isNull()


class TestOverview:
    def test_every_file_is_named_with_version_and_hash(self, theme, qtbot):
        page = shown(qtbot, OverviewPage(theme, SCHEME))
        told = "\n".join(texts(page.files))
        for file in SCHEME.files:
            assert file.path in told
            assert file.sha256[:16] in told

    def test_each_file_has_a_version_and_its_sources(self):
        for part in parts_of(SCHEME):
            assert part.version.count(".") == 2
        assert any(part.sources for part in parts_of(SCHEME))

    def test_a_file_in_an_older_form_is_still_named(self):
        old = replace(SCHEME.files[0], content=b"kind = 'none'")
        part = parts_of(replace(SCHEME, files=(old,)))[0]
        assert (part.version, part.sources) == ("", ())
        assert part.path == old.path

    def test_statements_are_counted_by_origin(self, theme, qtbot):
        page = shown(qtbot, OverviewPage(theme, SCHEME))
        ours = sum(p.origin is Origin.PROJECT_DEFAULT for _, p in statements_of(SCHEME))
        assert str(ours) in texts(page.origins)
        assert ours > len(SCHEME.rules.profiles)

    def test_every_source_is_listed_once(self, theme, qtbot):
        page = shown(qtbot, OverviewPage(theme, SCHEME))
        told = texts(page.origins)
        sources = {source for part in parts_of(SCHEME) for _, source in part.sources}
        assert all(told.count(source) >= 1 for source in sources)


class TestSheet:
    def test_what_is_empty_makes_no_line(self, theme, qtbot):
        sheet = shown(qtbot, Sheet(theme, "A sheet"))
        sheet.add_fact("Label", "")
        sheet.add_text("")
        assert texts(sheet) == []

    def test_clearing_takes_everything_away(self, theme, qtbot):
        sheet = shown(qtbot, Sheet(theme, "A sheet"))
        sheet.add_title("Title")
        sheet.clear()
        sheet.add_text("New")
        assert texts(sheet) == ["New"]

    def test_a_statement_tells_its_source_in_the_tooltip(self, theme, qtbot):
        sheet = shown(qtbot, Sheet(theme, "A sheet"))
        stated = Provenance(origin=Origin.LITERATURE, source="A book", confidence=0.85)
        sheet.add_statement("Words", stated, "7")
        assert sheet.findChild(Tag).toolTip() == "A book (confidence 0.85)"

    def test_it_takes_the_focus_and_shows_it(self, theme, qtbot):
        sheet = shown(qtbot, Sheet(theme, "A sheet"))
        before = sheet.grab().toImage()
        sheet.setFocus()
        qtbot.waitUntil(lambda: sheet.focusProxy().hasFocus())
        assert sheet.grab().toImage() != before


class TestWords:
    def test_a_rule_with_a_range_names_both_ends(self):
        made = LengthRule(
            id="lab",
            effect=LengthEffect.CURTAIL,
            title=english("Lab"),
            episodes=(),
            sign=english("Hard crying."),
            after_us=s(20),
            up_to_us=s(30),
            provenance=Provenance(origin=Origin.LAB, source="us"),
        )
        assert rule_words(made) == "Cut short, Lab: Hard crying. After 20 to 30 s."
        assert rule_words(replace(made, up_to_us=None)).endswith("After 20 s.")
        assert rule_words(replace(made, after_us=None, up_to_us=None)).endswith("Hard crying.")

    def test_lengths_that_may_change_are_said(self):
        plan = replace(PLANS[3], may_curtail=True, may_extend=True)
        assert change_words(plan) == "may be cut short, may be extended"
        assert change_words(replace(plan, may_curtail=False, may_extend=False)) == ""

    def test_one_is_not_many(self):
        assert (count_words(1), count_words(5)) == ("1 rating", "5 ratings")

    def test_a_source_without_confidence_stands_alone(self):
        assert source_words(Provenance(origin=Origin.VERIFIED, source="Paper")) == "Paper"

    def test_an_episode_is_named_over_its_columns(self):
        assert place_title("EP8", SCHEME) == "Reunion 2, EP8"
        assert place_title("elsewhere", SCHEME) == "elsewhere"
