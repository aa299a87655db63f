"""What the core says stands in German in the German window, wherever a window shows it."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.clips.material import Material
from ssp_coder.ui.clips.where import WherePanel
from ssp_coder.ui.dialogs.import_events import ImportEventsDialog
from ssp_coder.ui.export.page import ExportPage
from ssp_coder.ui.language.spoken import SPOKEN, said_error, said_sentence
from tests.builders import add, after, coding, infant_scheme
from tests.ui.rate.judged import session_of

FACT = Finding(
    code="test.fact",
    message="there is no group 'X'",
    place="events.csv, line 3",
    remedy="check the time",
)
GERMAN = "events.csv, line 3: es gibt keine Gruppe 'X'; prüfen Sie die Zeit"


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.fixture
def source(tmp_path):
    """A timeline of two events, to be spoilt."""
    value = after(coding(), add("distress.cry", 10, end=20), add("seeking.reach", 12))
    entry = Exportable(coding=value, scheme=infant_scheme())
    written = export_codings((entry,), tmp_path)
    return next(path for path in written if path.name.endswith("_events.csv"))


def test_a_finding_is_said_whole(german):
    assert said_sentence(FACT) == GERMAN
    assert said_error(DomainError(FACT)) == GERMAN


def test_in_english_it_stays_as_the_core_says_it(qapp):
    assert said_sentence(FACT) == FACT.sentence()


def test_what_carries_no_finding_is_said_as_it_is(german):
    assert said_error(OSError("disk full")) == "disk full"


def test_work_in_the_background_fails_in_german(german, qtbot):
    def work(_progress, _cancelled):
        raise DomainError(FACT)

    job = BackgroundWork(work)
    with qtbot.waitSignal(job.failed, timeout=10_000) as failed:
        job.start()
    assert failed.args == [GERMAN]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "das Muster der Namen ist leer"),
        ("{moon}", "{moon} ist kein Teil eines Clipnamens"),
        ("{session", "eine Klammer im Muster der Namen ist nicht geschlossen"),
    ],
)
def test_a_wrong_pattern_of_clips_is_told_in_german(german, theme, qtbot, tmp_path, pattern, said):
    scheme = infant_scheme()
    coded = Exportable(coding=coding(), scheme=scheme)
    panel = WherePanel(
        theme,
        Material(coded=coded, shown=scheme, recordings=(), folder=tmp_path, pattern=pattern),
    )
    qtbot.addWidget(panel)
    assert panel.target() is None
    assert panel.pattern.error() == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("20.000000", "9.000000", "liegt vor dem Beginn"),
        ("reach", "wave", "hat kein Verhalten 'wave'"),
        ("20.000000", "soon", "schreiben Sie Sekunden mit einem Punkt"),
    ],
)
def test_what_is_wrong_in_an_import_is_told_in_german(german, theme, qtbot, source, old, new, said):
    source.write_text(source.read_text().replace(old, new))
    dialog = ImportEventsDialog(theme, session_of(coding()), source)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=10_000)
    told = " ".join(
        dialog.table.item(row, column).text()
        for row in range(dialog.table.rowCount())
        for column in range(dialog.table.columnCount())
        if dialog.table.item(row, column) is not None
    )
    assert said in told


def test_tables_of_an_export_are_named_in_german(german, theme, qtbot):
    page = ExportPage(theme, session_of(coding()))
    qtbot.addWidget(page)
    page.show()
    held = [page.table.item(row, 1).text() for row in range(page.table.rowCount())]
    assert held[0] == "Zeitleiste, eine Zeile je Ereignis"
    assert held[-1] == "Codebuch aller Spalten"


def test_of_several_faults_of_an_instrument_the_number_is_told(german):
    assert said_error(CatalogError((FACT,))) == GERMAN
    assert said_error(CatalogError((FACT, FACT, FACT))) == f"{GERMAN} (und 2 weitere)"
