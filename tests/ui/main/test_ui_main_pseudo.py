"""In a language that nobody speaks every word on the screen is between brackets and fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QTabBar,
    QWidget,
)

from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.speaking import reworded
from ssp_coder.domain.words import english
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import Classify
from ssp_coder.ui.language.pseudo import is_pseudo, pseudo
from ssp_coder.ui.language.spoken import PSEUDO, SPOKEN
from ssp_coder.ui.main.workspace import COMPARE, PAGES
from ssp_coder.ui.session import OpenSession
from tests.builders import add, after, infant_scheme, rate, with_episodes

WORD = re.compile(r"[^\W\d_]{2,}")
KNOWN = re.compile(
    r"EP\d|PCS|CM|AVO|RES|DIST|SRCH|DORG|pandas|SPSS|ssp_coder|Esc|F\d+|[A-D]\d?|S\d+|c\d+"
    r"|[\w/.-]+\.(?:sspc|csv|mp4)|/[\w/.-]*|[0-9a-f]{16,}|(?:ms|fps|[kMG]B|s)"
)
"""What is no word: ids of the instruments, names of programs, keys, files, hashes and units."""

SOURCE = "Tag.toolTip"
"""Where a statement comes from is shown as its data file says it."""

ASKED = ("text", "title", "placeholderText", "toolTip", "accessibleName", "statusTip")


@pytest.fixture
def speaking(qapp):
    SPOKEN.speak(PSEUDO)
    yield
    SPOKEN.speak("en")


@pytest.fixture
def window(speaking, request):
    made = request.getfixturevalue("desk_window")
    made.resize(1600, 1000)
    return made


def session() -> OpenSession:
    value = with_episodes(Coding(session="S1", coder="c01"))
    value = after(
        value,
        add("distress.cry", 200, end=210),
        add("seeking.reach", 400, comment=pseudo("both arms")),
        rate("pcs_c_5", 4),
        Classify(classification=Classification(primary="B", subgroup="B2")),
    )
    scheme = infant_scheme()
    shown = reworded(scheme, lambda text: english(pseudo(str(text))) if str(text) else text)
    return OpenSession(Document(coding=value, scheme=scheme), shown=shown)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget.parent(), QTabBar):
            continue  # the arrows of a row of tabs are Qt's own
        name = type(widget).__name__
        for asked in ASKED:
            answer = getattr(widget, asked, None)
            if callable(answer) and not (asked == "text" and isinstance(widget, QComboBox)):
                yield f"{name}.{asked}", str(answer())
        if isinstance(widget, QTabBar):
            yield from ((f"{name}.tab", widget.tabText(i)) for i in range(widget.count()))
        if isinstance(widget, QComboBox):
            yield from ((f"{name}.item", widget.itemText(i)) for i in range(widget.count()))


def fixed(root: QWidget) -> list[str]:
    """Words that were never translated."""
    return sorted(
        {
            f"{place}: {text}"
            for place, text in texts(root)
            if place != SOURCE and not is_pseudo(text) and WORD.search(KNOWN.sub("", text))
        }
    )


def clipped(root: QWidget) -> list[str]:
    """Lines of text that are wider than their place."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, QLabel) and (widget.wordWrap() or not widget.pixmap().isNull()):
            continue
        if type(widget).__name__ == "CodeButton":
            continue  # elides its label and says it whole in its tip
        if widget.sizeHint().width() > widget.width() + 1 and widget.text():
            found.append(f"{type(widget).__name__}: {widget.text()}")
    return found


def settle() -> None:
    for _ in range(12):
        QApplication.processEvents()


@pytest.mark.parametrize("page", [*PAGES])
def test_every_page_speaks_only_translated_words(window, page) -> None:
    window.show_session(session())
    window.show_page(page)
    settle()
    assert window.workspace.current == page
    assert fixed(window) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page not in (COMPARE,)])
def test_nothing_on_a_page_is_cut_off_when_words_grow_by_a_third(window, page) -> None:
    window.show_session(session())
    window.show_page(page)
    settle()
    assert clipped(window) == []


def test_the_start_page_speaks_only_translated_words(window) -> None:
    settle()
    assert fixed(window) == []
    assert clipped(window) == []


def test_every_menu_speaks_only_translated_words(window) -> None:
    window.show_session(session())
    for menu in window.menus.actions():
        assert is_pseudo(menu.text())
        for action in menu.menu().actions():
            assert action.isSeparator() or is_pseudo(action.text()), action.text()


def test_what_is_missing_is_told_in_the_language_too(window) -> None:
    window.show_session(session())
    gaps = [gap.text for gap in window.rail.missing()] if hasattr(window.rail, "missing") else []
    assert all(is_pseudo(text) for text in gaps)
    window.show_page(Step.REVIEW)
    settle()
    assert fixed(window) == []


def test_the_handbook_speaks_only_translated_words(window) -> None:
    window.show_session(session())
    window.desk.handbook.open_here()
    settle()
    shown = window.desk.handbook.shown
    headings = [label.text() for label in shown.sheet.findChildren(QLabel)]
    assert any(is_pseudo(text) for text in headings)
    assert is_pseudo(shown.windowTitle())
    shown.close()
