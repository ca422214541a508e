"""Who attacks, what must not reach them, and what must be the same after them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence import links, people
from spplus_app.persistence.tables import Base, JobRow
from spplus_app.services import clock, identity, tokens
from spplus_app.states.identity import PrivateHeader
from tests.api.wire import Wire
from tests.e2e import scene
from tests.e2e.scene import Scene
from tests.e2e.site import Site, until

VISITOR, SESSION = "spplus-visitor", "spplus-session"
_VOLATILE = {("person_session", "seen_at"), ("heartbeat", "at")}
"""What moves by itself: a session in use is seen, the worker lives."""
_OWNED = {"draft": "owner", "visitor_item": "visitor"}
"""Tables whose rows belong to a browser: what it does to its own is its business."""


@dataclass(frozen=True)
class Browser:
    """What one browser sends with everything: cookies, and headers that it should not send."""

    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = field(default_factory=lambda: str(uuid4()))

    @property
    def visitor(self) -> str:
        """The hash that its own drafts belong to; empty without a cookie."""
        secret = self.cookies.get(VISITOR, "")
        return tokens.hash_token(secret) if secret else ""

    def wire(self, site: Site, path: str = "/") -> Wire:
        """A socket of this browser, on the page at ``path``."""
        return Wire(
            site.url, cookies=self.cookies, headers=self.headers, token=self.token, path=path
        )

    def http(self) -> dict[str, str]:
        """The headers of its requests."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**self.headers, **({"Cookie": cookie} if cookie else {})}


@dataclass(frozen=True)
class Kind:
    """A kind of viewer: how its browsers are made, its grants, the targets that are its own."""

    name: str
    make: Callable[[Session], Browser]
    viewer: Viewer = field(default_factory=Viewer)
    own: frozenset[str] = frozenset()


