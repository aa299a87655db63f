"""A lab's folder of data files: the bundled ones, of which a test changes some lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from ssp_coder.catalog import CatalogError, load_scheme
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme


@dataclass(frozen=True, kw_only=True)
class Lab:
    folder: Path

    def path(self, below: str) -> Path:
        return self.folder / below

    def text(self, below: str) -> str:
        return self.path(below).read_text(encoding="utf-8")

    def write(self, below: str, text: str) -> None:
        self.path(below).write_text(text, encoding="utf-8")

    def change(self, below: str, old: str, new: str) -> int:
        """Replace the first `old` and return the line on which it began."""
        text = self.text(below)
        head, found, tail = text.partition(old)
        assert found, f"{below} does not hold {old!r}"
        self.write(below, head + new + tail)
        return head.count("\n") + 1

    def load(self, scheme_id: str = "infant") -> Scheme:
        return load_scheme(scheme_id, folders=(self.folder,))

    def refusal(self, scheme_id: str = "infant") -> CatalogError:
        with pytest.raises(CatalogError) as caught:
            self.load(scheme_id)
        return caught.value

    def finding(self) -> Finding:
        return self.refusal().finding

    def place(self, below: str, line: int) -> str:
        return f"{self.path(below)}:{line}"
