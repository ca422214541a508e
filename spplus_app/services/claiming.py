"""What a moderator opened is given to nobody else for a while: the same for each kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.claims import CLAIM_FOR, ClaimKind, first_name
from ..domain.errors import Conflict
from ..domain.roles import Right, Viewer
from ..persistence import claims
from . import clock, record


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims on one kind of thing; ``named`` is what a sentence calls one of them."""

    kind: ClaimKind
    named: str
    next_free: Callable[[Session, str, datetime], int | None]

    def take(self, session: Session, viewer: Viewer, number: int) -> bool:
        """Claim one, or keep it for longer; ``False`` when another moderator holds it."""
        person, now = viewer.must(Right.MODERATE), clock.now()
        return claims.take(session, self.kind, number, person, now, now + CLAIM_FOR)

    def hold(self, session: Session, viewer: Viewer, number: int) -> str:
        """Claim one that is opened; return who holds it meanwhile, empty when it is the viewer."""
        before = self.holders(session, viewer, [number])
        if self.take(session, viewer, number):
            if number not in before:
                record.changed(session, record.MODERATION)
            return ""
        return self.holders(session, viewer, [number]).get(number, "un autre modérateur")

    def renew(self, session: Session, viewer: Viewer, number: int) -> None:
        """Keep one while deciding about it; `Conflict` when another moderator holds it."""
        if self.take(session, viewer, number):
            return
        who = self.holders(session, viewer, [number]).get(number, "Un autre modérateur")
        raise Conflict(
            f"{who} lit {self.named} en ce moment\u00a0: "
            "laissez-lui la décision, ou revenez plus tard."
        )

    def next_one(self, session: Session, viewer: Viewer) -> int | None:
        """Claim the first of those that wait and that nobody holds; ``None`` when there is none.

        No two moderators are ever given the same.
        """
        viewer.must(Right.MODERATE)
        while (found := self.next_free(session, self.kind, clock.now())) is not None:
            if self.take(session, viewer, found):
                record.changed(session, record.MODERATION)
                return found
        return None

    def release(self, session: Session, viewer: Viewer, number: int) -> None:
        """Give back one that will not be decided about; what another holds stays theirs."""
        if claims.release(session, self.kind, number, viewer.must(Right.MODERATE)):
            record.changed(session, record.MODERATION)

    def decided(self, session: Session, number: int) -> None:
        """Free one that has been decided; no right is decided here."""
        claims.release(session, self.kind, number)

    def holders(self, session: Session, viewer: Viewer, numbers: Collection[int]) -> dict[int, str]:
        """Return the first name of who holds each of these, but the viewer."""
        found = claims.holders(session, self.kind, numbers, clock.now())
        return {
            number: first_name(name)
            for number, (person, name) in found.items()
            if person != viewer.person_id
        }
