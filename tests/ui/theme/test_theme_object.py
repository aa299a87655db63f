import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.theme import fonts
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.palette import palette_of
from ssp_coder.ui.theme.stylesheet import stylesheet
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import DARK, LIGHT, Scheme, tokens_of


@pytest.fixture
def dressed(qapp):
    """The application, given back undressed."""
    style, palette, font = qapp.style().objectName(), qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setStyle(style)


def test_a_change_of_scheme_is_told_once_and_changes_the_colours(theme, qtbot):
    before = theme.colour("panel").name()
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme(Scheme.DARK)
    assert theme.resolved is Scheme.DARK
    assert before == LIGHT.panel.lower()
    assert theme.colour("panel").name() == DARK.panel.lower()
    assert theme.group("sky").edge == "#56B4E9"


def test_the_same_scheme_again_is_no_change(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme(Scheme.LIGHT)


def test_the_system_scheme_resolves_to_light_or_dark(qapp):
    theme = Theme(Scheme.SYSTEM)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.scheme is Scheme.SYSTEM
    assert theme.resolved is (Scheme.DARK if dark else Scheme.LIGHT)


def test_an_applied_theme_dresses_the_application_again_when_it_changes(theme, dressed):
    theme.apply(dressed)
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == LIGHT.win.lower()
    assert LIGHT.ctl in dressed.styleSheet()
    theme.set_scheme(Scheme.DARK)
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == DARK.win.lower()
    assert DARK.ctl in dressed.styleSheet()


def test_a_theme_that_was_not_applied_leaves_the_application_alone(theme, qapp):
    before = qapp.palette().color(QPalette.ColorRole.Window)
    theme.set_scheme(Scheme.DARK)
    assert isinstance(qapp, QApplication)
    assert qapp.palette().color(QPalette.ColorRole.Window) == before


def test_an_unknown_token_is_refused_by_name(theme):
    with pytest.raises(ValueError, match="'mauve' is no colour token; there are win, panel"):
        theme.colour("mauve")


@pytest.mark.parametrize(
    ("role", "token"),
    [
        (QPalette.ColorRole.Base, "panel"),
        (QPalette.ColorRole.AlternateBase, "alt"),
        (QPalette.ColorRole.Highlight, "sel"),
        (QPalette.ColorRole.HighlightedText, "text"),
        (QPalette.ColorRole.Accent, "accent"),
        (QPalette.ColorRole.ToolTipBase, "text"),
        (QPalette.ColorRole.ToolTipText, "panel"),
        (QPalette.ColorRole.PlaceholderText, "text3"),
        (QPalette.ColorRole.Dark, "ctl"),
    ],
)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_palette_takes_each_role_from_the_table(qapp, role, token, scheme):
    tokens = tokens_of(scheme)
    assert palette_of(tokens).color(role).name() == getattr(tokens, token).lower()


def test_disabled_text_of_the_palette_is_the_hint_colour(qapp):
    colour = palette_of(LIGHT).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert colour.name() == LIGHT.text3.lower()


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_has_every_name_filled_in(tokens):
    sheet = stylesheet(tokens, lambda length: round(length * 2))
    assert "$" not in sheet
    assert tokens.accent in sheet
    assert "border-radius: 12px" in sheet
    assert sheet.count("{") == sheet.count("}")


def test_sizes_follow_the_system_font(qapp):
    body = fonts.body_font(qapp.font())
    body.setPointSizeF(10)
    larger = fonts.body_font(qapp.font())
    larger.setPointSizeF(20)
    for use in FontUse:
        small, large = fonts.font_for(use, body), fonts.font_for(use, larger)
        assert large.pointSizeF() == pytest.approx(2 * small.pointSizeF(), rel=0.02)


def test_sizes_follow_a_system_font_given_in_pixels(qapp):
    body = fonts.body_font(qapp.font())
    body.setPixelSize(26)
    assert fonts.font_for(FontUse.CAPTION, body).pixelSize() == 22


def test_nothing_is_smaller_than_the_ruler(qapp):
    body = fonts.body_font(qapp.font())
    sizes = {use: fonts.font_for(use, body).pointSizeF() for use in FontUse}
    assert min(sizes, key=sizes.get) is FontUse.RULER
    assert sizes[FontUse.RULER] / body.pointSizeF() == pytest.approx(10.5 / 13, abs=0.02)
    assert max(sizes, key=sizes.get) is FontUse.VERDICT


def test_all_fonts_ask_for_tabular_figures(theme):
    for use in FontUse:
        font = theme.font(use)
        tags = [bytes(tag.toString()).decode() for tag in font.featureTags()]
        assert "tnum" in tags


def test_a_weight_that_the_family_lacks_is_chosen_once_for_all(qapp):
    body = fonts.body_font(qapp.font())
    family = QFontInfo(body).family()
    assert fonts._available(fonts._MEDIUM, "no such family") == fonts._REGULAR
    assert fonts._available(fonts._STRONG, "no such family").value == 700
    assert fonts.font_for(FontUse.LABEL, body).weight() == fonts._available(fonts._MEDIUM, family)


def test_lengths_grow_with_the_font_but_never_vanish(theme):
    assert theme.px(0.1) == 1
    assert theme.px(26) == round(26 * fonts.scale_of(theme.font(FontUse.BODY)))


def test_settings_of_the_user_are_out_of_reach(settings_in_tmp):
    settings = QSettings("ssp_coder", "ssp_coder")
    settings.setValue("scheme", "dark")
    settings.sync()
    assert settings.fileName().startswith(str(settings_in_tmp))


class TestFollowingTheDesktop:
    @pytest.fixture
    def desktop(self, qapp, monkeypatch):
        """Lets the desktop be light or dark; the offscreen platform has no wish of its own."""

        def turn(scheme):
            dark = scheme is Qt.ColorScheme.Dark
            monkeypatch.setattr("ssp_coder.ui.theme.theme.desktop_is_dark", lambda: dark)
            qapp.styleHints().colorSchemeChanged.emit(scheme)

        return turn

    def test_a_theme_that_follows_changes_with_the_desktop(self, desktop, qtbot):
        desktop(Qt.ColorScheme.Light)
        theme = Theme(Scheme.SYSTEM)
        with qtbot.waitSignal(theme.changed):
            desktop(Qt.ColorScheme.Dark)
        assert theme.resolved is Scheme.DARK
        assert theme.scheme is Scheme.SYSTEM

    def test_a_theme_that_was_chosen_does_not(self, theme, desktop, qtbot):
        with qtbot.assertNotEmitted(theme.changed):
            desktop(Qt.ColorScheme.Dark)
        assert theme.resolved is Scheme.LIGHT

    def test_going_back_to_the_desktop_takes_its_colours(self, theme, desktop, qtbot):
        desktop(Qt.ColorScheme.Dark)
        with qtbot.waitSignal(theme.changed):
            theme.set_scheme(Scheme.SYSTEM)
        assert theme.resolved is Scheme.DARK

    def test_the_same_wish_again_is_no_change(self, desktop, qtbot):
        desktop(Qt.ColorScheme.Dark)
        theme = Theme(Scheme.SYSTEM)
        with qtbot.assertNotEmitted(theme.changed):
            desktop(Qt.ColorScheme.Dark)
        assert theme.resolved is Scheme.DARK
