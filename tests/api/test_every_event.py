"""Every event and every HTTP route of the real site, sent by everyone who may not.

Nothing here is a list: actors come from the roles, events from the registry, addresses from the
routes, and the string planted in every column of every private table from the tables themselves.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from reflex_base.registry import RegistrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Engine,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
)

import spplus_app.routes
from spplus_app.api import document_files, sitemap
from spplus_app.api.app import ROUTES
from spplus_app.domain.commitments import Family
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.documents.values import Status as DocumentStatus
from spplus_app.domain.experiences import Act, Status
from spplus_app.domain.replies import AnswerStatus
from spplus_app.domain.roles import RIGHTS, Right, Role
from spplus_app.persistence.engine import make_engine
from spplus_app.persistence.tables import Base
from spplus_app.persistence.tables.base import Instant
from spplus_app.services import tokens
from spplus_app.states import registry
from tests.api.serving import Served, serve
from tests.api.wire import Refused, Wire

pytestmark = pytest.mark.xdist_group("wire")

CANARY = "CANARI"
PUBLIC = frozenset(
    {"structure", "network", "typology", "structure_count", "revision", "commitment", "figure"}
    | {"moderation_reason"}
)
"""Tables whose content everyone may read; what authors are told in a refusal is no secret."""
OWN = frozenset(
    {"draft", "throttle", "limit_count", "person_session", "revision", "alembic_version"}
)
"""Tables that a visitor's own gesture may change."""
CODES = {
    "experience.status": Status.PENDING.value,
    "experience.ressenti": "Négatif",
    "experience.posted_as": "La personne concernée",
    "experience.tags": {},
    "experience_structure.channels": [],
    "experience_facets.facets": "a=0 f=negatif",
    "figure.name": "published",
    "moderation.act": Act.REFUSE.value,
    "moderation.reason": "insult",
    "moderation_reason.kind": "correct",
    "reply.status": "published",
    "reply.rating": "",
    "answer.status": AnswerStatus.PENDING.value,
    "commitment.family": Family.CLOSER.value,
    "commitment.number": 99,
    "commitment.id": 99,
    "second_look.seen": [
        {
            "signal": "insult",
            "text": f"{CANARY} second_look.seen",
            "start": 0,
            "end": 6,
            "part": "narrative",
            "danger": None,
        }
    ],
    "person_grant.role": Role.MODERATOR.value,
    "document.stage": Stage.HANDED.value,
    "document.status": DocumentStatus.RECEIVED.value,
    "document.kind": "letter",
    "document.problems": ["jargon"],
    "document_page.stored": "",
    "document_page.shown": "",
    "document_reading.masks": [],
    "document_reading.areas": [],
    "document_reading.checked": [],
    "document_version.blocks": [],
    "document_version.sentences": [],
    "document_version.regions": [],
    "annotation.status": "private",
    "annotation.tone": "unclear",
    "annotation.reasons": ["tone"],
}
"""Columns that hold a code, which reading needs to be a real one."""
ACTORS = ("nobody", "visitor", *Role)
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """The real site on a database where every private column holds the canary."""

    served: Served
    engine: Engine
    sessions: dict[str, str]

    def cookies(self, actor: str) -> dict[str, str]:
        """The cookies of this actor's browser."""
        if actor == "nobody":
            return {}
        session = self.sessions.get(actor)
        own = {"spplus-visitor": tokens.new_token()}
        return own | ({"spplus-session": session} if session else {})

    def content(self) -> dict[str, str]:
        """A print of each table that no stranger may change."""
        with self.engine.connect() as connection:
            return {
                table.name: hashlib.sha256(
                    repr(sorted(map(repr, connection.execute(select(table))))).encode()
                ).hexdigest()
                for table in Base.metadata.sorted_tables
                if table.name not in OWN
            }


