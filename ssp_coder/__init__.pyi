from pathlib import Path

from ssp_coder.notebook import NotebookCoding

__version__: str

def open_coding(path: str | Path) -> NotebookCoding: ...
