"""A site to back up, and what must be the same once it is put back."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine, insert, select

from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import Base, DraftRow
from spplus_app.services import clock, tokens
from tests import factories

ROOT = Path(__file__).parent.parent


def silent(_step: str, _done: int, _total: int) -> None:
    """Watch a long command without a word."""


def fill(engine: Engine, var: Path) -> None:
    """Write one experience, its private link and a mail."""
    with unit_of_work(engine) as session:
        tree = factories.tree(session)
        factories.sent(session, factories.visitor(), tree.office, email="jeanne@exemple.fr")
    mail(var, "first")


def mail(var: Path, name: str, text: str = "Bonjour.") -> Path:
    """Write a mail as the worker would."""
    path = var / "mail" / f"{name}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def heavy(engine: Engine, megabytes: int) -> None:
    """Make the database larger, so that copying it takes a while."""
    now = clock.now()
    row = {"kind": "experience", "subject": "", "created_at": now, "updated_at": now}
    with unit_of_work(engine) as session:
        for number in range(megabytes):
            owner = tokens.hash_token(f"{megabytes}-{number}")
            data = {"narrative": os.urandom(500_000).hex()}
            uuid = f"heavy-{megabytes}-{number}"
            session.execute(insert(DraftRow).values(owner=owner, uuid=uuid, data=data, **row))


def content(engine: Engine) -> dict[str, str]:
    """A print of every table."""
    with engine.connect() as connection:
        return {
            table.name: hashlib.sha256(
                repr(sorted(map(repr, connection.execute(select(table))))).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
        }


def files(var: Path) -> dict[str, str]:
    """The mails of a site."""
    return {path.name: path.read_text() for path in (var / "mail").glob("*.eml")}


def launch(var: Path, url: str, *words: str) -> subprocess.Popen[str]:
    """Start the command line as a process of its own."""
    environment = {**os.environ, "SPPLUS_VAR": str(var), "DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", "spplus_app.cli", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
