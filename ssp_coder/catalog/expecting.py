"""What a data file may hold at a key, told as a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.schema import format_schemas

_COMPARE = "compare with a bundled file of this kind, or with its schema in schemas/format"

_Node = Mapping[str, Any]  # Any: JSON Schema is free-form JSON


def remedy_at(kind: object, key: Key, *, unknown: bool) -> str:
    """What to write at a key.

    Args:
        kind: the file's own word for what it is, whatever type it has.
        key: where the mistake is.
        unknown: whether the key itself is the mistake.
    """
    schemas = format_schemas()
    if key == ("kind",) or str(kind) not in schemas:
        return f'write kind = "..." with one of {", ".join(schemas)}'
    root = schemas[str(kind)]
    node = _node_at(root, key[:-1] if unknown else key)
    if unknown:
        close = get_close_matches(str(key[-1]), list(node.get("properties", {})), n=1)
        return f"did you mean {close[0]!r}?" if close else _COMPARE
    words = _words(node)
    if words:
        return f"write one of {', '.join(words)}"
    description = str(node.get("description", "")) if node.get("type") == "string" else ""
    return f"expected here: {description}" if description else _COMPARE


def _node_at(root: _Node, key: Key) -> _Node:
    node = _resolved(root, root)
    for step in key:
        below = node.get("items", {}) if isinstance(step, int) else _property(node, step)
        node = _resolved(root, below)
    return node


def _property(node: _Node, name: str) -> _Node:
    properties: _Node = node.get("properties", {})
    found: _Node = properties.get(name, {})
    return found


def _resolved(root: _Node, node: _Node) -> _Node:
    reference = str(node.get("$ref", ""))
    if not reference:
        return node
    found: _Node = root["$defs"][reference.rpartition("/")[2]]
    return found


def _words(node: _Node) -> tuple[str, ...]:
    choices = (node, *node.get("anyOf", ()))
    return tuple(str(word) for choice in choices for word in choice.get("enum", ()) if word)
