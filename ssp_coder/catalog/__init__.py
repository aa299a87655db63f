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
from ssp_coder.catalog.tables import (
    LoadedTable,
    TableSummary,
    available_rule_tables,
    load_rule_table,
)
from ssp_coder.catalog.wordings import LaidOver, lay_over

__all__ = [
    "CatalogError",
    "LaidOver",
    "LoadedTable",
    "SchemeSummary",
    "TableSummary",
    "available_rule_tables",
    "available_schemes",
    "check_bundled",
    "check_paths",
    "format_schemas",
    "lay_over",
    "load_rule_table",
    "load_scheme",
    "scheme_from_files",
]
