"""Work for the worker, and what the tests see of it."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from spplus_app.persistence import jobs as rows
from spplus_app.persistence import links, reading, unit_of_work
from spplus_app.persistence.tables import ContactRow, ExperienceRow
from spplus_app.services import mail, tokens


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for ``condition``, and fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(0.002)


def counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        return rows.counts(session)


def confirmations(engine: Engine, count: int) -> set[str]:
    """Send ``count`` experiences whose authors gave an address; return the addresses."""
    now, addresses = datetime.now(UTC), set()
    with unit_of_work(engine) as session:
        for number in range(count):
            row = ExperienceRow(
                uuid=f"u{number}",
                status="pending",
                title=f"Titre {number}",
                narrative="Texte",
                slug="titre",
                ressenti="Positif",
                posted_as="La personne concernée",
                tags={},
                created_at=now,
                sent_at=now,
                updated_at=now,
            )
            session.add(row)
            session.flush()
            email, nonce = f"auteur{number}@exemple.fr", f"nonce-{number}"
            session.add(ContactRow(experience_id=row.id, email=email, created_at=now))
            token_hash = tokens.hash_token(tokens.derive("follow-up", nonce))
            links.add_link(
                session,
                experience_id=row.id,
                token_hash=token_hash,
                nonce=nonce,
                by_mail=True,
                now=now,
            )
            context: dict[str, str | int] = {"experience_id": row.id, "nonce": nonce}
            assert mail.queue_mail(session, "follow_up", email, context, key="first")
            addresses.add(email)
    return addresses


def recipients(folder: Path) -> Counter[str]:
    """Who was written to, and how many times."""
    messages = [message_from_bytes(path.read_bytes()) for path in folder.glob("*.eml")]
    return Counter(str(message["To"]) for message in messages)


class Received:
    """An SMTP server's memory: the Message-ID of each mail it took."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        self.ids.append(message_from_bytes(envelope.original_content)["Message-ID"])
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
