"""What the demonstration shows of itself; nothing outside it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from sqlalchemy.orm import Session

from ..domain.roles import Role
from ..persistence import people
from ..settings import settings


@cache
def _content() -> dict[str, object]:
    path = resources.files("spplus_app.demo").joinpath("content", "accounts.json")
    return dict(json.loads(path.read_text("utf-8")))


def password() -> str:
    """Return the shared password of the demonstration's accounts; empty outside it."""
    return str(_content().get("password", "")) if settings().demo else ""


def accounts(session: Session) -> list[tuple[Role, str]]:
    """Return role and address of each account of the demonstration; none outside it."""
    return people.demo_accounts(session) if settings().demo else []
