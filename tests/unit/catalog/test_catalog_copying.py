"""Copies of schemes and instruments for a laboratory."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, check_paths, load_scheme
from ssp_coder.catalog.copying import (
    ancestor_of,
    copy_of,
    files_named,
    ids_for_all,
    ids_for_tables,
    next_version,
)
from ssp_coder.catalog.placing import taken, write_all, write_copy
from ssp_coder.catalog.schema import schema_files

SCHEME = "schemas/schemes/infant.toml"
SCALE = "schemas/scales/avo.toml"
TABLE = "schemas/rules/infant-main.toml"


def text_of(copy, path):
    return next(file.content.decode() for file in copy.files if file.path == path)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_scheme_brings_all_that_it_names_and_comes_last():
    paths = [file.path for file in files_named(SCHEME)]
    assert paths[-1] == SCHEME
    assert SCALE in paths
    assert paths.index("schemas/rules/infant-default.toml") < paths.index(TABLE)
    assert len(paths) == len(set(paths))


def test_a_decision_table_brings_the_table_of_its_subgroups():
    assert [file.record.id for file in files_named(TABLE)] == ["infant-default", "infant-main"]


def test_a_copied_scheme_with_ids_of_its_own_can_be_used(tmp_path):
    ids = ids_for_all(files_named(SCHEME), "ours")
    write_copy(copy_of(SCHEME, new_ids=ids, title="Ours"), tmp_path)
    assert check_paths((tmp_path,)) == ()
    scheme = load_scheme("ours", folders=(tmp_path,))
    assert str(scheme.title) == "Ours"
    assert scheme.rules.id == "ours-main"
    assert {scale.id for scale in scheme.scales} >= {"ours-avo", "ours-res"}


def test_a_copy_with_ids_of_its_own_hides_nothing_that_the_program_brings(tmp_path):
    before = load_scheme("infant").sha256
    ids = ids_for_all(files_named(SCHEME), "ours")
    write_copy(copy_of(SCHEME, new_ids=ids), tmp_path)
    assert load_scheme("infant", folders=(tmp_path,)).sha256 == before


def test_ids_are_made_from_the_new_one_and_never_meet():
    files = files_named(SCHEME)
    ids = ids_for_all(files, "ours")
    assert ids[SCHEME] == "ours"
    assert ids["schemas/ethograms/infant.toml"] == "ours"
    assert ids["schemas/rules/infant-default.toml"] == "ours-default"
    assert len({(Path(path).parent, new) for path, new in ids.items()}) == len(files)


def test_tables_alone_can_get_ids_of_their_own():
    ids = ids_for_tables(files_named(SCHEME), "ours")
    assert ids == {
        SCHEME: "ours",
        TABLE: "ours-main",
        "schemas/rules/infant-default.toml": "ours-default",
    }


def test_references_follow_a_new_id():
    copy = copy_of(SCHEME, new_ids={SCHEME: "ours", SCALE: "turned-away"})
    assert '"turned-away"' in text_of(copy, SCHEME.replace("infant", "ours"))
    codes = text_of(copy, "schemas/ethograms/infant.toml")
    assert '["turned-away"]' in codes
    assert '["avo"]' not in codes


def test_the_profiles_of_a_decision_table_follow():
    copy = copy_of(TABLE, new_ids={"schemas/rules/infant-default.toml": "bands"})
    assert 'profiles = "bands"' in copy.main.content.decode()


def test_a_new_id_begins_at_the_first_version_and_a_kept_one_gets_the_next():
    original = files_named(SCALE)[-1].record.version
    kept = copy_of(SCALE).main.content.decode()
    assert f'version = "{next_version(original)}"' in kept
    renamed = copy_of(SCALE, new_ids={SCALE: "ours"}).main.content.decode()
    assert 'version = "1.0.0"' in renamed


@pytest.mark.parametrize(("version", "after"), [("1.0.0", "1.0.1"), ("2.3.9", "2.3.10")])
def test_the_next_version_raises_the_last_number(version, after):
    assert next_version(version) == after


def test_comments_and_origin_stay_as_they_were():
    original = files_named(SCALE)[-1].text
    copied = copy_of(SCALE, new_ids={SCALE: "ours"}).main.content.decode()
    comments = [line for line in original.splitlines() if line.startswith("# ")]
    assert comments
    assert all(line in copied.splitlines() for line in comments)
    assert copied.count("origin = ") == original.count("origin = ")
    assert 'origin = "lab"' not in copied


def test_a_copy_says_what_it_was_copied_from():
    original = files_named(SCALE)[-1]
    ancestor = ancestor_of(copy_of(SCALE).main.content.decode())
    assert ancestor is not None
    assert (ancestor.id, ancestor.version) == ("avo", original.record.version)
    assert ancestor.sha256 == original.sha256


def test_a_copy_of_a_copy_names_its_own_original_once(tmp_path):
    write_copy(copy_of(SCALE, new_ids={SCALE: "ours"}), tmp_path)
    again = copy_of("schemas/scales/ours.toml", new_ids={}, folders=(tmp_path,))
    text = again.main.content.decode()
    assert text.count("# Copied from") == 1
    assert ancestor_of(text).id == "ours"


def test_a_bundled_file_has_no_ancestor():
    assert ancestor_of(files_named(SCALE)[-1].text) is None


def test_an_editor_finds_the_schema_of_every_copied_file(tmp_path):
    ids = ids_for_all(files_named(SCHEME), "ours")
    for path in write_copy(copy_of(SCHEME, new_ids=ids), tmp_path):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (path.parent / first.removeprefix("#:schema ")).is_file(), path


def test_a_copy_is_not_the_usual_scheme():
    assert files_named(SCHEME)[-1].record.usual
    ids = {SCHEME: "ours"}
    assert "usual" not in copy_of(SCHEME, new_ids=ids).main.content.decode()


@pytest.mark.parametrize("new_id", ["", "7up", "with space", "a/b", "x" * 65])
def test_what_is_no_id_is_refused(new_id):
    with pytest.raises(CatalogError) as caught:
        copy_of(SCALE, new_ids={SCALE: new_id})
    assert caught.value.finding.code == "id.unknown"


def test_a_missing_file_is_refused_by_its_name():
    with pytest.raises(CatalogError, match="nowhere"):
        copy_of("schemas/scales/nowhere.toml")


def test_a_file_in_the_way_is_never_written_over_unasked(tmp_path):
    copy = copy_of(SCALE)
    write_copy(copy, tmp_path)
    (tmp_path / SCALE).write_text("# mine\n", encoding="utf-8")
    before = tree(tmp_path)
    assert taken(copy, tmp_path) == (SCALE,)
    with pytest.raises(CatalogError) as caught:
        write_copy(copy, tmp_path)
    assert caught.value.finding.code == "copy.taken"
    assert tree(tmp_path) == before


def test_a_file_is_replaced_when_that_was_asked(tmp_path):
    copy = copy_of(SCALE)
    write_copy(copy, tmp_path)
    (tmp_path / SCALE).write_text("# mine\n", encoding="utf-8")
    write_copy(copy, tmp_path, over=frozenset({SCALE}))
    assert (tmp_path / SCALE).read_bytes() == copy.main.content


def test_the_same_copy_twice_is_nothing_new(tmp_path):
    copy = copy_of(SCALE)
    write_copy(copy, tmp_path)
    before = tree(tmp_path)
    assert taken(copy, tmp_path) == ()
    write_copy(copy, tmp_path)
    assert tree(tmp_path) == before


def test_schemas_for_editors_are_brought_up_to_date(tmp_path):
    write_copy(copy_of(SCALE), tmp_path)
    name = next(iter(schema_files()))
    stale = tmp_path / "schemas/format" / name
    stale.write_text("{}", encoding="utf-8")
    write_copy(copy_of(SCALE), tmp_path)
    assert stale.read_text(encoding="utf-8") == schema_files()[name]


def test_one_file_that_cannot_be_written_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    folder = tmp_path / "lab"
    (folder / "old").mkdir(parents=True)
    (folder / "old/a.toml").write_bytes(b"before")
    before = tree(folder)
    replace = Path.replace

    def fail_at_second(self, target):
        if Path(target).name == "b.toml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_second)
    contents = {folder / "old/a.toml": b"after", folder / "new/b.toml": b"new"}
    with pytest.raises(CatalogError, match="No space left"):
        write_all(contents, folder)
    assert tree(folder) == before
    assert not (folder / "new").exists()


def test_nothing_is_left_beside_the_files(tmp_path):
    write_copy(copy_of(SCALE), tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    place = tmp_path / "lab"
    place.write_text("a file", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        write_copy(copy_of(SCALE), place)
    assert caught.value.finding.code == "copy.not_written"
    assert place.read_text(encoding="utf-8") == "a file"
