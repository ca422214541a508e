"""Checking that what is kept agrees with what it is kept from, and building it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.replies import delay_from
from ..domain.roles import SCOPED_ROLES
from ..persistence import integrity, structures
from ..persistence.integrity import Counts, Opened
from . import experience_index, record
from .documents import index as document_index

_EXAMPLES = 5

Progress = Callable[[str, int, int], None]
"""Told at each step: its name, how far it is, how far it goes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how many things are wrong, a few of them in words, whether all were repaired."""

    title: str
    wrong: int
    examples: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def words(self) -> str:
        """The result in one line."""
        if not self.wrong:
            return f"{self.title} : rien à signaler"
        return f"{self.title} : {self.wrong} écart{'s' if self.wrong > 1 else ''}"


Check = Callable[[Session, bool], Finding]


def check(
    session: Session, *, repair: bool = False, progress: Progress | None = None
) -> list[Finding]:
    """Run every check; with ``repair``, build again what can be: counts, paths, inboxes.

    A broken file, orphans, lost versions and grants are told, never guessed.
    """
    findings = []
    for done, one in enumerate(CHECKS):
        if progress is not None:
            progress("Vérification", done, len(CHECKS))
        findings.append(one(session, repair))
    if progress is not None:
        progress("Vérification", len(CHECKS), len(CHECKS))
    if any(finding.repaired for finding in findings):
        record.changed(session, record.STRUCTURES, record.EXPERIENCES)
    return findings


def _finding(title: str, wrong: Sequence[str], repaired: bool = False) -> Finding:
    return Finding(title, len(wrong), tuple(wrong[:_EXAMPLES]), repaired and bool(wrong))


def _file(session: Session, _repair: bool) -> Finding:
    return _finding("Fichier de la base", integrity.database_faults(session))


def _orphans(session: Session, _repair: bool) -> Finding:
    return _finding("Lignes orphelines", integrity.orphans(session))


def _tree(session: Session, repair: bool) -> Finding:
    """Compare each path with the chain of parents; a loop is told and left."""
    rows = structures.stored(session, ("id", "parent_id", "path"))
    above = {row["id"]: row["parent_id"] for row in rows.values()}
    codes = {row["id"]: code for code, row in rows.items()}
    wrong: dict[int, str] = {}
    loops: list[str] = []
    for row in rows.values():
        path = _path(row["id"], above)
        if path is None:
            loops.append(f"{codes[row['id']]} : boucle")
        elif path != row["path"]:
            wrong[row["id"]] = path
    if repair:
        changes = [{"id": row_id, "path": path} for row_id, path in wrong.items()]
        structures.change_many(session, changes)
    told = loops + [f"{codes[row_id]} : chemin faux" for row_id in wrong]
    return _finding("Arbre des structures", told, repair and not loops)


def _path(row_id: int, above: dict[int, int | None]) -> str | None:
    """Return the path of a structure from its parents, ``None`` when they form a loop."""
    ids: list[int] = []
    seen: set[int] = set()
    current: int | None = row_id
    while current is not None:
        if current in seen:
            return None
        seen.add(current)
        ids.append(current)
        current = above.get(current)
    return "/" + "".join(f"{one}/" for one in reversed(ids))


def _counts(session: Session, repair: bool) -> Finding:
    kept, true = integrity.kept_counts(session), integrity.true_counts(session)
    zero = Counts(0, 0)
    differing = sorted(
        key for key in kept.keys() | true.keys() if kept.get(key, zero) != true.get(key, zero)
    )
    told = []
    for key in differing:
        had, has = kept.get(key, zero), true.get(key, zero)
        told.append(
            f"structure {key} : {had.published} publiées et {had.replied} répondues tenues, "
            f"{has.published} et {has.replied} en réalité"
        )
    if repair and differing:
        integrity.write_counts(session, true)
    return _finding("Comptes par structure", told, repair)


def _replies(session: Session, repair: bool) -> Finding:
    wrong = integrity.wrong_replies(session)
    if repair:
        integrity.write_replies(session, wrong)
    told = [
        f"expérience {key} : {had} tenues, {has} en réalité" for key, (had, has) in wrong.items()
    ]
    return _finding("Nombre de réponses", told, repair)


def _versions(session: Session, _repair: bool) -> Finding:
    wrong = integrity.wrong_versions(session)
    return _finding("Versions des textes", [f"expérience {key}" for key in wrong])


def _inboxes(session: Session, repair: bool) -> Finding:
    """Compare what is in each inbox, and when it is late, with experiences and delays."""
    delays = integrity.announced(session)
    told = []
    for row in integrity.opened(session):
        published = row.experience_published_at if row.status == "published" else None
        due = None
        if published is not None:
            chain = [delays.get(one) for one in reversed(structures.ids_of(row.path))]
            due = published + timedelta(days=delay_from(chain).days)
            if row.replied_at is not None and row.due_at is not None:
                # Once replied to, the moment it would have been late stays as it was.
                due = row.due_at
        if (row.published_at, row.due_at) != (published, due):
            told.append(_told(row))
            if repair:
                integrity.write_opened(session, row, published, due)
    return _finding("Boîtes des structures", told, repair)


def _told(row: Opened) -> str:
    return f"expérience {row.experience_id}, structure {row.structure_id}"


def _index(session: Session, repair: bool) -> Finding:
    """Compare the search index with what each published experience would put in it."""
    wrong = [f"expérience {key}" for key in experience_index.differing(session)]
    wrong += experience_index.faults(session)
    others = [f"document {key}" for key in document_index.differing(session)]
    others += document_index.faults(session)
    if repair and wrong:
        experience_index.rebuild(session)
    if repair and others:
        document_index.rebuild(session)
    wrong += others
    return _finding("Index de recherche", wrong, repair)


def _grants(session: Session, _repair: bool) -> Finding:
    scoped = frozenset(role.value for role in SCOPED_ROLES)
    wrong = integrity.lost_grants(session, scoped)
    return _finding("Habilitations", [f"habilitation {key}" for key in wrong])


CHECKS: tuple[Check, ...] = (
    _file,
    _orphans,
    _tree,
    _counts,
    _replies,
    _versions,
    _inboxes,
    _index,
    _grants,
)
"""Every check, the tree before what is read along it."""
