"""The scene of the attacks: experiences in every state, each private text with a word of its own.

Everything is written through the services, on the database of a running site.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.moderation import REASONS
from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence import links
from spplus_app.persistence.tables import (
    AnswerRow,
    ContactRow,
    GrantRow,
    PersonRow,
    StructureRow,
)
from spplus_app.services import answers_back, clock, moderation, replies, tokens
from tests import factories

NARRATIVE = "Le guichet était fermé, personne ne l’avait écrit. Marque : "


@dataclass(frozen=True)
class Target:
    """An experience of the scene; ``author`` is the secret of the browser that sent it."""

    id: int
    uuid: str
    author: str
    words: tuple[str, ...]
    """What in it is private: its mark while it is not published, the address always."""


@dataclass
class Scene:
    """What stands in the database: ids, codes, and the private words."""

    targets: dict[str, Target] = field(default_factory=dict)
    places: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """The id, path and code of a structure."""
    people: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    reply: int = 0
    answer: int = 0


def word() -> str:
    """A word that stands nowhere else."""
    return f"canari{uuid4().hex[:16]}"


def write(session: Session) -> Scene:
    """Set the scene."""
    tree = factories.tree(session)
    scene = Scene()
    for name in ("branch", "office", "stranger"):
        row = getattr(tree, name)
        scene.places[name] = (row.id, row.path, row.code)
    scene.words = {name: word() for name in ("message", "reply draft", "answer", "draft")}
    _people(session, scene, tree)
    for state in ("pending", "refused", "published", "replied", "elsewhere"):
        scene.targets[state] = fresh(session, scene, state)
    _replied(session, scene)
    writer = Viewer(visitor=tokens.hash_token(tokens.new_token()))
    mail = f"{scene.words['draft']}@draft.example"
    factories.draft(session, writer, tree.office, email=mail, narrative=NARRATIVE + mail)
    return scene


def _people(session: Session, scene: Scene, tree: factories.Tree) -> None:
    held = {
        "agent": (Role.AGENT, tree.office),
        "agent elsewhere": (Role.AGENT, tree.stranger),
        "manager above": (Role.MANAGER, tree.branch),
        "moderator": (Role.MODERATOR, None),
        "programme": (Role.PROGRAMME, None),
        "closed": (Role.MODERATOR, None),
    }
    for name, (role, where) in held.items():
        scene.people[name] = _account(session, scene, name, role, where)


def _account(
    session: Session, scene: Scene, name: str, role: Role, where: StructureRow | None
) -> int:
    now = clock.now()
    scene.words[f"hash of {name}"] = word()
    scene.words[f"address of {name}"] = f"{word()}@agents.example"
    row = PersonRow(
        email=scene.words[f"address of {name}"],
        name=f"Dominique {name}",
        password_hash=scene.words[f"hash of {name}"],
        active=name != "closed",
        created_at=now,
    )
    session.add(row)
    session.flush()
    place = where.id if where else None
    session.add(GrantRow(person_id=row.id, role=role.value, structure_id=place, created_at=now))
    session.flush()
    return row.id


def fresh(session: Session, scene: Scene, state: str) -> Target:
    """Make one more experience in this state: pending, refused, published, or of elsewhere."""
    judge = factories.moderator(session)
    where = session.get(
        StructureRow, scene.places["stranger" if state == "elsewhere" else "office"][0]
    )
    assert where is not None
    target = _sent(session, where, public=state not in {"pending", "refused"})
    if state == "refused":
        moderation.refuse(session, judge, target.id, 1, REASONS[0].code, scene.words["message"])
    elif state != "pending":
        moderation.publish(session, judge, target.id, 1)
    return target


def _sent(session: Session, where: StructureRow, *, public: bool) -> Target:
    author, mark, mail = tokens.new_token(), word(), f"{word()}@authors.example"
    viewer = Viewer(visitor=tokens.hash_token(author))
    story = {"title": f"Guichet fermé {mark}", "narrative": NARRATIVE + mark}
    row = factories.sent(session, viewer, where, email=mail, **story)
    contact = session.get(ContactRow, row.id)
    item = links.binding(session, viewer.visitor, row.id)
    assert contact is not None and item is not None
    contact.confirmed_at, item.by_mail = clock.now(), True
    session.flush()
    return Target(row.id, row.uuid, author, (mail,) if public else (mark, mail))


def _replied(session: Session, scene: Scene) -> None:
    """A reply with the author's pending word back, and the draft of another reply."""
    target = scene.targets["replied"]
    scene.reply = reply(session, scene, target)
    scene.answer = answer(session, scene, target, scene.reply)
    kept = {**factories.REPLY, "text": scene.words["reply draft"]}
    number = scene.targets["published"].id
    replies.save_draft(session, agent(scene), number, str(uuid4()), kept)


def agent(scene: Scene) -> Viewer:
    """The agent of the office."""
    office, path, _ = scene.places["office"]
    grants = (Grant(Role.AGENT, office, path),)
    return Viewer(person_id=scene.people["agent"], grants=grants, session_id=1)


def reply(session: Session, scene: Scene, target: Target) -> int:
    """Have the agent reply to a published target; return the reply's id."""
    typed = {**factories.REPLY, "structure": scene.places["office"][2]}
    return replies.send(session, agent(scene), target.id, str(uuid4()), typed)


def answer(session: Session, scene: Scene, target: Target, reply_id: int) -> int:
    """Have the author answer back, which waits for moderation; return the answer's id."""
    author = Viewer(visitor=tokens.hash_token(target.author))
    text = f"Merci pour votre réponse, {scene.words['answer']}."
    answers_back.answer_back(session, author, reply_id, str(uuid4()), text)
    newest = select(AnswerRow.id).order_by(AnswerRow.id.desc()).limit(1)
    return session.scalars(newest).one()
