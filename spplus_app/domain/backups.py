"""What a backup is made of: its manifest, the names it may hold, when it can be put back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import DomainError

MANIFEST = "manifest.json"
"""The last member of an archive: one that was cut short has none."""
KEY = "secret_key"
SEALING_KEY = "originals_key"
"""The key that unseals masked words: apart from a backup, which holds what it seals."""
CONNECTIONS = "connections"
"""The folder of the connection log, where there is one: it never leaves the machine."""
DAILY_SALT = "daily_salt-"
"""How the files begin that are to be forgotten at the end of the day: no backup remembers them."""
FILES = "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""The member that holds the database, by kind."""
MANIFEST_MAX = 64 * 1024 * 1024
_PART = re.compile(r"[^\x00-\x1f\x7f/\\]{1,255}")
_DATED = "%Y-%m-%dT%H-%M-%SZ"


class BackupRefused(DomainError):
    """A backup cannot be made, or must not be put back; the sentence says why."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Member(_Strict):
    """One file of an archive."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(_Strict):
    """What an archive holds, and of what it was made."""

    format: Literal[1] = 1
    version: str = Field(max_length=40)
    made_at: str = Field(max_length=40)
    database: Literal["sqlite", "postgresql"]
    revision: str = Field(max_length=40)
    """The schema of the database."""
    key_print: str = Field(max_length=64)
    """Tells one secret key from another, and gives nothing of it away."""
    counts: dict[str, int]
    """The number of rows of each table."""
    members: dict[str, Member]
    seal: str = Field(default="", max_length=64)
    """A keyed hash of all the rest: an archive written elsewhere is told from one of ours."""

    def unsealed(self) -> str:
        """The text that the seal covers."""
        return json.dumps(self.model_dump(exclude={"seal"}), sort_keys=True, ensure_ascii=False)

    def text(self) -> str:
        """The text of the manifest, as it stands in the archive."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False)

    @property
    def database_member(self) -> str:
        """The name of the member that holds the database."""
        return DATABASES[self.database]


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest in ``content``, hostile until then; raise `BackupRefused`."""
    try:
        manifest = Manifest.model_validate_json(content)
    except (ValidationError, ValueError, RecursionError):
        raise BackupRefused("L’inventaire de cette archive est illisible.") from None
    for name in manifest.members:
        if not allowed(name, manifest):
            raise BackupRefused(f"L’archive contient un nom interdit : {shown(name)}.")
    if manifest.database_member not in manifest.members:
        raise BackupRefused("L’archive ne contient pas de base de données.")
    return manifest


def allowed(name: str, manifest: Manifest) -> bool:
    """Whether a member may bear this name: the database, the key, or a file below ``files/``."""
    if name in {manifest.database_member, KEY}:
        return True
    rest = name.removeprefix(FILES)
    return name.startswith(FILES) and safe(rest) and not left_out(PurePosixPath(rest))


def safe(path: str) -> bool:
    """Whether a relative path stays below where it begins, on any system."""
    parts = path.split("/")
    return len(path) <= 1000 and all(
        part not in {".", ".."} and _PART.fullmatch(part) for part in parts
    )


def shown(name: str) -> str:
    """Return a hostile name as a screen may show it."""
    return "".join(char if char.isprintable() else "·" for char in name)[:80]


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def dated(moment: datetime) -> str:
    """Return a moment as names of files hold it: ``2026-11-25T02-10-00Z``."""
    return moment.astimezone(UTC).strftime(_DATED)


def judge_schema(manifest: Manifest, known: Sequence[str]) -> bool:
    """Whether this version must migrate the database once it is back.

    Raises `BackupRefused` for a schema that this version does not know.
    """
    if manifest.revision not in known:
        raise BackupRefused(
            f"Cette sauvegarde vient d’une version plus récente (schéma {shown(manifest.revision)}"
            f", celle-ci connaît {known[-1]}) : mettez d’abord la plateforme à jour."
        )
    return manifest.revision != known[-1]


STAGING = ".spplus-"
"""How the folders begin in which backups and restorations are prepared."""
ASIDE = "set-aside"
"""The folder of what a restoration replaced."""
_ARCHIVE = re.compile(r"spplus-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar")


def archive_name(moment: datetime) -> str:
    """Return the name of a backup made at this moment."""
    return f"spplus-{dated(moment)}.tar"


def left_out(path: PurePosixPath) -> bool:
    """Whether a file of the data folder is no part of a backup: keys, locks, work in hand.

    ``path`` is relative to the data folder. The database is left out by who knows where it is.
    """
    name, top = path.name, path.parts[0]
    return (
        ASIDE in path.parts
        or any(part.startswith((STAGING, ".nfs")) for part in path.parts)
        or name.endswith((".part", ".pid", ".lock", ".sock", ".log"))
        or _ARCHIVE.fullmatch(name) is not None
        or top in {KEY, SEALING_KEY, CONNECTIONS}
        or name.startswith((".secret_key.", ".originals_key.", DAILY_SALT, f".{DAILY_SALT}"))
        or top.startswith("restore-plan.")
    )
