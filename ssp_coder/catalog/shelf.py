"""Every instrument there is to copy or to compare: the bundled ones and a laboratory's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ssp_coder.catalog import building
from ssp_coder.catalog.differences import kind_of
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.loading import PLACES
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.records import SchemeRecord
from ssp_coder.domain.words import Text
from ssp_coder.resources import bundled


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedInstrument:
    """An instrument that can be read.

    Attributes:
        path: path below the data folders.
        kind: the file's own word for what it is.
        folder: the laboratory's folder it lies in, None for a bundled one.
        usual: whether it is the scheme that is offered first.
    """

    path: str
    kind: str
    id: str
    version: str
    title: Text
    folder: Path | None
    usual: bool = False

    @property
    def is_scheme(self) -> bool:
        """Whether it is a whole scheme."""
        return self.path.startswith(f"{PLACES[SchemeRecord]}/")


def instruments_on_shelf(folders: tuple[Path, ...] = ()) -> tuple[ShelvedInstrument, ...]:
    """Schemes first, then the other kinds; in each the folders' before the bundled ones.

    An instrument of a folder does not hide the bundled one of the same id here. Files that cannot
    be read are left out.
    """
    places = dict.fromkeys((PLACES[SchemeRecord], *PLACES.values()))
    found = []
    for below in places:
        for folder in (*folders, None):
            kind, _, rest = below.partition("/")
            base = bundled("episodes" if kind == "episodes" else "schemas") / rest
            for file in sorted((base if folder is None else folder / below).glob("*.toml")):
                one = _shelved(file, f"{below}/{file.name}", folder)
                if one is not None:
                    found.append(one)
    return tuple(found)


def _shelved(file: Path, path: str, folder: Path | None) -> ShelvedInstrument | None:
    try:
        read = read_instrument(path, read_bytes(file), path)
    except CatalogError:
        return None
    return ShelvedInstrument(
        path=path,
        kind=kind_of(read),
        id=read.record.id,
        version=read.record.version,
        title=building.text(read.record.title),
        folder=folder,
        usual=isinstance(read.record, SchemeRecord) and read.record.usual,
    )
