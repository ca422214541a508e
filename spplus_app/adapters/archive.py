"""The archive of a backup: a plain tar, read as if an enemy had written it.

Nothing is ever extracted by the tar library: each member is read, counted and hashed by us, and
written under a name that we checked, in a folder that we made.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..domain.backups import (
    MANIFEST,
    MANIFEST_MAX,
    BackupRefused,
    Manifest,
    Member,
    read_manifest,
    shown,
)

_CHUNK = 1024 * 1024
Told = Callable[[int], None]
"""Told how many bytes were just done."""


class ArchiveWriter:
    """Writes members one after the other, remembering what each was; the manifest comes last."""

    def __init__(self, path: Path) -> None:
        """``path`` must not exist; it is its owner's alone."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.TarFile(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)
        self.members: dict[str, Member] = {}

    def add(self, name: str, source: IO[bytes], size: int, told: Told = lambda _done: None) -> None:
        """Add exactly ``size`` bytes of ``source`` under ``name``."""
        reader = _Hashed(source, told)
        self._tar.addfile(_header(name, size), reader)  # type: ignore[arg-type]
        self.members[name] = Member(size=size, sha256=reader.hash.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, and return once all is on the disk."""
        text = manifest.text().encode()
        self._tar.addfile(_header(MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


class _Hashed:
    """A source that is hashed as it is read."""

    def __init__(self, source: IO[bytes], told: Told) -> None:
        self._source, self._told = source, told
        self.hash = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Read, hash, tell."""
        block = self._source.read(size)
        self.hash.update(block)
        self._told(len(block))
        return block


class _Strict(tarfile.TarInfo):
    """A header that cannot send the reader backwards: a negative size would read for ever."""

    def _block(self, count: int) -> int:
        if count < 0:
            raise tarfile.HeaderError("negative size")
        return int(super()._block(count))  # type: ignore[misc]


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive without any compression: what it holds is never larger than itself."""
    try:
        with tarfile.open(path, mode="r:", tarinfo=_Strict) as tar:
            yield tar
    except FileNotFoundError:
        raise BackupRefused(f"Le fichier {path} n’existe pas.") from None
    except (tarfile.TarError, EOFError, ValueError, OverflowError, RecursionError):
        raise BackupRefused("Ce fichier n’est pas une sauvegarde, ou il est abîmé.") from None
    except OSError as error:
        raise BackupRefused(f"Le fichier {path} ne peut pas être lu ({error.strerror}).") from None


def manifest_of(path: Path) -> Manifest:
    """Return the manifest of an archive whose members are, by name, kind and size, as it says."""
    with _opened(path) as tar:
        return _listed(tar)[0]


def _listed(tar: tarfile.TarFile) -> tuple[Manifest, dict[str, tarfile.TarInfo]]:
    found: dict[str, tarfile.TarInfo] = {}
    for header in tar:
        # A sparse member announces a size that its bytes do not have.
        if header.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or header.issparse():
            raise BackupRefused(f"L’archive contient autre chose qu’un fichier : {_name(header)}.")
        if header.name in found:
            raise BackupRefused(f"L’archive contient deux fois {_name(header)}.")
        found[header.name] = header
    last = found.pop(MANIFEST, None)
    if last is None:
        raise BackupRefused("Cette archive n’a pas d’inventaire : elle est incomplète.")
    manifest = read_manifest(_content(tar, last))
    for name, header in found.items():
        if name not in manifest.members:
            raise BackupRefused(f"L’archive contient un fichier de trop : {_name(header)}.")
        if header.size != manifest.members[name].size:
            raise BackupRefused(f"Un fichier de l’archive n’a pas sa taille : {_name(header)}.")
    missing = manifest.members.keys() - found.keys()
    if missing:
        raise BackupRefused(f"Il manque dans l’archive {shown(min(missing))}.")
    return manifest, found


def _content(tar: tarfile.TarFile, header: tarfile.TarInfo) -> bytes:
    if header.size > MANIFEST_MAX:
        raise BackupRefused("L’inventaire de cette archive est démesuré.")
    source = tar.extractfile(header)
    return source.read(MANIFEST_MAX) if source is not None else b""


def _name(header: tarfile.TarInfo) -> str:
    return shown(header.name)


def unpack(path: Path, folder: Path, told: Told = lambda _done: None) -> Manifest:
    """Write every member of an archive below ``folder`` (0600); return its manifest.

    Raises `BackupRefused`, and may leave some members behind: ``folder`` is a place to prepare.
    """
    with _opened(path) as tar:
        manifest, found = _listed(tar)
        for name, header in found.items():
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            source: Any = tar.extractfile(header)
            if _copied(source, target, told) != manifest.members[name].sha256:
                raise BackupRefused(f"Un fichier de l’archive est altéré : {_name(header)}.")
    return manifest


def _copied(source: IO[bytes], target: Path, told: Told) -> str:
    """Copy a member to the disk; return its SHA-256."""
    found = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        while block := source.read(_CHUNK):
            found.update(block)
            handle.write(block)
            told(len(block))
        handle.flush()
        os.fsync(handle.fileno())
    return found.hexdigest()
