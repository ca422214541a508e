"""Which pages are painted, and by what: a public page that is not named here has its head painted.

A private page is never painted, unless it holds nothing of anyone (the sign-in pages), or is whole
without a script, for its reader alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...components import words
from . import (
    account,
    charter,
    document_checks,
    document_list,
    document_sent,
    documents,
    experiences,
    followed,
    pieces,
    plain_form,
    programme,
    reading,
    register,
    reporting,
    rights,
)
from .paint import Ask, Paint, Painter

PAINTERS: dict[str, Painter] = {
    "/": experiences.home,
    "/programme": programme.programme,
    "/moderation": charter.charter,
    "/documents": document_list.listed,
    "/experiences": experiences.listed,
    "/experiences/[ident]": experiences.one,
    "/documents/[ident]": reading.one,
    "/donnees-personnelles": register.privacy,
}
"""The public pages that show what the database holds."""

OWN: dict[str, Painter] = {
    "/connexion": account.problem,
    "/mot-de-passe-oublie": account.problem,
    "/nouveau-mot-de-passe": account.problem,
    plain_form.PAGE: plain_form.form,
    "/signaler/[ident]": reporting.form,
    words.DATA_PAGE: rights.data,
    "/suivi/[ident]": followed.followed,
    f"{document_checks.PAGE}/[ident]": document_checks.painted,
    documents.PAGE: documents.form,
    "/documents/suivi/[ident]": document_sent.sent,
}
"""Private pages that are read without a script; none holds anything of anyone else."""


def plain(_session: Session, ask: Ask) -> Paint:
    """A page whose content is in its built file already."""
    return Paint(canonical=ask.path)


NOT_FOUND = Paint(
    status=404,
    title="Page introuvable",
    description=words.NO_PAGE[1],
    body=pieces.absent(*words.NO_PAGE),
    here="Page introuvable",
    robots="noindex",
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The painted pages of this site, found by the path that is asked for."""

    fixed: Mapping[str, Painter]
    shapes: Sequence[tuple[re.Pattern[str], str, Painter]]

    @classmethod
    def of(cls, public: Sequence[str]) -> Pages:
        """The pages of the table that are public, and the private ones that have a painter."""
        painters = {path: PAINTERS.get(path, plain) for path in public} | OWN
        fixed = {path: painter for path, painter in painters.items() if "[" not in path}
        shapes = [
            (re.compile(re.sub(r"\[\w+\]", "[^/]+", path)), path, painter)
            for path, painter in painters.items()
            if "[" in path
        ]
        return cls(fixed, shapes)

    def find(self, path: str) -> tuple[str, Painter] | None:
        """The path of the table that this one is, and its painter."""
        if (painter := self.fixed.get(path)) is not None:
            return path, painter
        return next(
            ((name, painter) for shape, name, painter in self.shapes if shape.fullmatch(path)), None
        )
