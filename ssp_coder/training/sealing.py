"""How references are kept from the eyes of those who are to be trained on them.

AES-256 in Galois/counter mode, a fresh nonce for each file; the pack, its version and the case are
bound to the text, so that a sealed file cannot stand in for another. Keys are drawn by HKDF from
one of two roots: the pack's own key, which lies in the pack, or a word of the trainer's by scrypt.
From the same root comes the signing key (Ed25519) of the trainer's releases.
"""

from __future__ import annotations

import hmac
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.training.errors import TrainingError, training_error

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

WHAT_SEALING_DOES = (
    "Sealing keeps a reference out of sight until it is due: it is in no view, list, search, "
    "export or undo history, its file tells neither content nor length, and the program unseals "
    "it in memory only, after the submission.",
    "The pack's own key lies in the pack. Whoever can program can take it from there: that seal "
    "keeps honest people honest and stops nobody who is determined.",
    "Test forms that are sealed with the trainer's word cannot be opened without it, by this "
    "program or any other; how safe they are is how hard the word is to guess.",
    "A logbook shows that it was altered, not that a second one was begun: the trainer keeps the "
    "hash of its last row with each submission, and sees what does not follow from it.",
    "No seal keeps two trainees from talking, keeps somebody who has once seen a reference from "
    "passing it on, or shows that a coding was made alone.",
)
"""What sealing can and cannot prevent, one sentence each, for people to read."""

KEY_BYTES = 32
USUAL_COST = 2**16
"""Work for each try of a word: about a tenth of a second and 64 MB. Project default."""
HIGHEST_COST = 2**20
SHORTEST_WORD = 8
"""Signs that a trainer's word needs. Project default."""

_MAGIC = b"SSPR\x01"
_NONCE_BYTES = 12
_LENGTH_BYTES = 8
_TAG_BYTES = 16
_BLOCK = 16 * 1024
_BLOCK_SIZE_R = 8
_MAXIMUM_PLAIN = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Label:
    """What a sealed text is bound to; a text under one label opens under no other."""

    pack: str
    version: str
    case: str

    def bytes(self) -> bytes:
        """All of it, unambiguous."""
        return "\0".join(("ssp-coder reference", self.pack, self.version, self.case)).encode()


def new_root() -> bytes:
    """A root drawn by chance."""
    return os.urandom(KEY_BYTES)


def root_of_word(word: str, salt: bytes, cost: int) -> bytes:
    """The root that a trainer's word stands for.

    Raises:
        ValueError: the cost is none that this program spends.
    """
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    if not is_cost(cost):
        raise ValueError(f"{cost} is no work that is spent on a word")
    how = Scrypt(salt=salt, length=KEY_BYTES, n=cost, r=_BLOCK_SIZE_R, p=1)
    return how.derive(word.strip().encode())


def is_cost(cost: int) -> bool:
    """Whether this program spends so much work on a word: a power of two within its limits."""
    return 2 <= cost <= HIGHEST_COST and not cost & (cost - 1)


def form_key(root: bytes, form: str) -> bytes:
    """The key of a test form, or with an empty name of everything outside the forms."""
    return _drawn(root, f"ssp-coder form {form}")


def signer(root: bytes) -> Ed25519PrivateKey:
    """What signs the releases of a trainer."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_drawn(root, "ssp-coder releases"))


def public_key(root: bytes) -> str:
    """What tells a genuine release, hexadecimal."""
    return signer(root).public_key().public_bytes_raw().hex()


def fits(root: bytes, public: str) -> bool:
    """Whether a root is the one that a public key was made from."""
    return hmac.compare_digest(public_key(root).encode(), public.encode())


def is_signed(message: bytes, signature: bytes, public: str) -> bool:
    """Whether a message was signed by the owner of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def packed(text: str) -> bytes:
    """A text made small, before it is sealed."""
    return zlib.compress(text.encode(), 9)


def common_size(sizes: tuple[int, ...]) -> int:
    """The size to which every text of a pack is filled up, so that none tells its length."""
    longest = _LENGTH_BYTES + max(sizes, default=0)
    return -(-longest // _BLOCK) * _BLOCK


def sealed(plain: bytes, key: bytes, label: Label, size: int) -> bytes:
    """The sealed form of a packed text.

    Args:
        plain: what `packed` gave.
        key: from `form_key`.
        label: what it is bound to.
        size: from `common_size`.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    filled = (len(plain).to_bytes(_LENGTH_BYTES, "big") + plain).ljust(size, b"\0")
    nonce = os.urandom(_NONCE_BYTES)
    return _MAGIC + nonce + AESGCM(key).encrypt(nonce, filled, label.bytes())


def unsealed(content: bytes, key: bytes, label: Label, place: str) -> str:
    """The text of a sealed file.

    Raises:
        TrainingError: the key is another one, or the file was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MAGIC) + _NONCE_BYTES
    if not content.startswith(_MAGIC) or len(content) < start + _TAG_BYTES:
        raise _damaged(place, "it is no sealed reference")
    try:
        filled = AESGCM(key).decrypt(content[len(_MAGIC) : start], content[start:], label.bytes())
    except InvalidTag:
        raise _damaged(
            place, "it cannot be unsealed: it was changed, or the key is another one"
        ) from None
    length = int.from_bytes(filled[:_LENGTH_BYTES], "big")
    return _unpacked(filled[_LENGTH_BYTES : _LENGTH_BYTES + length], place)


def _unpacked(plain: bytes, place: str) -> str:
    try:
        stream = zlib.decompressobj()
        text = stream.decompress(plain, _MAXIMUM_PLAIN)
        if not stream.eof:
            raise _damaged(place, "what it holds is cut off or too long")
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise _damaged(place, f"what it holds cannot be read ({error})") from None


def _drawn(root: bytes, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, None, purpose.encode()).derive(root)


def _damaged(place: str, what: str) -> TrainingError:
    return training_error("unsealable", place, what, "ask the trainer for the pack once more")
