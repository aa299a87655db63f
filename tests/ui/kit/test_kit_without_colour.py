"""Shape first, colour second: every state still reads when all colour is removed."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from ssp_coder.ui.kit.band_row import Band, BandRow
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.keycap import CapLook, KeyCap
from ssp_coder.ui.kit.rating_row import RatingRow, RatingScale
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.step_rail import RailStep, StepRail, StepState
from ssp_coder.ui.theme.tokens import GROUP_SLOTS, contrast

SEVEN = RatingScale(name="Seeking", minimum=1, maximum=7)
VISIBLE_STEP = 8
"""A difference in grey, of 255, that an eye can tell on a screen."""


def grey(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def differ(first, second):
    """Whether two grey pictures of one size differ in more than a few pixels."""
    if first.size() != second.size():
        return True
    places = [(x, y) for x in range(first.width()) for y in range(first.height())]
    seen = sum(
        abs(first.pixelColor(x, y).red() - second.pixelColor(x, y).red()) >= VISIBLE_STEP
        for x, y in places
    )
    return seen >= 12


def all_differ(pictures):
    return [
        (one, other)
        for (one, first), (other, second) in combinations(pictures.items(), 2)
        if not differ(first, second)
    ]


@pytest.mark.parametrize("slot", GROUP_SLOTS)
def test_the_states_of_a_code_button(any_theme, shown, slot):
    button = shown(CodeButton(any_theme, CodeFace(label="held by C", key="W", slot=slot)))
    pictures = {"rest": grey(button)}
    button.set_lit(True)
    pictures["lit"] = grey(button)
    button.setFocus()
    pictures["lit and focused"] = grey(button)
    button.set_lit(False)
    pictures["focused"] = grey(button)
    button.clearFocus()
    button.setDown(True)
    pictures["pressed"] = grey(button)
    button.setDown(False)
    button.set_in_pass(False)
    pictures["not in this pass"] = grey(button)
    assert all_differ(pictures) == []


def test_the_kinds_and_states_of_a_button(any_theme, shown):
    pictures = {}
    for kind in ButtonKind:
        button = shown(PushButton(any_theme, "Lock coding", kind))
        pictures[f"{kind} at rest"] = grey(button)
        button.setFocus()
        pictures[f"{kind} focused"] = grey(button)
    button = shown(PushButton(any_theme, "Lock coding"))
    button.disable("later")
    pictures["disabled"] = grey(button)
    assert all_differ(pictures) == []


def test_the_looks_of_a_rating(any_theme, shown):
    row = shown(RatingRow(any_theme, SEVEN))
    pictures = {"not rated": grey(row)}
    for point in (1, 4, 7):
        row.show_rated(point)
        pictures[f"rated {point}"] = grey(row)
    row.show_cannot_code("no view")
    pictures["cannot be coded"] = grey(row)
    row.show_not_applicable("absent")
    pictures["not applicable"] = grey(row)
    assert all_differ(pictures) == []


def test_the_states_of_a_step(any_theme, shown):
    pictures = {}
    for state in StepState:
        rail = shown(
            StepRail(any_theme, (RailStep(id="s", title="Rate", state=state),)), (184, 200)
        )
        pictures[state] = grey(rail.row("s"))
        rail.set_current("s")
        pictures[f"{state} current"] = grey(rail.row("s"))
    assert all_differ(pictures) == []


def test_the_states_of_saving(any_theme, shown):
    saved = shown(SavedIndicator(any_theme), (320, 24))
    pictures = {}
    for name, show in {
        "saved": lambda: saved.show_saved("14:32:07"),
        "saving": saved.show_saving,
        "error": lambda: saved.show_error("Disk full", 3),
        "locked": lambda: saved.show_locked(),
        "nothing": saved.show_nothing,
    }.items():
        show()
        pictures[name] = grey(saved)
    assert all_differ(pictures) == []


def test_inside_and_outside_of_a_band(any_theme, shown):
    row = shown(BandRow(any_theme, SEVEN), (200, 24))
    pictures = {}
    for name, band, point in (
        ("inside", Band(low=2, high=5), 4),
        ("outside", Band(low=5, high=6), 4),
        ("not rated", Band(low=2, high=5), None),
        ("not used", None, 4),
    ):
        row.show_band(band, point)
        pictures[name] = grey(row)
    assert all_differ(pictures) == []


def test_the_looks_of_a_key(any_theme, shown):
    pictures = {look: grey(shown(KeyCap(any_theme, "W", look))) for look in CapLook}
    assert all_differ(pictures) == []


def test_a_filter_that_is_on(any_theme, shown):
    chip = shown(Chip(any_theme, ChipFace(text="Open", count=21)))
    chip.setCheckable(True)
    off = grey(chip)
    chip.setChecked(True)
    assert differ(off, grey(chip))


def loudest_on(widget, ground):
    """The highest contrast of any pixel of a widget with a ground."""
    image = widget.grab().toImage()
    names = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    return max(contrast(name, ground) for name in names)


BLOCKS = "\N{FULL BLOCK}" * 3


@pytest.mark.parametrize("kind", list(TagKind))
def test_words_painted_on_a_tag_can_be_read(any_theme, shown, kind):
    tag = shown(Tag(any_theme, BLOCKS, kind))
    image = tag.grab().toImage()
    ground = image.pixelColor(image.width() // 2, 0).name()
    assert loudest_on(tag, ground) >= 4.5


@pytest.mark.parametrize("slot", GROUP_SLOTS)
@pytest.mark.parametrize("lit", [True, False])
def test_words_painted_on_a_code_button_can_be_read(any_theme, shown, slot, lit):
    button = shown(CodeButton(any_theme, CodeFace(label=BLOCKS, key="W", slot=slot)))
    button.set_lit(lit)
    image = button.grab().toImage()
    middle = image.height() // 2
    ground = QColor(image.pixelColor(image.width() - 8, 4)).name()
    row = [image.pixelColor(x, middle).name() for x in range(30, image.width() - 8)]
    assert max(contrast(name, ground) for name in row) >= 4.5


@pytest.mark.parametrize("kind", list(ButtonKind))
@pytest.mark.parametrize("state", ["rest", "pressed", "checked", "disabled"])
def test_words_painted_on_a_button_can_be_read(any_theme, shown, kind, state):
    button = shown(PushButton(any_theme, BLOCKS, kind))
    button.setCheckable(True)
    button.setDown(state == "pressed")
    button.setChecked(state == "checked")
    button.setEnabled(state != "disabled")
    image = button.grab().toImage()
    middle = image.height() // 2
    ground = image.pixelColor(6, middle).name()
    ink = image.pixelColor(image.width() // 2, middle).name()
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("code button", lambda theme: CodeButton(theme, CodeFace(label="a", key="W", slot="sky"))),
        ("button", lambda theme: PushButton(theme, "Lock")),
        ("rating row", lambda theme: RatingRow(theme, SEVEN)),
        ("chip", lambda theme: Chip(theme, ChipFace(text="17:03"))),
    ],
)
def test_the_ring_stands_out_from_the_window(any_theme, shown, name, make):
    widget = shown(make(any_theme))
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    image = widget.grab().toImage()
    ring = image.pixelColor(image.width() // 2, 0).name()
    assert ring == any_theme.tokens.accent.lower(), name
    assert contrast(ring, any_theme.tokens.win) >= 3
    assert contrast(ring, any_theme.tokens.panel) >= 3


def test_a_longer_language_elides_and_keeps_the_whole_name(theme, shown):
    german = "Kontaktaufrechterhaltung, aktiv und anhaltend"
    button = shown(CodeButton(theme, CodeFace(label=german, key="W", slot="green")), (110, 27))
    assert loudest_on(button, theme.tokens.panel) >= 4.5
    assert button.toolTip() == german
    assert german in button.accessibleName()
    rail = shown(StepRail(theme, (RailStep(id="s", title=german, detail="3"),)), (184, 200))
    assert rail.row("s").accessibleName().startswith(german)
    assert rail.width() == theme.px(184)
