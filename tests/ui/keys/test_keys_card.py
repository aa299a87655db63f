"""The key card: what it says, that it fits one page, and that it is written."""

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet
from ssp_coder.ui.keys import card_dialog
from ssp_coder.ui.keys.card import (
    COLUMNS,
    Card,
    CardBlock,
    CardRow,
    _Painting,
    card_of,
    flowed,
)
from ssp_coder.ui.keys.card_dialog import CardDialog, card_image, usual_page, write_pdf
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.main.commands import COMMANDS
from ssp_coder.ui.theme.tokens import Scheme, group_of
from tests.builders import infant_scheme
from tests.ui.pages import session_of

LONG = "Nächstes Ereignis auswählen"


@pytest.fixture(autouse=True)
def keys_as_they_came(qapp):
    live_keys().take(KeySet())
    yield
    live_keys().take(KeySet())


@pytest.fixture
def whole_card():
    scheme = infant_scheme()
    return card_of(scheme, scheme.keymap)


def rows_of(card):
    return [row for block in card.blocks for row in block.rows]


def block(rows, title="b"):
    return CardBlock(title=title, rows=tuple(CardRow(keys=("Q",), words="w") for _ in range(rows)))


class TestWhatItSays:
    def test_every_code_with_a_key_is_on_it_with_its_mark(self, whole_card):
        scheme = infant_scheme()
        words = {(row.words, row.keys) for row in rows_of(whole_card) if row.mark is not None}
        assert len(words) == len({binding.code for binding in scheme.keymap.bindings})
        assert (str(scheme.ethogram.code(CodeId("seeking.reach")).title), ("I",)) in words

    def test_every_command_with_a_key_is_on_it(self, whole_card):
        words = {row.words for row in rows_of(whole_card) if row.mark is None}
        for command in COMMANDS:
            assert (command.words.rstrip("…") in words) == bool(command.keys), command.id

    def test_the_keys_of_episodes_are_one_line(self, whole_card):
        line = next(row for row in rows_of(whole_card) if row.words == "Start of an episode")
        assert line.keys == ("Alt", "1", "…", "8")

    def test_shift_is_one_sign_as_the_note_says(self, whole_card):
        assert "⇧ with Shift" in whole_card.note
        rows = {row.words: row.keys for row in rows_of(whole_card)}
        assert rows["Redo"] == ("Ctrl", "⇧", "Z")
        assert all("Shift" not in keys for keys in rows.values())

    def test_in_german_the_keys_are_german(self):
        SPOKEN.speak("de")
        try:
            card = card_of(infant_scheme(), infant_scheme().keymap)
        finally:
            SPOKEN.speak("en")
        keys = {key for row in rows_of(card) for key in row.keys}
        assert {"Strg", "⇧", "Leertaste", "Bild auf"} <= keys
        assert keys.isdisjoint(("Ctrl", "Umschalt", "Shift", "Space", "PgUp"))

    def test_states_and_points_have_their_shapes(self, whole_card):
        shapes = {row.words: row.mark[1] for row in rows_of(whole_card) if row.mark is not None}
        assert shapes["Reach"] is MarkShape.TRIANGLE_UP
        assert shapes["Cry"] is MarkShape.BAR

    def test_own_keys_are_on_it(self):
        live_keys().take(KeySet(commands=(CommandKeys(command="undo", keys=("F13",)),)))
        scheme = infant_scheme()
        own = CodeKeys(keymap="infant", code=CodeId("seeking.reach"), keys=("media_play",))
        keymap = KeySet(codes=(own,)).laid_over(scheme.keymap, scheme.ethogram)
        rows = {row.words: row.keys for row in rows_of(card_of(scheme, keymap))}
        assert rows["Undo"] == ("F13",)
        assert rows["Reach"] == ("Play key",)

    def test_without_a_coding_it_has_the_commands(self):
        card = card_of(None, None)
        assert card.title == "Keys"
        assert all(row.mark is None for row in rows_of(card))

    def test_nothing_without_a_key_and_no_empty_head_is_on_it(self, whole_card):
        assert all(block.rows for block in whole_card.blocks)
        assert all(row.keys for row in rows_of(whole_card))


