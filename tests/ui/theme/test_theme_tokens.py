import pytest

from ssp_coder.ui.theme.tokens import (
    DARK,
    GROUP_SLOTS,
    LIGHT,
    TOKEN_NAMES,
    Scheme,
    contrast,
    group_of,
    tokens_of,
)

BOTH = pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])

TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "text2") for ground in ("panel", "win", "sel", "hover")),
    *(("text3", ground) for ground in ("panel", "win", "hover", "sel", "alt")),
    *((ink, ground) for ink in ("ok", "warn", "err") for ground in ("panel", "win", "alt")),
    ("text", "key"),
    ("text2", "alt"),
    ("text", "accsoft"),
    ("onacc", "accent"),
    ("panel", "text"),
    ("panel", "text2"),
    ("accent", "panel"),
    ("accent", "win"),
    ("ok", "oksoft"),
    ("warn", "warnsoft"),
    ("err", "errsoft"),
]

MARK_PAIRS = [
    ("ctl", "panel"),
    ("ctl", "win"),
    ("accent", "panel"),
    ("accent", "win"),
    ("accent", "hover"),
    ("err", "panel"),
    ("text", "panel"),
]


@BOTH
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_four_and_a_half_to_one(scheme, ink, ground):
    tokens = tokens_of(scheme)
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(("sign", "ground"), MARK_PAIRS)
def test_borders_and_rings_have_three_to_one(scheme, sign, ground):
    tokens = tokens_of(scheme)
    assert contrast(getattr(tokens, sign), getattr(tokens, ground)) >= 3


@BOTH
@pytest.mark.parametrize("slot", GROUP_SLOTS)
def test_the_edge_of_a_mark_has_three_to_one_on_the_panel(scheme, slot):
    assert contrast(group_of(slot, scheme).edge, tokens_of(scheme).panel) >= 3


@BOTH
@pytest.mark.parametrize("slot", GROUP_SLOTS)
def test_words_on_a_tint_and_words_of_a_group_can_be_read(scheme, slot):
    tokens, group = tokens_of(scheme), group_of(slot, scheme)
    assert contrast(tokens.text, group.tint) >= 4.5
    assert contrast(group.text, tokens.panel) >= 4.5


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        (LIGHT.text, LIGHT.panel, 16.5),
        (DARK.onacc, DARK.accent, 8.9),
        (LIGHT.ctl, LIGHT.win, 3.3),
    ],
)
def test_contrast_follows_the_wcag_formula(first, second, expected):
    assert contrast(first, second) == pytest.approx(expected, abs=0.05)
    assert contrast(second, first) == contrast(first, second)


@BOTH
def test_every_token_is_a_six_digit_colour(scheme):
    tokens = tokens_of(scheme)
    for name in TOKEN_NAMES:
        value = getattr(tokens, name)
        assert len(value) == 7
        assert value[0] == "#"
        assert 0 <= int(value[1:], 16) <= 0xFFFFFF


@BOTH
def test_no_two_groups_share_a_colour_or_the_accent(scheme):
    fills = [group_of(slot, scheme).fill for slot in GROUP_SLOTS]
    assert len(set(fills)) == len(GROUP_SLOTS) == 8
    assert tokens_of(scheme).accent not in fills


def test_an_unknown_slot_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"mauve.*vermilion, green"):
        group_of("mauve", Scheme.LIGHT)


def test_the_system_scheme_has_no_table_of_its_own():
    with pytest.raises(ValueError, match="resolve it to light or dark"):
        tokens_of(Scheme.SYSTEM)
