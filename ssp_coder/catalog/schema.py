"""JSON Schemas of the data files, so that an editor completes and checks as people type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from ssp_coder.catalog.record_handbook import HandbookFile
from ssp_coder.catalog.record_rules import (
    DecisionTableFile,
    DiscriminantTableFile,
    ProfileTableFile,
)
from ssp_coder.catalog.record_wording import WordingFile
from ssp_coder.catalog.records import (
    EthogramFile,
    FileRecord,
    KeymapFile,
    ProcedureFile,
    ScaleFile,
    SchemeRecord,
)

_KINDS: tuple[type[FileRecord], ...] = (
    ProcedureFile,
    EthogramFile,
    ScaleFile,
    ProfileTableFile,
    DecisionTableFile,
    DiscriminantTableFile,
    KeymapFile,
    SchemeRecord,
    WordingFile,
    HandbookFile,
)


def format_schemas() -> Mapping[str, dict[str, Any]]:  # Any: JSON Schema is free-form JSON
    """A JSON Schema for each kind of data file, by the kind's name."""
    return {str(kind.__struct_config__.tag): _schema(kind) for kind in _KINDS}


def schema_files() -> Mapping[str, str]:
    """Name and content of every file under schemas/format."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in format_schemas().items()
    }


def _schema(kind: type[FileRecord]) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(msgspec.json.encode(msgspec.json.schema(kind)))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