def _value(table: Table, column: Column[Any]) -> Any:
    """A value for a column: the canary wherever a text can be."""
    if (code := CODES.get(f"{table.name}.{column.name}")) is not None:
        return code
    if column.foreign_keys or isinstance(column.type, Integer | Float):
        return None if column.nullable else 1
    if isinstance(column.type, Boolean):
        return table.name not in {"experience"}
    if isinstance(column.type, Instant):
        return None if column.nullable else NOW - timedelta(minutes=5)
    if isinstance(column.type, Date):
        return None if column.nullable else NOW.date()
    if isinstance(column.type, JSON):
        return {} if table.name in PUBLIC else {"value": f"{CANARY} {table.name}.{column.name}"}
    if isinstance(column.type, Float):
        return 1.0
    if isinstance(column.type, LargeBinary):
        return f"{CANARY} {table.name}.{column.name}".encode()
    assert isinstance(column.type, String)
    text = f"{CANARY} {table.name}.{column.name}"
    return ("p" if table.name in PUBLIC else text)[: column.type.length or 200]


def _plant(engine: Engine) -> dict[str, str]:
    """Put one row in every table, then an account and a session for each role."""
    sessions: dict[str, str] = {}
    tables = Base.metadata.tables
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            row = {column.name: _value(table, column) for column in table.columns}
            if table.name == "structure":
                row |= {"path": "/1/", "parent_id": None}
            connection.execute(insert(table).values(row))
        other = dict(connection.execute(select(tables["structure"])).one()._mapping)
        connection.execute(
            insert(tables["structure"]).values(other | {"id": 2, "code": "o", "path": "/2/"})
        )
        for number, role in enumerate(Role, start=2):
            token = sessions[role.value] = tokens.new_token()
            scoped = role in {Role.AGENT, Role.MANAGER}
            person = {"id": number, "email": f"{role}@x.fr", "name": "Nom", "created_at": NOW}
            connection.execute(insert(tables["person"]).values(person))
            grant = {"person_id": number, "role": role.value, "created_at": NOW}
            grant["structure_id"] = 2 if scoped else None
            connection.execute(insert(tables["person_grant"]).values(grant))
            opened = {"person_id": number, "token_hash": tokens.hash_token(token)}
            opened |= {"created_at": NOW, "seen_at": NOW}
            connection.execute(insert(tables["person_session"]).values(opened))
    return sessions


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("real")
    shutil.copy(sqlite_template, folder / "real.sqlite3")
    url = f"sqlite:///{folder / 'real.sqlite3'}"
    engine = make_engine(url)
    sessions = _plant(engine)
    with serve(folder, url, app="spplus_app.spplus_app:app", TRUSTED_PROXIES="127.0.0.1") as served:
        yield House(served, engine, sessions)
    engine.dispose()


def _payload(name: str) -> dict[str, Any]:
    """Arguments that the handler of this event would take."""
    rule = registry.rule_of(name)
    assert rule is not None
    handler = RegistrationContext.get().event_handlers[name].handler.fn
    model: type[BaseModel] = rule.payload or registry._model_of(handler)
    return {field: _argument(info.annotation) for field, info in model.model_fields.items()}


def _argument(hint: Any) -> Any:
    if hint is int:
        return 1
    if hint is str:
        return "utile"
    if hint is bool:
        return True
    made = str(uuid.uuid4())
    fields = {"uuid": made, "experience": "1", "reply": "1", "answer": "1", "reason": "insult"}
    texts = ("title", "narrative", "text", "message", "signature", "politeness", "note")
    fields |= dict.fromkeys(texts, "Un texte assez long pour être gardé, écrit par un inconnu.")
    return {"__reflex_form_data__": [[key, value] for key, value in fields.items()]}


def _state_of(name: str) -> str:
    return name.rsplit(".", 1)[0]


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_reads_or_changes_by_an_event_what_is_not_theirs(
    house: House, actor: str
) -> None:
    before = house.content()
    moderates = actor == Role.MODERATOR
    pages = (
        *("/suivi/1", "/experiences/1-a", "/espace/reponses/1", "/espace/moderation/1"),
        *("/documents/verifier/1", "/espace/moderation/documents/1"),
    )
    for place in pages:
        for name, rule in registry.rules().items():
            if moderates and rule.who is Right.MODERATE:
                continue
            address = {"X-Forwarded-For": f"198.51.100.{ACTORS.index(actor) + 1}"}
            wire = Wire(house.served.url, cookies=house.cookies(actor), path=place, headers=address)
            async with wire:
                reply = await wire.send(name, _payload(name))
            if not moderates:
                whole = json.dumps([reply.updates, reply.state], ensure_ascii=False)
                assert CANARY not in whole, (actor, name, place)
    assert house.content() == before


