"""Code the Strange Situation Procedure: exact video time, events, scales and classification."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

__version__ = "0.1.0"


def open_coding(path: str | Path) -> object:
    """Open a coding file for reading in a notebook; see `ssp_coder.notebook.NotebookCoding`.

    Raises:
        StorageError: the file is missing, damaged or no coding file.
    """
    # Loaded by name at the first use: the import of the package stays light, and modules below may
    # ask it for its version without depending on the notebook above them. The exact type of what
    # it returns stands in __init__.pyi, for type checkers and editors.
    opened: object = import_module("ssp_coder.notebook").open_coding(path)
    return opened
