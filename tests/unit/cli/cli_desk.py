"""What lies on a coder's desk: videos that are quick to make, codings, and a way to call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.cli import main
from ssp_coder.demonstration.codings import coded_by, session_data
from ssp_coder.domain.coding import Coding, CodingRole, Media
from ssp_coder.domain.time import Micros
from ssp_coder.storage.coding_file import create, open_read_only

FPS = 25
FILM_FRAMES = 121 * FPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one sentence on stderr."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Call = Callable[..., Outcome]


def caller(capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code=code, out=captured.out, err=captured.err)

    return call


def blank_video(path: Path, frames: int = 50, shade: int = 128) -> Path:
    """A grey film of 25 frames a second."""
    with av.open(str(path), "w") as box:
        stream = box.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.time_base = Fraction(1, FPS)
        picture = av.VideoFrame.from_ndarray(np.full((72, 64), shade, np.uint8), format="yuv420p")
        for number in range(frames):
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            box.mux(stream.encode(picture))
        box.mux(stream.encode(None))
    return path


def film_media(name: str = "film.mp4", fingerprint: str = "d" * 64) -> Media:
    """A video of the demonstration's length that need not exist."""
    return Media(
        name=name,
        relative_path=name,
        size=1_000,
        fingerprint=fingerprint,
        duration_us=Micros(FILM_FRAMES * 1_000_000 // FPS),
        frame_count=FILM_FRAMES,
    )


def frame_at(time_us: int) -> int:
    return time_us * FPS // 1_000_000


def write_demo_coding(path: Path, who: str) -> Path:
    """One of the codings that come with the demonstration, or an empty one."""
    data = session_data()
    scheme = load_scheme(data.scheme)
    coder, role, edits = who, CodingRole.INDEPENDENT, ()
    if who in ("reference", "trainee"):
        coded = coded_by(data, getattr(data, who), scheme, frame_at)
        coder, role, edits = coded.coder, coded.role, coded.edits
    start = Coding(session=data.session, coder=coder, role=role, media=(film_media(),))
    with create(path, coding=start, scheme=scheme, who=coder) as file:
        document = file.document()
        for edit in edits:
            document.submit(edit)
    return path


def coding_in(path: Path) -> Coding:
    with open_read_only(path) as file:
        return file.coding


def bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