async def test_who_may_read_the_planted_words_does(house: House) -> None:
    """Without this, the silence of the tests around would prove nothing."""
    name = next(name for name in registry.rules() if name.endswith("review_state.open"))
    cookies = house.cookies(Role.MODERATOR)
    async with Wire(house.served.url, cookies=cookies, path="/espace/moderation/1") as wire:
        reply = await wire.send(name)
    assert CANARY in json.dumps(reply.updates, ensure_ascii=False)


@pytest.mark.parametrize("actor", ACTORS)
async def test_an_event_that_asks_for_a_right_does_nothing_for_those_without(
    house: House, actor: str
) -> None:
    held = {right for right in Right if actor in RIGHTS[right]}
    for name, rule in registry.rules().items():
        if not isinstance(rule.who, Right) or rule.who in held:
            continue
        async with Wire(house.served.url, cookies=house.cookies(actor)) as wire:
            reply = await wire.send(name, _payload(name))
        # All that may come back is the refusal, in the words of that page.
        for update in reply.meaningful():
            assert not update["events"]
            changed = {key for state in update["delta"].values() for key in state}
            assert changed <= {"problem_rx_state_", "lapsed_rx_state_", "attempt_rx_state_"}
            assert set(update["delta"]) == {_state_of(name)}


@pytest.mark.parametrize("actor", ACTORS)
async def test_nobody_reads_or_changes_over_http_what_is_not_theirs(
    house: House, actor: str
) -> None:
    before = house.content()
    headers = {"X-Forwarded-For": "198.51.100.77", "origin": house.served.url}
    async with httpx.AsyncClient(
        base_url=house.served.url, cookies=house.cookies(actor), headers=headers, trust_env=False
    ) as browser:
        for route in (route for group in ROUTES for route in group):
            path = route.path.replace("{number:int}", "1")
            path = path.replace("{token:follow_token}", tokens.new_token())
            path = path.replace("{page:int}", "1").replace("{ident}", "1")
            path = path.replace("{one:uuid}", str(uuid.uuid4()))
            if "/moderation/" in path and actor == Role.MODERATOR:
                continue
            for method in (route.methods or set()) - {"HEAD"}:
                if path == "/auth/deconnexion" and actor in house.sessions:
                    continue  # it is theirs
                answer = await browser.request(method, path, data={"email": "a@b.fr"})
                # This site has neither worker nor build, and says so there.
                assert answer.status_code < 500 or path == "/readyz", (method, path)
                assert CANARY not in answer.text + str(answer.headers), (actor, method, path)
                public = (*sitemap.routes, *document_files.routes)
                if route not in public:  # what engines and other sites read is no one's
                    assert answer.headers["cache-control"] == "no-store", path
    assert house.content() == before


async def test_every_http_gesture_is_refused_to_other_sites(house: House) -> None:
    async with httpx.AsyncClient(base_url=house.served.url, trust_env=False) as browser:
        for route in (route for group in ROUTES for route in group):
            if "POST" in (route.methods or set()):
                for origin in ({}, {"origin": "http://exemple.fr"}, {"origin": "null"}):
                    answer = await browser.post(route.path, headers=origin)
                    assert answer.status_code == 403, route.path


async def test_the_planted_words_are_in_no_log_and_no_file_but_the_database(house: House) -> None:
    with pytest.raises(Refused):
        await Wire(house.served.url, origin="http://exemple.fr").connect()
    assert CANARY not in house.served.lines() and "Traceback" not in house.served.lines()
    for path in house.served.folder.rglob("*"):
        if path.is_file() and not path.name.startswith("real.sqlite3"):
            assert CANARY.encode() not in path.read_bytes(), path
    assert not list(house.served.folder.rglob("*.pkl"))
    assert CANARY.encode() in (house.served.folder / "real.sqlite3").read_bytes() or (
        CANARY.encode() in (house.served.folder / "real.sqlite3-wal").read_bytes()
    )


assert spplus_app.routes
