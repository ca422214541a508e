"""What the tests of readers share: a file written, read, and told as one text."""

from __future__ import annotations

from pathlib import Path

from spplus_app.adapters.documents.reading import read
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.reading import Flowing, Positioned, flowed
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.errors import Invalid


def told(given: Positioned | Flowing) -> Canonical:
    """What a reader gave, as one text."""
    return canonical(flowed(given) if isinstance(given, Flowing) else laid_out(given))


def of(folder: Path, name: str, content: bytes) -> Canonical:
    """The text of a file of this name."""
    path = folder / "quarantine"
    path.write_bytes(content)
    return told(read(path, name))


def refusal(folder: Path, name: str, content: bytes) -> Refusal:
    """What a file of this name is refused for."""
    path = folder / "quarantine"
    path.write_bytes(content)
    return refusal_at(path, name)


def refusal_at(path: Path, name: str) -> Refusal:
    """What the file at this path is refused for."""
    try:
        found = read(path, name)
    except Invalid as error:
        said = {sentence: which for which, sentence in SENTENCES.items()}
        return said[error.errors["document"]]
    raise AssertionError(f"read: {told(found).text[:200]!r}")


def outline(text: Canonical) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(str(one.block.kind), one.block.text) for one in text.blocks]
