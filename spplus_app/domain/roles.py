"""Who may do what: one table, right × role, and grants that hold below a structure in the tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .errors import Refused, SignedOut


class Role(StrEnum):
    """What a person is trusted with."""

    AGENT = "agent"
    MANAGER = "manager"
    MODERATOR = "moderator"
    PROGRAMME = "programme"


ROLE_NAMES: dict[Role, str] = {
    Role.AGENT: "Agent",
    Role.MANAGER: "Responsable de structure",
    Role.MODERATOR: "Modération",
    Role.PROGRAMME: "Équipe du programme",
}

SCOPED_ROLES = frozenset({Role.AGENT, Role.MANAGER})
"""Roles granted on a structure; the others hold for the whole site."""


class Right(StrEnum):
    """A gesture that needs an account."""

    MODERATE = "moderate"
    READ_INBOX = "read_inbox"
    REPLY = "reply"
    ANNOUNCE_DELAY = "announce_delay"
    READ_JOURNAL = "read_journal"
    EDIT_REASONS = "edit_reasons"
    HANDLE_DOCUMENTS = "handle_documents"


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.MODERATE: frozenset({Role.MODERATOR}),
    Right.READ_INBOX: frozenset({Role.AGENT, Role.MANAGER, Role.PROGRAMME}),
    Right.REPLY: frozenset({Role.AGENT, Role.MANAGER}),
    Right.ANNOUNCE_DELAY: frozenset({Role.MANAGER}),
    Right.READ_JOURNAL: frozenset({Role.PROGRAMME}),
    Right.EDIT_REASONS: frozenset({Role.PROGRAMME}),
    Right.HANDLE_DOCUMENTS: frozenset({Role.AGENT, Role.MANAGER}),
}
"""The one table of rights. A test reads it whole: a new right or role is tested by being here."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, on a structure (its ``path`` in the tree) or, with ``path`` empty, on the site."""

    role: Role
    structure_id: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who acts: a visitor without account, a signed-in person, or both at once.

    ``block`` is the day's hash of the network they come by: for limits, and kept nowhere as such.
    """

    visitor: str = ""
    person_id: int | None = None
    person_name: str = ""
    session_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())
    block: str = field(default="", repr=False)

    @property
    def signed_in(self) -> bool:
        """Whether a person is signed in."""
        return self.person_id is not None

    def may(self, right: Right, path: str = "") -> bool:
        """Whether this viewer holds ``right``, on the structure at ``path`` where one is given."""
        return may(self.grants, right, path)

    def must(self, right: Right, path: str = "") -> int:
        """Return who acts, by the number of the person.

        Raises `SignedOut`, or `Refused` to who does not hold ``right``.
        """
        if self.person_id is None:
            raise SignedOut
        if not self.may(right, path):
            raise Refused
        return self.person_id

    def roots(self, right: Right) -> tuple[str, ...] | None:
        """Paths under which ``right`` holds; ``None`` when it holds everywhere."""
        granted = [grant for grant in self.grants if grant.role in RIGHTS[right]]
        if any(grant.role not in SCOPED_ROLES for grant in granted):
            return None
        return tuple(sorted({grant.path for grant in granted if grant.path}))


NOBODY = Viewer()
"""A reader with no cookie at all."""


def may(grants: Iterable[Grant], right: Right, path: str = "") -> bool:
    """Whether ``grants`` hold ``right`` on the structure at ``path``.

    A path is the chain of structure ids from the root, like ``/12/340/``; a grant holds on its
    structure and on all below. Without ``path`` the question is whether the right is held at all.
    """
    for grant in grants:
        if grant.role not in RIGHTS[right]:
            continue
        if grant.role not in SCOPED_ROLES:
            return True
        if grant.path and (not path or path.startswith(grant.path)):
            return True
    return False
