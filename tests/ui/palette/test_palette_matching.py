"""Which typed letters find which text, and what goes before what."""

import pytest

from ssp_coder.ui.palette.entry import MOST_SHOWN, Entry, EntryKind, fitting
from ssp_coder.ui.palette.matching import fit, fold


def score(typed, text):
    found = fit(typed, text)
    return None if found is None else found.score


def meant(typed, text):
    found = fit(typed, text)
    return "".join(text[place] for place in found.places)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("und", "Undo"),
        ("UNDO", "undo"),
        ("time", "To a time…"),
        ("gtt", "Go to time"),
        ("gotim", "Go to time"),
        ("lo ev", "Loop the event"),
        ("ev lo", "Loop the event"),
        ("amera", "Cameras…"),
        ("rply", "Replay"),
        ("uber", "Über die Schulter"),
        ("ueber", "Über die Schulter"),
        ("über", "Uber die Schulter"),
        ("strasse", "Straße"),
        ("etude", "Étude"),
        ("5", "To EP5"),
        ("e5", "To EP5"),
        ("", "anything"),
    ],
)
def test_these_letters_find_this_text(typed, text):
    assert score(typed, text) is not None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("undox", "Undo"),
        ("odnu", "Undo"),
        ("und xyz", "Undo"),
        ("m", "Go to time"[:5]),
        ("ly", "Replat yes"[:6]),
        ("rt", "Review and lock"),
    ],
)
def test_these_letters_do_not(typed, text):
    assert fit(typed, text) is None


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("re", "Redo", "To reunion"),
        ("re", "To reunion", "Compare"),
        ("lo", "Loop", "Close the loop"),
        ("ste", "Step back", "Fit to steeple"),
        ("gt", "Go to", "Right"),
        ("mark", "Mark", "Mark the episode"),
    ],
)
def test_beginnings_go_before_middles_and_short_before_long(typed, better, worse):
    low = score(typed, worse)
    assert score(typed, better) > (low if low is not None else -1)


def test_the_letters_meant_are_told():
    assert meant("und", "Undo") == "Und"
    assert meant("gtt", "Go to time") == "Gtt"
    assert meant("ueb", "Die Übung") == "Üb"
    assert meant("ev lo", "Loop the event") == "Loev"


def test_folding_takes_case_and_accents():
    assert fold("ÄÖÜ Éß") == "aou ess"


def entry(name, kind=EntryKind.COMMAND, **fields):
    return Entry(id=f"command:{name}", kind=kind, title=name, **fields)


def titles(found):
    return [one.entry.title for one in found]


class TestWhatIsOffered:
    def test_with_nothing_typed_what_was_found_lately_goes_first(self):
        entries = [entry(name) for name in ("One", "Two", "Three")]
        recent = ["command:Three", "command:Two", "command:Gone"]
        assert titles(fitting(" ", entries, recent)) == ["Three", "Two", "One"]

    def test_with_nothing_typed_codes_follow_and_the_impossible_comes_last(self):
        entries = [
            entry("Code", EntryKind.CODE),
            entry("Cannot", reason="No video"),
            entry("Can"),
        ]
        assert titles(fitting("", entries)) == ["Can", "Code", "Cannot"]

    def test_the_better_fit_goes_first(self):
        entries = [entry("Compare"), entry("To reunion"), entry("Redo")]
        assert titles(fitting("re", entries)) == ["Redo", "To reunion", "Compare"]

    def test_what_was_found_lately_goes_before_an_equal_fit(self):
        entries = [entry("Loop start"), entry("Loop close")]
        assert titles(fitting("loop", entries, ["command:Loop close"]))[0] == "Loop close"

    def test_what_cannot_be_done_goes_behind_but_stays(self):
        entries = [entry("Loop", reason="No video"), entry("Loop the event")]
        assert titles(fitting("loop", entries)) == ["Loop the event", "Loop"]

    def test_words_beside_the_title_find_it_by_their_beginnings_only(self):
        entries = [entry("Reach", detail="Seeking, point", also="rch")]
        assert titles(fitting("seek", entries)) == ["Reach"]
        assert titles(fitting("rch", entries)) == ["Reach"]
        assert titles(fitting("reach seek", entries)) == ["Reach"]
        assert titles(fitting("eeking", entries)) == []

    def test_only_letters_of_the_title_are_shown_as_meant(self):
        found = fitting("seek rea", [entry("Reach", detail="Seeking")])[0]
        assert found.places == (0, 1, 2)

    def test_a_kind_finds_its_entries(self):
        entries = [entry("Light", EntryKind.SETTING), entry("Undo")]
        assert titles(fitting("setting", entries)) == ["Light"]

    def test_no_more_rows_than_anybody_reads_are_offered(self):
        assert len(fitting("", [entry(f"a{number}") for number in range(500)])) == MOST_SHOWN

    def test_an_entry_says_everything_in_a_line(self):
        spoken = entry(
            "Reach", EntryKind.CODE, detail="Seeking", keys=("I",), reason="Locked"
        ).spoken
        assert spoken == "Reach, Seeking, Code, key I, Locked"
