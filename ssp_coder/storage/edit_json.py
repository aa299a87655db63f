"""Edits, changes and other values as JSON text: the words in which the log is written.

The text is deterministic (sorted keys, no spaces, whole numbers without a fraction), so that equal
values have equal text and equal hashes.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from ssp_coder.domain.finding import Finding
from ssp_coder.editing import edits
from ssp_coder.editing.change import Change
from ssp_coder.editing.edits import Edit
from ssp_coder.storage.errors import RESTORE, UNREADABLE, StorageError, storage_error
from ssp_coder.storage.json_codec import Codec, UnfitError, checked_text, codec, json_object

# Written out, so that renaming a class does not rename what is stored.
_TYPE_BY_KIND: dict[str, type[Edit]] = {
    "add_event": edits.AddEvent,
    "close_event": edits.CloseEvent,
    "change_event": edits.ChangeEvent,
    "change_events": edits.ChangeEvents,
    "add_events": edits.AddEvents,
    "split_event": edits.SplitEvent,
    "merge_events": edits.MergeEvents,
    "delete_events": edits.DeleteEvents,
    "import_events": edits.ImportEvents,
    "mark_episode": edits.MarkEpisode,
    "mark_episode_missing": edits.MarkEpisodeMissing,
    "clear_episode": edits.ClearEpisode,
    "end_session": edits.EndSession,
    "clear_session_end": edits.ClearSessionEnd,
    "rate": edits.Rate,
    "clear_rating": edits.ClearRating,
    "put_d_index": edits.PutDIndex,
    "remove_d_index": edits.RemoveDIndex,
    "classify": edits.Classify,
    "clear_classification": edits.ClearClassification,
    "record_visit": edits.RecordVisit,
    "clear_visit": edits.ClearVisit,
    "put_comment": edits.PutComment,
    "put_comments": edits.PutComments,
    "remove_comment": edits.RemoveComment,
    "mark_interval": edits.MarkInterval,
    "mark_intervals": edits.MarkIntervals,
    "clear_intervals": edits.ClearIntervals,
    "attach_media": edits.AttachMedia,
    "place_camera": edits.PlaceCamera,
    "begin_consensus": edits.BeginConsensus,
    "settle": edits.Settle,
    "lock_coding": edits.LockCoding,
    "unlock_coding": edits.UnlockCoding,
}
_KIND_BY_TYPE = {edit_type: kind for kind, edit_type in _TYPE_BY_KIND.items()}


def edit_text(edit: Edit) -> str:
    """The JSON text of an edit."""
    return _text(_EDIT, edit)


def read_edit(text: str, *, place: str = "") -> Edit:
    """The edit of a JSON text.

    Raises:
        StorageError: names `place` and what is wrong.
    """
    edit: Edit = _value(_EDIT, text, place)
    return edit


def change_text(change: Change) -> str:
    """The JSON text of a change."""
    return value_text(Change, change)


def read_change(text: str, *, place: str = "") -> Change:
    """The change of a JSON text.

    Raises:
        StorageError: names `place` and what is wrong.
    """
    change: Change = read_value(Change, text, place=place)
    return change


def value_text(kind: object, value: object) -> str:
    """The JSON text of a value of a type that a coding is made of.

    Raises:
        StorageError: the value does not fit the type, or cannot be stored.
    """
    return _text(codec(kind), value)


def read_value(kind: object, text: str, *, place: str = "") -> Any:  # the type is `kind`
    """The value of type `kind` in a JSON text.

    Raises:
        StorageError: names `place` and what is wrong.
    """
    return _value(codec(kind), text, place)


def checked(text: str) -> str:
    """The text itself, if it may be stored.

    Raises:
        StorageError: it is too long, or holds half a character.
    """
    try:
        return checked_text(text)
    except ValueError as error:
        raise _not_storable("a text", error) from None


def _text(how: Codec, value: object) -> str:
    try:
        text = json.dumps(
            how.encode(value),
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
            allow_nan=False,
        )
        return checked_text(text)
    except ValueError as error:
        raise _not_storable(type(value).__name__, error) from None


def _not_storable(what: str, error: ValueError) -> StorageError:
    return storage_error("not_storable", what, f"it cannot be stored: {error}", "type it anew")


def _value(how: Codec, text: str, place: str) -> Any:  # its type is that of the codec
    try:
        return how.decode(json.loads(text, parse_constant=_refuse_constant))
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, str(error)) from None


def _unreadable(place: str, fact: str) -> StorageError:
    return StorageError(
        Finding(
            code=UNREADABLE,
            message=f"a record cannot be read: {fact}",
            place=place,
            remedy=RESTORE,
        )
    )


def _refuse_constant(name: str) -> NoReturn:
    raise UnfitError(f"{name} is no number of a coding")


def _encode_edit(edit: Edit) -> dict[str, object]:
    edit_type: Any = type(edit)  # the union of edit types is not hashable to a type checker
    encoded: dict[str, object] = codec(edit_type).encode(edit)
    return {"kind": _KIND_BY_TYPE[edit_type], **encoded}


def _decode_edit(value: object) -> object:
    given = dict(json_object(value))
    kind = given.pop("kind", None)
    if not isinstance(kind, str) or kind not in _TYPE_BY_KIND:
        raise UnfitError(f"there is no edit of kind {kind!r}")
    edit_type: Any = _TYPE_BY_KIND[kind]
    return codec(edit_type).decode(given)


_EDIT = Codec(_encode_edit, _decode_edit)
