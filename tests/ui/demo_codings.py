"""The demonstration's codings without its film, for tests of pages that need a whole coding."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.codings import coded_by, session_data
from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.apply import apply
from ssp_coder.editing.document import Document
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.session import OpenSession

FILM = Media(
    name="demonstration.mp4",
    relative_path="demonstration.mp4",
    size=1,
    fingerprint="0" * 64,
    duration_us=Micros(121_000_000),
    frame_count=3025,
)


@lru_cache(maxsize=1)
def demo_scheme() -> Scheme:
    return load_scheme(session_data().scheme)


@lru_cache(maxsize=2)
def demo_coding(who: str) -> Coding:
    data = session_data()
    coded = coded_by(data, getattr(data, who), demo_scheme(), lambda at_us: at_us * 25 // 1_000_000)
    value = Coding(session=data.session, coder=coded.coder, role=coded.role, media=(FILM,))
    for edit in coded.edits:
        value = apply(value, edit, demo_scheme())
    return value


def demo_session(who: str) -> OpenSession:
    return OpenSession(Document(coding=demo_coding(who), scheme=demo_scheme()))


def demo_file(folder: Path, who: str) -> Path:
    path = folder / f"{who}.sspc"
    create(path, coding=demo_coding(who), scheme=demo_scheme(), who=who).close()
    return path


def session_on_disk(folder: Path, who: str) -> OpenSession:
    file = create(
        folder / f"open-{who}.sspc", coding=demo_coding(who), scheme=demo_scheme(), who=who
    )
    return OpenSession(file.document(), file)
