"""Where a document's files are, and what of it is sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from ...adapters import file_store
from ...adapters.sealing import WrongKey, seal_bytes, unseal, unseal_bytes
from ...domain.documents import stored
from ...domain.documents.reading import Reading
from ...domain.errors import NotFound
from ...persistence import documents
from ...persistence.afterwards import once_committed
from ...persistence.tables import DocumentReadingRow
from ...settings import settings

SWEPT_AFTER = 24 * 3600.0
"""Seconds after which a file that no row names is nobody's: no gesture lasts as long."""
_FRAME = 4
"""Bytes that tell how long a sealed part is."""
WORDS = ("hard", "wished", "form", "described")
"""What a depositor types, sealed until it is masked."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is personal in a document until it is masked: its depositor's words, what it says."""

    words: Mapping[str, str]
    reading: str

    def text(self) -> str:
        """As it is sealed."""
        return json.dumps({"words": dict(self.words), "reading": self.reading}, ensure_ascii=False)

    def read(self) -> Reading:
        """What the document says."""
        return stored.reading_of(self.reading)


def store() -> Path:
    """Where the files of documents are kept."""
    return settings().var_dir / file_store.FOLDER


def opened(row: DocumentReadingRow) -> Sealed:
    """Return what a row seals; raise `NotFound` when the key of the site has changed."""
    try:
        told = json.loads(unseal(row.sealed, settings().originals_key))
    except WrongKey:
        raise NotFound("Ce document ne peut plus être lu : la clé du site a changé.") from None
    return Sealed(told["words"], told["reading"])


def append(name: str, at: int, part: bytes) -> int:
    """Seal a part at ``at``, the length of a sealed file; return its length once on the disk."""
    sealed = seal_bytes(part, settings().originals_key)
    framed = len(sealed).to_bytes(_FRAME, "big") + sealed
    file_store.append(store(), name, at, framed)
    return at + len(framed)


def put(content: bytes) -> str:
    """Seal a file in the store; return its name."""
    sealed = seal_bytes(content, settings().originals_key)
    return file_store.put(store(), len(sealed).to_bytes(_FRAME, "big") + sealed)


def content(name: str, size: int | None = None) -> bytes:
    """Return ``size`` bytes of a sealed file, or all; raise `NotFound` where it is gone."""
    try:
        sealed = file_store.get(store(), name)
        parts, at, length = [], 0, 0
        while at < len(sealed) and (size is None or length < size):
            end = at + _FRAME + int.from_bytes(sealed[at : at + _FRAME], "big")
            parts.append(unseal_bytes(sealed[at + _FRAME : end], settings().originals_key))
            length += len(parts[-1])
            at = end
    except (FileNotFoundError, WrongKey):
        raise NotFound("Ce fichier n’est plus là.") from None
    return b"".join(parts)[:size]


def shown(name: str) -> bytes:
    """Return a file that everyone may see, not sealed; raise `NotFound` where it is gone."""
    try:
        return file_store.get(store(), name)
    except FileNotFoundError:
        raise NotFound("Ce fichier n’est plus là.") from None


def remove(name: str) -> None:
    """Delete a file of the store; there may be none."""
    file_store.remove(store(), name)


def remove_after(session: Session, names: Iterable[str]) -> None:
    """Delete files once the gesture that forgets them is written: undone, it loses none."""
    for name in names:
        once_committed(session, partial(remove, name))


def sweep(session: Session) -> int:
    """Delete the files that no row names; return how many."""
    known = documents.stored_names(session)
    return file_store.sweep(store(), known, SWEPT_AFTER)
