"""Instruments from TOML files: read, checked, and built into the values of the domain."""

from ssp_coder.catalog.checking import check_bundled, check_paths
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.loading import (
    SchemeSummary,
    available_schemes,
    load_scheme,
    scheme_from_files,
)
from ssp_coder.catalog.schema import format_schemas

__all__ = [
    "CatalogError",
    "SchemeSummary",
    "available_schemes",
    "check_bundled",
    "check_paths",
    "format_schemas",
    "load_scheme",
    "scheme_from_files",
]
