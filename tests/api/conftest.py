"""The house as HTTP sees it: in this process for answers, behind the real server for sockets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spplus_app.domain.roles import Grant, Role
from spplus_app.persistence.engine import engine as house_engine
from spplus_app.persistence.engine import make_engine, unit_of_work
from spplus_app.persistence.tables import NetworkRow, StructureRow, TypologyRow
from spplus_app.services import clock, identity, tokens
from spplus_app.settings import settings
from tests.api.serving import Served, serve

PASSWORD = "un petit vélo dans la cour"


@pytest.fixture
def house(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[pytest.MonkeyPatch]:
    """The settings and the engine of this process, on an empty database of each kind."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:3000")
    settings.cache_clear()
    house_engine.cache_clear()
    yield monkeypatch
    house_engine().dispose()
    settings.cache_clear()
    house_engine.cache_clear()


@dataclass(frozen=True)
class Wired:
    """The small site, and a session cookie for each role."""

    served: Served
    database_url: str
    sessions: dict[str, str]

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.served.url

    def cookies(self, role: str, *, visitor: bool = True) -> dict[str, str]:
        """The cookies of a browser signed in with this role; ``""`` for nobody."""
        found = {"spplus-visitor": tokens.new_token()} if visitor else {}
        return found | ({"spplus-session": self.sessions[role]} if role else {})


def email_of(role: str) -> str:
    """The address of the account of a role."""
    return f"{role}@exemple.fr"


@pytest.fixture(scope="session")
def wired(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Wired]:
    """A small application behind the real outer layer, gate and server, with real sessions."""
    folder = tmp_path_factory.mktemp("site")
    database = folder / "site.sqlite3"
    shutil.copy(sqlite_template, database)
    url = f"sqlite:///{database}"
    engine = make_engine(url)
    with unit_of_work(engine) as session:
        network = NetworkRow(name="Mairies")
        session.add(network)
        session.flush()
        typology = TypologyRow(code="mairie", network_id=network.id, name="Mairie")
        session.add(typology)
        session.flush()
        row = StructureRow(
            code="m",
            network_id=network.id,
            typology_id=typology.id,
            name="Mairie",
            path="/1/",
            updated_at=clock.now(),
        )
        session.add(row)
        session.flush()
        made: dict[str, str] = {}
        for role in Role:
            scoped = role in {Role.AGENT, Role.MANAGER}
            held = [Grant(role, row.id if scoped else None)]
            identity.add_person(session, None, email_of(role), f"Nom {role}", PASSWORD, held)
            done = identity.sign_in(session, email_of(role), PASSWORD, "")
            assert isinstance(done, identity.SignedIn)
            made[role.value] = done.token
    engine.dispose()
    with serve(folder, url, TRUSTED_PROXIES="127.0.0.1") as served:
        yield Wired(served, url, made)
