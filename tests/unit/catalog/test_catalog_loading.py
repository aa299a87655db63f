"""Finding, reading and embedding a scheme."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, available_schemes, load_scheme, scheme_from_files
from ssp_coder.catalog.building_scheme import SchemeParts, files_sha256
from ssp_coder.catalog.loading import parts_findings
from ssp_coder.domain.ethogram import CodeId, GroupId
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import ScaleId
from ssp_coder.domain.scheme import Scheme, SchemeFile
from ssp_coder.domain.words import Origin
from ssp_coder.resources import bundled
from tests.unit.catalog.catalog_lab import Lab

SEEKING = "schemas/scales/pcs.toml"
SCHEME = "schemas/schemes/infant.toml"
ETHOGRAM = "schemas/ethograms/infant.toml"


def only(lab: Lab, folder: Path, below: str) -> Path:
    """A folder with one of the lab's files and nothing else."""
    target = folder / below
    target.parent.mkdir(parents=True)
    target.write_bytes(lab.path(below).read_bytes())
    return folder


def altered(files: tuple[SchemeFile, ...], path: str, content: bytes) -> tuple[SchemeFile, ...]:
    sha256 = hashlib.sha256(content).hexdigest()
    return tuple(
        replace(file, content=content, sha256=sha256) if file.path == path else file
        for file in files
    )


@pytest.mark.parametrize(
    ("scheme_id", "version"), [("infant", "1.1.0"), ("demonstration", "1.2.0")]
)
def test_a_bundled_scheme_loads(scheme_id: str, version: str) -> None:
    scheme = load_scheme(scheme_id)
    assert scheme.id == scheme_id
    assert scheme.system == "abcd"
    assert scheme.version == version


def test_titles_are_those_a_coder_picks_from(infant: Scheme, demonstration: Scheme) -> None:
    assert str(infant.title) == "Standard infant procedure (ABC+D)"
    assert "Demonstration" in str(demonstration.title)
    assert infant.procedure.id == "standard"
    assert demonstration.procedure.id == "demonstration"


def test_loading_twice_gives_equal_values(infant: Scheme) -> None:
    assert load_scheme("infant") == infant


def test_the_files_of_a_scheme_are_kept_whole(infant: Scheme) -> None:
    paths = [file.path for file in infant.files]
    scales = [f"schemas/scales/{name}.toml" for name in ("pcs", "cm", "res", "avo", "dist")]
    assert paths == [
        SCHEME,
        "episodes/standard.toml",
        ETHOGRAM,
        *scales,
        "schemas/scales/srch.toml",
        "schemas/scales/dorg.toml",
        "schemas/rules/infant-main.toml",
        "schemas/rules/infant-default.toml",
        "schemas/keymaps/infant.toml",
    ]
    for file in infant.files:
        kind, _, rest = file.path.partition("/")
        place = bundled("episodes" if kind == "episodes" else "schemas") / rest
        assert file.content == place.read_bytes()
        assert file.sha256 == hashlib.sha256(file.content).hexdigest()


def test_the_hash_is_over_names_and_hashes_in_the_order_of_names(infant: Scheme) -> None:
    lines = sorted((file.path, file.sha256) for file in infant.files)
    text = "".join(f"{sha256}  {path}\n" for path, sha256 in lines)
    assert infant.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_hash_does_not_depend_on_the_order_of_files(infant: Scheme) -> None:
    assert files_sha256(infant.files[::-1]) == infant.sha256


def test_the_rule_table_has_its_own_hash(infant: Scheme) -> None:
    file = next(file for file in infant.files if file.path.startswith("schemas/rules/"))
    assert infant.rules_sha256 == file.sha256


