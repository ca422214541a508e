"""The environment, read once, frozen.

Every setting has a default that works on a bare machine: SQLite and files under ``var/``.
A wrong value stops the start with one line that names it (`load`).
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from base64 import urlsafe_b64encode
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DSFR_FILES = ("dsfr.min.css", "utility/utility.min.css", "fonts", "icons", "favicon/favicon.svg")
"""What the official package must hold for `THEME=dsfr`: the layout of its `dist/` folder."""


ORIGINALS_KEY = "originals_key"
"""The file of the key that unseals masked words; no backup holds it (`domain.backups`)."""
LIMITS_FACTOR_MAX = 1_000_000
CONNECTION_LOG_DAYS_MAX = 366
"""What the law asks of those it obliges is a year, no more."""
_FERNET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names it."""


class Settings(BaseSettings):
    """What an operator may change, and nothing else."""

    # `NAME=` in a file of settings means that nothing was chosen.
    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_prefix="", env_ignore_empty=True
    )

    var_dir: Path = Field(default=Path("var"), validation_alias="SPPLUS_VAR")
    database_url: str = ""
    smtp_url: str = ""
    mail_from: str = "Services Publics + <ne-pas-repondre@localhost>"
    public_url: str = "http://localhost:3000"
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    secret_key: str = ""
    originals_key: str = ""
    redis_url: str = ""
    demo: bool = Field(default=False, validation_alias="SPPLUS_DEMO")
    log_format: str = ""
    log_access: bool = True
    connection_log_days: int = 0
    limits_factor: int = 1
    form_seconds: float = 3.0
    official: bool = False
    gallery: bool = Field(default=False, validation_alias="SPPLUS_GALLERY")
    theme: str = "spplus"
    # After the theme, which its check reads.
    dsfr_dir: Path | None = Field(default=None, validate_default=True)
    # Who answers for the site. Read at build: the mandatory pages say plainly what is not given.
    operator_name: str = ""
    operator_address: str = ""
    publication_director: str = ""
    hosting: str = ""
    contact_email: str = ""
    contact_address: str = ""
    privacy_contact: str = ""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("doit commencer par sqlite:/// ou postgresql://")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("smtp_url")
    @classmethod
    def _known_smtp(cls, value: str) -> str:
        if value and (
            urlsplit(value).scheme not in {"smtp", "smtps"} or not urlsplit(value).hostname
        ):
            raise ValueError("doit être de la forme smtp://hote:port ou smtps://hote:port")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sendable(cls, value: str) -> str:
        name, address = parseaddr(value)
        local, _, domain = address.partition("@")
        if not local or not domain or any(ord(char) < 32 for char in name + address):
            raise ValueError("doit être de la forme Nom <adresse@exemple.fr>")
        return value

    @field_validator("contact_email")
    @classmethod
    def _reachable(cls, value: str) -> str:
        name, address = parseaddr(value)
        local, _, domain = address.partition("@")
        if value and (name or not local or "." not in domain or address != value):
            raise ValueError("doit être une adresse comme contact@exemple.fr")
        return value

    @field_validator("public_url")
    @classmethod
    def _absolute_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ValueError("doit être une adresse comme https://exemple.fr, sans chemin")
        return value.rstrip("/")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        items = value.split(",") if isinstance(value, str) else value
        networks = tuple(str(item).strip() for item in items if str(item).strip())  # type: ignore[attr-defined]
        for network in networks:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError:
                raise ValueError("doit être une liste d’adresses ou de réseaux IP") from None
        return networks

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("doit avoir au moins 32 caractères")
        return value

    @field_validator("originals_key")
    @classmethod
    def _sealing_keys(cls, value: str) -> str:
        if not all(_FERNET_KEY.fullmatch(key.strip()) for key in value.split(",") if value):
            raise ValueError("doit être une clé Fernet, ou plusieurs séparées par des virgules")
        return value

    @field_validator("redis_url")
    @classmethod
    def _no_redis_yet(cls, value: str) -> str:
        if value:
            raise ValueError("n’est pas encore pris en charge : retirez ce réglage")
        return value

    @field_validator("log_format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value not in {"", "json", "text"}:
            raise ValueError("doit être json ou text")
        return value

    @field_validator("connection_log_days")
    @classmethod
    def _a_year_at_most(cls, value: int) -> int:
        if not 0 <= value <= CONNECTION_LOG_DAYS_MAX:
            raise ValueError(f"doit être entre 0 et {CONNECTION_LOG_DAYS_MAX} jours")
        return value

    @field_validator("limits_factor")
    @classmethod
    def _one_at_least(cls, value: int) -> int:
        if not 1 <= value <= LIMITS_FACTOR_MAX:
            raise ValueError(f"doit être entre 1 et {LIMITS_FACTOR_MAX}")
        return value

    @field_validator("form_seconds")
    @classmethod
    def _a_minute_at_most(cls, value: float) -> float:
        if not 0 <= value <= 60:
            raise ValueError("doit être entre 0 et 60 secondes")
        return value

    @field_validator("theme")
    @classmethod
    def _known_theme(cls, value: str) -> str:
        if value not in {"spplus", "dsfr"}:
            raise ValueError("doit être spplus ou dsfr")
        return value

    @field_validator("dsfr_dir")
    @classmethod
    def _whole_package(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if info.data.get("theme") != "dsfr":
            return value
        if value is None:
            raise ValueError("doit donner le dossier du paquet officiel, puisque THEME=dsfr")
        missing = [name for name in DSFR_FILES if not (value / name).exists()]
        if missing:
            raise ValueError(f"il manque {', '.join(missing)} dans {value}")
        return value.resolve()

    @property
    def https(self) -> bool:
        """Whether people reach the site over https."""
        return self.public_url.startswith("https://")

    @property
    def effective_database_url(self) -> str:
        """The database in use: `database_url`, else SQLite under `var_dir`."""
        return self.database_url or f"sqlite:///{(self.var_dir / 'spplus.sqlite3').resolve()}"


def read() -> Settings:
    """Read the environment; raise `SettingsError` with one line that names the wrong setting."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        message = str(first.get("ctx", {}).get("error", first["msg"]))
        if first["type"].startswith("bool_"):
            message = "doit être 1 (oui) ou 0 (non)"
        raise SettingsError(f"Réglage {name} : {message}.") from None


def load() -> Settings:
    """Read the environment as `read` does, with the secrets kept in the data folder."""
    settings = read()
    kept: dict[str, str] = {}
    if not settings.secret_key:
        made = secrets.token_urlsafe(48)
        kept["secret_key"] = _kept_secret(settings.var_dir / "secret_key", made)
    if not settings.originals_key:
        made = urlsafe_b64encode(secrets.token_bytes(32)).decode()
        kept["originals_key"] = _kept_secret(settings.var_dir / ORIGINALS_KEY, made)
    return settings.model_copy(update=kept)


def _kept_secret(path: Path, candidate: str) -> str:
    """Return the secret kept in this file, ``candidate`` on the first run (0600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(candidate)
    try:
        # A hard link either makes the name or fails: two first starts agree on one secret.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    return path.read_text().strip()


@cache
def settings() -> Settings:
    """The settings of this process, read at first use."""
    return load()