@dataclass
class Stage:
    """A running site with its scene set."""

    site: Site
    scene: Scene

    def kinds(self) -> dict[str, Kind]:
        """Every kind of viewer there is, by name."""
        kinds = [*self._without_account(), *self._with_account(), *self._with_false_papers()]
        return {kind.name: kind for kind in kinds}

    def _without_account(self) -> list[Kind]:
        return [
            Kind("nobody", lambda _session: Browser()),
            Kind("visitor", lambda _session: Browser(_visitor())),
            Kind("author of another", self._author("refused"), own=frozenset({"refused"})),
        ]

    def _with_account(self) -> list[Kind]:
        office, stranger = frozenset({"published", "replied"}), frozenset({"elsewhere"})
        return [
            Kind("agent elsewhere", self.signed("agent elsewhere"),
                 self._granted(Role.AGENT, "stranger"), stranger),
            Kind("agent", self.signed("agent"), self._granted(Role.AGENT, "office"), office),
            Kind("manager above", self.signed("manager above"),
                 self._granted(Role.MANAGER, "branch"), office),
            Kind("moderator", self.signed("moderator"), self._granted(Role.MODERATOR)),
            Kind("programme", self.signed("programme"), self._granted(Role.PROGRAMME)),
        ]  # fmt: skip

    def _with_false_papers(self) -> list[Kind]:
        idle, life = identity.IDLE + timedelta(seconds=1), identity.LIFE + timedelta(seconds=1)
        return [
            Kind("revoked session", self.signed("moderator", revoked=True)),
            Kind("idle session", self.signed("moderator", seen_ago=idle)),
            Kind("session too old", self.signed("moderator", made_ago=life)),
            Kind("closed account", self.signed("closed")),
            Kind("forged cookies", self._forged),
            Kind("forged header", self._header),
        ]

    def _granted(self, role: Role, where: str = "") -> Viewer:
        structure_id, path, _ = self.scene.places[where] if where else (None, "", "")
        return Viewer(person_id=1, grants=(Grant(role, structure_id, path),))

    def _author(self, name: str) -> Callable[[Session], Browser]:
        def make(session: Session) -> Browser:
            browser = Browser(_visitor())
            number = self.scene.targets[name].id
            links.bind(session, browser.visitor, number, by_mail=True, now=clock.now())
            return browser

        return make

    def signed(
        self,
        name: str,
        *,
        revoked: bool = False,
        seen_ago: timedelta = timedelta(0),
        made_ago: timedelta = timedelta(0),
    ) -> Callable[[Session], Browser]:
        """How to make a browser signed in as somebody of the scene, or so it says."""

        def make(session: Session) -> Browser:
            secret, now = tokens.new_token(), clock.now()
            row = people.open_session(
                session,
                person_id=self.scene.people[name],
                token_hash=tokens.hash_token(secret),
                now=now,
            )
            row.created_at, row.seen_at = now - made_ago, now - seen_ago
            row.revoked_at = now if revoked else None
            return Browser({**_visitor(), SESSION: secret})

        return make

    def _stolen(self, session: Session) -> tuple[str, str]:
        """The hashes that a thief of the database would read there."""
        real = self.signed("moderator")(session)
        author = self.scene.targets["refused"].author
        return tokens.hash_token(real.cookies[SESSION]), tokens.hash_token(author)

    def _forged(self, session: Session) -> Browser:
        session_hash, visitor_hash = self._stolen(session)
        return Browser({SESSION: session_hash[:43], VISITOR: visitor_hash[:43]})

    def _header(self, session: Session) -> Browser:
        header = PrivateHeader(*self._stolen(session), "").format()
        return Browser({}, {"Authorization": header, "X-Forwarded-For": "127.0.0.1"})

    def browsers(self, kind: Kind, count: int) -> list[Browser]:
        """Make several browsers of a kind, in one transaction."""
        return self.site.act(lambda session: [kind.make(session) for _ in range(count)])

    def after(self, kind: Kind) -> list[str]:
        """The names of the targets that are not this kind's business."""
        return [name for name in self.scene.targets if name not in kind.own]

    # What is private

    def forbidden_to(self, kind: Kind) -> set[str]:
        """The words that must never reach this kind of viewer."""
        targets = self.scene.targets.values()
        words = {word for target in targets for word in target.words}
        words |= set(self.scene.words.values())
        if kind.name == "moderator":  # reads every text; never an address, a draft or a hash
            words -= {word for target in targets for word in target.words if "@" not in word}
            words -= {self.scene.words["message"], self.scene.words["answer"]}
        if kind.name == "author of another":
            words -= {self.scene.words["message"], self.scene.targets["refused"].words[0]}
        if kind.name == "agent":
            words -= {self.scene.words["reply draft"]}
        return words

    def leaks(self, kind: Kind, text: str) -> list[str]:
        """The forbidden words that stand in ``text``."""
        return sorted(word for word in self.forbidden_to(kind) if word in text)

    # What must not move

    def rows(self, browsers: Iterable[Browser] = ()) -> dict[str, set[str]]:
        """Every row of every table, but those that belong to ``browsers``."""
        own = {browser.visitor for browser in browsers} - {""}
        found: dict[str, set[str]] = {}

        def read(session: Session) -> None:
            for table in Base.metadata.sorted_tables:
                columns = [c for c in table.columns if (table.name, c.name) not in _VOLATILE]
                owner = _OWNED.get(table.name, "")
                rows = session.execute(select(*columns)).mappings()
                found[table.name] = {repr(dict(row)) for row in rows if row.get(owner) not in own}

        self.site.act(read)
        return found

    def settled(self) -> None:
        """Wait until the worker has nothing left to do."""

        def left(session: Session) -> int:
            # Neither waiting nor in hand: a job that is claimed is due to nobody else.
            open_ones = JobRow.done_at.is_(None) & (JobRow.run_at <= clock.now())
            return int(session.scalar(select(func.count()).where(open_ones)) or 0)

        until(lambda: self.site.act(left) == 0, 30, "a worker without work")


def difference(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    """What changed between two readings of the database, in words."""
    return [
        f"{sign} {table}: {row[:400]}"
        for table in before
        for sign, rows in (("-", before[table] - after[table]), ("+", after[table] - before[table]))
        for row in sorted(rows)
    ]


def _visitor() -> dict[str, str]:
    return {VISITOR: tokens.new_token()}


def set_stage(site: Site) -> Stage:
    """Write the scene in the site's database, and let the worker do what follows from it."""
    stage = Stage(site, site.act(scene.write))
    stage.settled()
    return stage