@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_an_embedded_copy_gives_the_same_scheme(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    again = scheme_from_files(scheme_id, scheme.files)
    assert again == scheme
    assert again.sha256 == scheme.sha256


def test_the_order_of_embedded_files_does_not_matter(infant: Scheme) -> None:
    assert scheme_from_files("infant", infant.files[::-1]) == infant


def test_an_embedded_copy_is_read_without_the_folders(
    infant: Scheme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = tmp_path / "gone"
    monkeypatch.setattr("ssp_coder.catalog.loading.bundled", lambda _folder: nowhere)
    assert scheme_from_files("infant", infant.files) == infant


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[SchemeParts]:
    """The schemes whose files were looked through for mistakes."""
    seen: list[SchemeParts] = []

    def note(parts: SchemeParts) -> tuple[Finding, ...]:
        seen.append(parts)
        return parts_findings(parts)

    monkeypatch.setattr("ssp_coder.catalog.loading.parts_findings", note)
    return seen


def test_embedded_files_like_the_bundled_ones_are_not_checked_again(
    infant: Scheme, checked: list[SchemeParts]
) -> None:
    assert scheme_from_files("infant", infant.files) == infant
    assert checked == []


def test_embedded_files_are_checked_as_soon_as_one_of_them_differs(
    infant: Scheme, checked: list[SchemeParts]
) -> None:
    for file in infant.files:
        files = altered(infant.files, file.path, file.content + b"# ours\n")
        assert scheme_from_files("infant", files).title == infant.title
    assert len(checked) == len(infant.files)


def test_an_embedded_file_may_differ_from_the_bundled_one(infant: Scheme) -> None:
    content = infant.files[0].content.replace(b"Standard infant", b"Our infant")
    scheme = scheme_from_files("infant", altered(infant.files, SCHEME, content))
    assert str(scheme.title) == "Our infant procedure (ABC+D)"
    assert scheme.sha256 != infant.sha256


def test_a_missing_embedded_file_is_named(infant: Scheme) -> None:
    files = tuple(file for file in infant.files if file.path != SEEKING)
    with pytest.raises(CatalogError, match="is not among the files of the scheme") as caught:
        scheme_from_files("infant", files)
    assert caught.value.finding.place == SEEKING


def test_a_left_over_embedded_file_is_named(infant: Scheme) -> None:
    extra = SchemeFile(path="schemas/x.toml", sha256=hashlib.sha256(b"x").hexdigest(), content=b"x")
    with pytest.raises(CatalogError, match="is not part of the scheme") as caught:
        scheme_from_files("infant", (*infant.files, extra))
    assert caught.value.finding.place == "schemas/x.toml"


def test_an_altered_embedded_file_is_named(infant: Scheme) -> None:
    first, *others = infant.files
    files = (replace(first, content=first.content + b"# later\n"), *others)
    with pytest.raises(CatalogError, match="does not match its sha256") as caught:
        scheme_from_files("infant", files)
    assert (caught.value.finding.code, caught.value.finding.place) == ("file.altered", SCHEME)


def test_a_mistake_in_an_embedded_file_names_its_path_and_line(infant: Scheme) -> None:
    content = next(f.content for f in infant.files if f.path == SEEKING)
    line = content.partition(b"point = 7")[0].count(b"\n") + 1
    files = altered(infant.files, SEEKING, content.replace(b"point = 7", b"point = 9", 1))
    with pytest.raises(CatalogError, match="point 9 is outside 1 to 7") as caught:
        scheme_from_files("infant", files)
    assert caught.value.finding.place == f"{SEEKING}:{line}"


def test_a_file_of_a_study_goes_before_the_bundled_one(lab: Lab, tmp_path: Path) -> None:
    lab.change(SEEKING, "Purposeful full approach", "Our wording")
    study = only(lab, tmp_path / "study", SEEKING)
    anchor = load_scheme("infant", folders=(study,)).scale(ScaleId("pcs")).anchor_for(6)
    assert anchor is not None
    assert str(anchor.text).startswith("Our wording")


def test_folders_are_searched_in_their_order(lab: Lab, tmp_path: Path) -> None:
    lab.change(SEEKING, "Purposeful full approach", "First")
    first = only(lab, tmp_path / "first", SEEKING)
    lab.change(SEEKING, "First", "Second")
    second = only(lab, tmp_path / "second", SEEKING)
    for folders, words in (((first, second), "First"), ((second, first), "Second")):
        anchor = load_scheme("infant", folders=folders).scale(ScaleId("pcs")).anchor_for(6)
        assert anchor is not None
        assert str(anchor.text).startswith(words)


def test_a_changed_file_changes_the_hash_and_the_bundled_stays(lab: Lab, infant: Scheme) -> None:
    lab.change(SEEKING, "# What the points mean.", "# What our points mean.")
    assert lab.load().sha256 != infant.sha256
    assert load_scheme("infant").sha256 == infant.sha256


def test_a_folder_that_does_not_exist_is_skipped(tmp_path: Path, infant: Scheme) -> None:
    assert load_scheme("infant", folders=(tmp_path / "none",)) == infant


def test_an_unchanged_copy_is_the_same_scheme(lab: Lab, infant: Scheme) -> None:
    assert lab.load() == infant


def test_windows_line_ends_and_a_byte_order_mark_are_read(lab: Lab, infant: Scheme) -> None:
    text = lab.text(SEEKING).replace("\n", "\r\n")
    lab.path(SEEKING).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert lab.load().scale(ScaleId("pcs")) == infant.scale(ScaleId("pcs"))


def test_a_text_may_have_several_languages(lab: Lab) -> None:
    lab.change(ETHOGRAM, '{ en = "Fuss", de = "Quengeln" }', '{ de = "Quengeln", en = "Fuss" }')
    title = lab.load().ethogram.code(CodeId("distress.fuss")).title
    assert title.in_language("de") == "Quengeln"
    assert title.in_language("en") == title.in_language("fr") == "Fuss"


def test_a_code_may_have_an_origin_of_its_own(lab: Lab) -> None:
    own = 'level = 0.4\norigin = "lab"\nsource = "Our lab, 2024"'
    lab.change(ETHOGRAM, "level = 0.4", own)
    ethogram = lab.load().ethogram
    assert ethogram.code(CodeId("distress.fuss")).provenance.origin is Origin.LAB
    assert ethogram.code(CodeId("distress.fuss")).provenance.source == "Our lab, 2024"
    assert ethogram.code(CodeId("distress.cry")).provenance.origin is Origin.PROJECT_DEFAULT


def test_a_lab_may_add_a_group_of_its_own(lab: Lab) -> None:
    group = """
[[groups]]
id = "sleepiness"
title = "Sleepiness"
exclusive = false
subjects = ["infant"]
slot = "yellow"
shape = "circle"
origin = "lab"
source = "Our lab, 2024"

[[groups.codes]]
name = "yawn"
kind = "point"
title = "Yawn"
short = "yawn"
"""
    lab.write(ETHOGRAM, lab.text(ETHOGRAM) + group)
    ethogram = lab.load().ethogram
    assert ethogram.group(GroupId("sleepiness")).codes[0].id == "sleepiness.yawn"


@pytest.mark.parametrize("scheme_id", ["", "../infant", "a/b", "infant.toml", "x" * 80, "é", "\0"])
def test_what_is_no_id_is_no_scheme(scheme_id: str) -> None:
    with pytest.raises(CatalogError, match="is not a scheme id"):
        load_scheme(scheme_id)


def test_an_unknown_scheme_is_named_with_its_file() -> None:
    with pytest.raises(CatalogError, match="is not on the search path") as caught:
        load_scheme("unheard")
    assert caught.value.finding.place == "schemas/schemes/unheard.toml"
    assert caught.value.finding.remedy


def test_a_scheme_that_names_an_unknown_file_says_which(lab: Lab) -> None:
    lab.change(SCHEME, 'procedure = "standard"', 'procedure = "unheard"')
    assert lab.finding().place == "episodes/unheard.toml"


def test_a_file_of_another_kind_is_not_taken_for_a_scale(lab: Lab) -> None:
    lab.write(SEEKING, lab.text("schemas/keymaps/infant.toml"))
    finding = lab.finding()
    assert finding.code == "file.other_kind"
    assert finding.message == "is a keymap"
    line = lab.text(SEEKING).partition('kind = "keymap"')[0].count("\n") + 1
    assert finding.place == lab.place(SEEKING, line)


def test_every_bundled_scheme_can_be_picked() -> None:
    rows = [(s.id, s.version, s.system, s.folder, s.problem) for s in available_schemes()]
    assert rows == [
        ("demonstration", "1.2.0", "abcd", None, None),
        ("infant-caregiver", "1.0.0", "abcd", None, None),
        ("infant-short", "1.0.0", "abcd", None, None),
        ("infant", "1.1.0", "abcd", None, None),
    ]
    assert str(available_schemes()[3].title) == "Standard infant procedure (ABC+D)"


def test_a_study_may_bring_schemes_and_replace_bundled_ones(lab: Lab) -> None:
    text = lab.text(SCHEME).replace('id = "infant"', 'id = "ours"', 1)
    lab.write("schemas/schemes/ours.toml", text)
    for name in ("demonstration", "infant-caregiver", "infant-short"):
        lab.path(f"schemas/schemes/{name}.toml").unlink()
    rows = [(s.id, s.folder) for s in available_schemes((lab.folder,))]
    assert rows[:3] == [("infant", lab.folder), ("ours", lab.folder), ("demonstration", None)]
    assert all(folder is None for _, folder in rows[3:])


def test_a_broken_scheme_is_listed_with_what_is_wrong(lab: Lab) -> None:
    lab.write("schemas/schemes/ours.toml", "kind = ")
    broken = next(s for s in available_schemes((lab.folder,)) if s.id == "ours")
    assert broken.problem is not None
    assert broken.problem.code == "toml.syntax"
    assert str(broken.title) == "ours"


def test_a_keymap_among_the_schemes_is_listed_as_wrong(lab: Lab) -> None:
    lab.write("schemas/schemes/ours.toml", lab.text("schemas/keymaps/infant.toml"))
    broken = next(s for s in available_schemes((lab.folder,)) if s.id == "ours")
    assert broken.problem is not None
    assert broken.problem.code == "file.other_kind"