class TestLongWords:
    @pytest.fixture
    def painting(self, theme):
        image = QImage(4, 4, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        yield _Painting(painter, theme)
        painter.end()

    def room(self, painting, share):
        whole = QFontMetricsF(painting.words_font(LONG, 1e6, 1.0)).horizontalAdvance(LONG)
        return whole * share

    @pytest.mark.parametrize("share", [0.999, 0.99, 0.97, 0.95, 0.9, 0.85, 0.8])
    def test_words_that_barely_do_not_fit_are_set_smaller_and_not_cut(self, painting, share):
        room = self.room(painting, share)
        font = painting.words_font(LONG, room, 1.0)
        assert QFontMetricsF(font).elidedText(LONG, Qt.TextElideMode.ElideRight, room) == LONG

    def test_they_never_become_too_small_to_read(self, painting):
        smallest = painting.words_font(LONG, 1.0, 1.0).pixelSize()
        whole = painting.words_font(LONG, 1e6, 1.0).pixelSize()
        assert 0.74 < smallest / whole < 0.78


class TestTheFlow:
    def test_what_fits_is_not_made_smaller(self):
        scale, columns = flowed([block(3), block(3)], 1000)
        assert scale == 1.0
        assert [len(column) for column in columns] == [2]

    def test_a_short_block_is_never_cut(self):
        blocks = [block(rows, str(rows)) for rows in (9, 8, 7, 6, 5, 4, 3, 2, 1)]
        _, columns = flowed(blocks, 200)
        assert [one for column in columns for one in column] == blocks
        assert len(columns) <= COLUMNS

    def test_every_column_is_no_higher_than_the_page(self):
        blocks = [block(rows) for rows in (12, 11, 14, 9, 13, 6, 8, 10)]
        scale, columns = flowed(blocks, 200)
        assert scale < 1
        for column in columns:
            assert sum(one.height for one in column) * scale <= 200 + block(0).height

    def test_a_long_block_goes_on_in_the_next_column_and_says_so(self):
        scale, columns = flowed([block(40, "Coding")], 400)
        assert scale == 1.0
        assert [one.title for column in columns for one in column] == ["Coding", "Coding, further"]
        assert sum(len(one.rows) for column in columns for one in column) == 40

    def test_no_part_of_a_block_is_so_short_that_it_looks_torn(self):
        for rows in range(12, 80):
            _, columns = flowed([block(5), block(rows)], 300)
            assert all(len(one.rows) >= 4 for column in columns for one in column), rows

    @pytest.mark.parametrize("page", ["A4", "Letter"])
    def test_the_bundled_card_stays_readable(self, whole_card, page):
        height = card_dialog.page_layout(page).fullRectPoints().height() - 48 - 31
        scale, columns = flowed(whole_card.blocks, height)
        assert 8.6 * scale >= 6
        rows = [row for column in columns for one in column for row in one.rows]
        assert rows == rows_of(whole_card)


class TestOnPaper:
    @pytest.mark.parametrize(("page", "size"), [("A4", (842, 595)), ("Letter", (792, 612))])
    def test_the_pdf_is_one_page_of_its_paper_with_the_words_in_it(
        self, theme, whole_card, tmp_path, page, size
    ):
        path = tmp_path / "keys.pdf"
        write_pdf(path, whole_card, theme, page)
        document = QPdfDocument()
        assert document.load(str(path)) is QPdfDocument.Error.None_
        assert document.pageCount() == 1
        assert document.pagePointSize(0).toSize().toTuple() == size
        text = document.getAllText(0).text()
        for words in ("Reach", "Undo", "Play or pause", "Ctrl"):
            assert words in text
        document.close()

    def test_it_is_black_and_colour_on_white_in_the_dark_too(self, dark_theme, whole_card):
        image = card_image(whole_card, dark_theme, "A4", 1200)
        assert image.pixelColor(2, 2).name() == "#ffffff"
        colours = {
            image.pixelColor(x, y).name()
            for x in range(20, 160)
            for y in range(60, image.height(), 1)
        }
        assert group_of("vermilion", Scheme.LIGHT).edge.lower() in colours

    def test_its_text_stays_inside_the_page(self, theme, whole_card):
        image = card_image(whole_card, theme, "A4", 1400)
        edge = {
            image.pixelColor(x, y).name()
            for x in (*range(10), *range(image.width() - 10, image.width()))
            for y in range(image.height())
        }
        edge |= {
            image.pixelColor(x, image.height() - y).name()
            for x in range(image.width())
            for y in range(1, 10)
        }
        assert edge == {"#ffffff"}

    def test_a_place_that_cannot_be_written_is_an_error(self, theme, tmp_path):
        card = Card(title="Keys", note="", blocks=(block(2),))
        with pytest.raises(OSError, match=r"keys\.pdf"):
            write_pdf(tmp_path / "none" / "keys.pdf", card, theme, "A4")

    def test_the_paper_is_that_of_the_country(self, monkeypatch):
        before = QLocale()
        try:
            for name, page in (("en_US", "Letter"), ("de_DE", "A4")):
                QLocale.setDefault(QLocale(name))
                assert usual_page() == page
        finally:
            QLocale.setDefault(before)


class TestTheDialog:
    @pytest.fixture
    def dialog(self, theme, qtbot):
        made = CardDialog(theme, session_of())
        qtbot.addWidget(made)
        made.show()
        yield made
        made.close()

    def test_it_shows_the_card_and_says_what_it_is(self, dialog):
        assert not dialog.preview.pixmap().isNull()
        assert dialog.preview.accessibleName().startswith("Keys: ")
        assert dialog.preview.accessibleDescription().endswith("keys on one page")

    def test_another_paper_is_shown(self, dialog):
        sizes = {}
        for page in ("A4", "Letter"):
            dialog.show_page(page)
            sizes[page] = dialog.preview.pixmap().size()
        assert sizes["A4"].height() < sizes["Letter"].height()
        assert sizes["A4"].width() == sizes["Letter"].width()

    def test_it_is_saved_where_the_person_says(self, dialog, chooser, tmp_path):
        path = tmp_path / "card.pdf"
        chooser(path)
        dialog.save.click()
        assert path.read_bytes().startswith(b"%PDF")

    def test_what_cannot_be_saved_is_told(self, dialog, chooser, warned, tmp_path):
        chooser(tmp_path / "none" / "card.pdf")
        dialog.save.click()
        assert warned[0][0] == "The card was not written"

    def test_cancel_writes_nothing(self, dialog, chooser, tmp_path):
        chooser("")
        dialog.save.click()
        assert list(tmp_path.glob("*.pdf")) == []

    def test_without_print_support_there_is_only_the_pdf(self, theme, qtbot, monkeypatch):
        monkeypatch.setattr(card_dialog, "find_spec", lambda _name: None)
        made = CardDialog(theme, None)
        qtbot.addWidget(made)
        made.show()
        assert not made.printing.isVisible()
        made.close()

    def test_it_fits_a_small_screen(self, dialog):
        QApplication.processEvents()
        assert dialog.sizeHint().boundedTo(QSize(1024, 740)) == dialog.sizeHint()
