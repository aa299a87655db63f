"""Every font, every token and every icon in both schemes, and what a change leaves behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo

from ssp_coder.ui.theme import fonts
from ssp_coder.ui.theme.fonts import FontUse, body_font, font_for, scale_of
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import TOKEN_NAMES, Scheme, tokens_of

SHOWN = (Scheme.LIGHT, Scheme.DARK)


@pytest.mark.parametrize("scheme", SHOWN)
@pytest.mark.parametrize("token", TOKEN_NAMES)
def test_a_token_is_the_colour_of_the_table_in_force(qapp, scheme, token):
    assert Theme(scheme).colour(token) == QColor(getattr(tokens_of(scheme), token))


@pytest.mark.parametrize("token", TOKEN_NAMES)
def test_a_colour_asked_for_before_a_change_is_not_kept_after_it(theme, token):
    before = theme.colour(token)
    theme.set_scheme(Scheme.DARK)
    assert theme.colour(token) == QColor(getattr(tokens_of(Scheme.DARK), token))
    theme.set_scheme(Scheme.LIGHT)
    assert theme.colour(token) == before


@pytest.mark.parametrize("use", FontUse)
def test_a_font_is_made_once_and_kept_through_a_change_of_scheme(theme, use):
    font = theme.font(use)
    theme.set_scheme(Scheme.DARK)
    assert theme.font(use) is font


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        (FontUse.VERDICT, FontUse.EMPTY_TITLE),
        (FontUse.EMPTY_TITLE, FontUse.MEDIA_TIME),
        (FontUse.MEDIA_TIME, FontUse.STEP_TITLE),
        (FontUse.STEP_TITLE, FontUse.PANEL_TITLE),
        (FontUse.PANEL_TITLE, FontUse.BODY),
        (FontUse.BODY, FontUse.TABLE),
        (FontUse.TABLE, FontUse.CAPTION),
        (FontUse.CAPTION, FontUse.RULER),
    ],
)
def test_what_matters_more_is_written_larger(theme, larger, smaller):
    assert theme.font(larger).pointSizeF() > theme.font(smaller).pointSizeF()


@pytest.mark.parametrize(
    ("strong", "plain"),
    [
        (FontUse.LABEL_STRONG, FontUse.BODY),
        (FontUse.TABLE_STRONG, FontUse.TABLE),
        (FontUse.CAPTION_STRONG, FontUse.CAPTION),
    ],
)
def test_the_strong_form_differs_by_weight_and_not_by_size(theme, strong, plain):
    assert theme.font(strong).pointSizeF() == theme.font(plain).pointSizeF()
    assert theme.font(strong).weight().value > theme.font(plain).weight().value


class TestFamilies:
    def families(self, monkeypatch, *installed):
        monkeypatch.setattr(QFontDatabase, "families", lambda *_: list(installed))
        return body_font(QFont("Desktop Sans")).families()

    def test_the_preferred_family_comes_first_where_it_is_installed(self, qapp, monkeypatch):
        found = self.families(monkeypatch, fonts.PREFERRED_FAMILY, fonts.FALLBACK_FAMILY)
        assert found == [fonts.PREFERRED_FAMILY, "Desktop Sans"]

    def test_the_fallback_comes_after_that_of_the_desktop(self, qapp, monkeypatch):
        found = self.families(monkeypatch, fonts.FALLBACK_FAMILY)
        assert found == ["Desktop Sans", fonts.FALLBACK_FAMILY]

    def test_without_both_the_desktop_decides(self, qapp, monkeypatch):
        assert self.families(monkeypatch, "Desktop Sans") == ["Desktop Sans"]


@given(points=st.floats(6, 40), use=st.sampled_from(FontUse))
def test_fonts_keep_their_proportions_at_any_size_of_the_system(qapp, points, use):
    ordinary, other = QFont(), QFont()
    ordinary.setPointSizeF(10)
    other.setPointSizeF(points)
    factor = font_for(use, other).pointSizeF() / font_for(use, ordinary).pointSizeF()
    assert factor == pytest.approx(points / 10, rel=0.03)


@given(lengths=st.lists(st.floats(0, 500), min_size=2, max_size=10))
def test_a_longer_length_is_never_shorter_on_the_screen(qapp, lengths):
    theme = Theme(Scheme.LIGHT)
    pixels = [theme.px(length) for length in sorted(lengths)]
    assert pixels == sorted(pixels)
    assert min(pixels) >= 1


def test_the_scale_is_that_of_the_body_font(qapp):
    body = QFont()
    body.setPixelSize(26)
    assert scale_of(body) == pytest.approx(QFontInfo(body).pixelSize() / fonts.BODY_PX)
    assert scale_of(body) == pytest.approx(2.0, abs=0.1)
