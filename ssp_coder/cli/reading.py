"""Coding files read for commands that change nothing."""

from __future__ import annotations

from pathlib import Path

from ssp_coder.cli.terminal import note
from ssp_coder.formats.exportable import Exportable
from ssp_coder.storage.coding_file import open_read_only


def read_coding(path: Path) -> Exportable:
    """A coding with its scheme; what is worth telling about the file goes to stderr.

    Raises:
        StorageError: the file is missing, damaged or no coding file.
    """
    with open_read_only(path) as file:
        for finding in file.findings:
            note(finding)
        return Exportable(coding=file.coding, scheme=file.scheme)
