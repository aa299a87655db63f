"""Where the bundled instruments lie: in an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

BundledFolder = Literal["episodes", "schemas"]
"""What the program brings along: procedures, or everything else that a scheme is made of."""

_PACKAGE = Path(__file__).resolve().parent


class BundledFilesMissingError(FileNotFoundError):
    """The program was installed without its bundled instruments."""


def bundled(folder: BundledFolder, *, package: Path = _PACKAGE) -> Path:
    """The bundled folder of that name; a wheel's own copy goes before a checkout's.

    Args:
        folder: which of the two.
        package: the folder of the package `ssp_coder`; another one only to look into another
            installation.

    Raises:
        BundledFilesMissingError: it is in neither place.
    """
    places = (package / "_bundled" / folder, package.parent / folder)
    for place in places:
        if place.is_dir():
            return place
    raise BundledFilesMissingError(
        f"the bundled folder {folder!r} is missing, looked for as {places[0]} and {places[1]}; "
        "install ssp_coder again, or start it from a complete checkout"
    )
