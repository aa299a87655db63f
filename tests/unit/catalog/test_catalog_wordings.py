"""A lab's licensed wording: laid over what is shown, and never part of what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import LaidOver, check_paths, lay_over, load_scheme
from ssp_coder.catalog.wordings import own_text
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scale import Scale, ScaleId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from tests.unit.catalog.catalog_lab import Lab

HEAD = """\
kind = "wording"
id = "manual"
version = "1.0.0"
title = "Words of our manual"
origin = "lab"
source = "manual"

[sources]
manual = "Manual of our training, licensed to this lab, 2nd edition"
"""
SEVEN = """
[[anchors]]
scale = "pcs"
point = 7
text = { en = "Words of the licence.", de = "Worte der Lizenz." }
"""
PLACE = Path("schemas/wordings/manual.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ours/schemas/wordings").mkdir(parents=True)
    return tmp_path / "ours"


def write(folder: Path, text: str, name: str = "manual") -> Path:
    path = folder / f"schemas/wordings/{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace('"manual"\nversion', f'"{name}"\nversion'), encoding="utf-8")
    return path


def seeking(laid: LaidOver) -> Scale:
    return laid.scheme.scale(ScaleId("pcs"))


def line_of(text: str, words: str) -> int:
    return text.partition(words)[0].count("\n") + 1


def test_an_anchor_is_shown_in_the_labs_words_with_the_labs_source(
    infant: Scheme, folder: Path
) -> None:
    write(folder, HEAD + SEVEN)
    laid = lay_over(infant, (folder,))
    anchor = seeking(laid).anchor_for(7)
    assert laid.findings == ()
    assert anchor is not None
    assert str(anchor.text) == "Words of the licence."
    assert anchor.text.in_language("de") == "Worte der Lizenz."
    assert anchor.provenance.origin is Origin.LAB
    assert "licensed to this lab" in anchor.provenance.source


def test_other_points_and_scales_stay_as_they_are(infant: Scheme, folder: Path) -> None:
    write(folder, HEAD + SEVEN)
    laid = lay_over(infant, (folder,)).scheme
    before = infant.scale(ScaleId("pcs")).anchors
    assert laid.scale(ScaleId("pcs")).anchors[:-1] == before[:-1]
    assert [one for one in laid.scales if one.id != "pcs"] == [
        one for one in infant.scales if one.id != "pcs"
    ]


def test_a_point_without_words_gets_them(infant: Scheme, folder: Path) -> None:
    write(folder, HEAD + SEVEN.replace('"pcs"', '"dist"').replace("point = 7", "point = 2"))
    scale = lay_over(infant, (folder,)).scheme.scale(ScaleId("dist"))
    assert [anchor.point for anchor in scale.anchors] == [1, 2, 4, 7]


def test_gist_and_note_are_shown_in_the_labs_words(infant: Scheme, folder: Path) -> None:
    entry = '\n[[{0}]]\nscale = "pcs"\ntext = "Our {0}."\n'
    write(folder, HEAD + entry.format("gists") + entry.format("notes"))
    scale = seeking(lay_over(infant, (folder,)))
    assert (str(scale.gist), str(scale.note)) == ("Our gists.", "Our notes.")
    assert scale.provenance.origin is Origin.LAB
    assert scale.title == infant.scale(ScaleId("pcs")).title


def test_licensed_text_is_in_no_file_of_the_scheme(infant: Scheme, folder: Path) -> None:
    write(folder, HEAD + SEVEN)
    laid = lay_over(infant, (folder,)).scheme
    assert laid.files is infant.files
    assert laid.sha256 == infant.sha256
    assert not any(b"licence" in file.content for file in laid.files)


def test_a_scheme_is_loaded_without_the_wording_of_its_folder(lab: Lab, infant: Scheme) -> None:
    write(lab.folder, HEAD + SEVEN)
    assert load_scheme("infant", folders=(lab.folder,)) == infant


def test_without_a_folder_nothing_changes(infant: Scheme, tmp_path: Path) -> None:
    for folders in ((), (tmp_path,), (tmp_path / "not there",)):
        assert lay_over(infant, folders) == LaidOver(scheme=infant)


def test_the_earlier_folder_goes_first(infant: Scheme, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write(first, HEAD + SEVEN)
    write(second, HEAD + SEVEN.replace("Words of the licence", "Others"))
    anchor = seeking(lay_over(infant, (first, second))).anchor_for(7)
    assert anchor is not None
    assert str(anchor.text) == "Words of the licence."


def test_a_point_that_the_scale_does_not_have_is_told_with_its_line(
    infant: Scheme, folder: Path
) -> None:
    text = HEAD + SEVEN.replace("point = 7", "point = 8")
    path = write(folder, text)
    laid = lay_over(infant, (folder,))
    (finding,) = laid.findings
    assert finding.code == "wording.point"
    assert finding.place == f"{path}:{line_of(text, 'point = 8')}"
    assert (finding.message, finding.remedy) == ("scale pcs has no point 8", "use 1 to 7")
    assert laid.scheme == infant, "a file with a mistake is left out as a whole"


def test_a_scale_that_is_not_rated_is_a_warning_and_the_rest_is_shown(
    infant: Scheme, folder: Path
) -> None:
    other = SEVEN.replace('"pcs"', '"sens"')
    path = write(folder, HEAD + other + SEVEN)
    laid = lay_over(infant, (folder,))
    (finding,) = laid.findings
    assert finding.severity is Severity.WARNING
    assert finding.place == f"{path}:{line_of(HEAD + other, 'scale = ')}"
    assert "'sens' is not known here" in finding.message
    assert seeking(laid) != infant.scale(ScaleId("pcs"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('origin = "lab"', 'origin = "verified"', "toml.shape"),
        ('origin = "lab"\n', "", "toml.shape"),
        ('source = "manual"', 'source = "other"', "source.unknown"),
        ("point = 7", 'point = "7"', "toml.shape"),
        ("text = {", "words = {", "toml.shape"),
        ('{ en = "Words of the licence.", de = "Worte der Lizenz." }', "{}", "toml.shape"),
        ('kind = "wording"', 'kind = "scale"', "toml.shape"),
        ('title = "Words of our manual"', 'title = { de = "x" }', "text.no_english"),
        ('id = "manual"', 'id = "other"', "id.not_file_name"),
        (SEVEN, SEVEN + SEVEN, "id.duplicate"),
        ("[[anchors]]", "[[anchors]", "toml.syntax"),
    ],
)
def test_a_mistake_is_told_and_the_rest_of_the_program_goes_on(
    infant: Scheme, folder: Path, old: str, new: str, code: str
) -> None:
    text = HEAD + SEVEN
    assert old in text
    path = write(folder, "")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    laid = lay_over(infant, (folder,))
    assert [finding.code for finding in laid.findings] == [code]
    assert laid.findings[0].place.startswith(f"{path}:")
    assert laid.scheme == infant


def test_a_file_of_another_kind_is_told(infant: Scheme, folder: Path) -> None:
    keymap = next(file for file in infant.files if "keymaps" in file.path)
    (folder / "schemas/wordings/keys.toml").write_bytes(keymap.content)
    (finding,) = lay_over(infant, (folder,)).findings
    assert (finding.code, finding.message) == ("file.other_kind", "is a keymap")


def test_german_alone_is_enough() -> None:
    text = own_text({"de": "Worte der Lizenz."})
    assert text.in_language("de") == text.english == "Worte der Lizenz."
    assert own_text("Words.").in_language("de") == "Words."


def test_checking_a_folder_looks_at_its_wording(lab: Lab) -> None:
    text = HEAD + SEVEN.replace("point = 7", "point = 9")
    path = write(lab.folder, text)
    (finding,) = check_paths((lab.folder,))
    assert finding.place == f"{path}:{line_of(text, 'point = 9')}"


def test_checking_knows_scales_that_only_the_folder_has(folder: Path, infant: Scheme) -> None:
    own = next(file for file in infant.files if file.path == "schemas/scales/pcs.toml")
    scales = folder / "schemas/scales"
    scales.mkdir()
    text = own.content.decode().replace('id = "pcs"', 'id = "ours"', 1)
    (scales / "ours.toml").write_text(text, encoding="utf-8")
    write(folder, HEAD + SEVEN.replace('"pcs"', '"ours"'))
    assert check_paths((folder,)) == ()
    write(folder, HEAD + SEVEN.replace('"pcs"', '"theirs"'))
    (finding,) = check_paths((folder,))
    assert finding.severity is Severity.WARNING
    assert "'theirs'" in finding.message


def test_the_example_in_the_readme_works(infant: Scheme, folder: Path) -> None:
    readme = (bundled("schemas") / "README.md").read_text(encoding="utf-8")
    (example,) = (part for part in readme.split("```") if part.startswith("toml\n#:schema"))
    write(folder, example.removeprefix("toml\n"))
    laid = lay_over(infant, (folder,))
    assert laid.findings == ()
    assert str(seeking(laid).gist) == "Text of the manual."
    assert check_paths((folder,)) == ()
