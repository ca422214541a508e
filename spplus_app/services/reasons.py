"""The reasons moderation may give: read by everyone who decides, revised by the programme team."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.errors import Invalid, NotFound
from ..domain.experiences import bounded_line, bounded_text, raise_if
from ..domain.journal import Entry
from ..domain.ledger import CODE_MAX
from ..domain.moderation import AUTHOR_TEXT_MAX, KIND_NAMES, LABEL_MAX, Reason, ReasonKind
from ..domain.roles import Right, Viewer
from ..domain.text import slug
from ..persistence import reasons
from ..persistence.tables import ModerationRow, ReasonRow
from . import clock, record

OURS = "équipe du programme"
"""The source of a reason that was added or changed here."""
POSITION_MAX = 999


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason as the programme team reads it."""

    code: str
    kind: str
    kind_name: str
    label: str
    author_text: str
    position: str
    source: str
    active: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """The reasons of one kind: pairs (code, words)."""

    name: str
    choices: list[tuple[str, str]]


def check(viewer: Viewer) -> None:
    """Raise `SignedOut` or `Refused` to anyone but the programme team."""
    viewer.must(Right.EDIT_REASONS)


def known(session: Session, code: str) -> Reason | None:
    """Return the reason with this code, even one no longer offered."""
    row = reasons.get(session, code)
    return _reason(row) if row is not None else None


def _reason(row: ReasonRow) -> Reason:
    return Reason(row.code, row.label, row.author_text, ReasonKind(row.kind), row.source)


def offered(session: Session, code: str) -> Reason:
    """Return a reason that a moderator chose; `Invalid` unless it is offered now."""
    row = reasons.get(session, code)
    if row is None or not row.active:
        raise Invalid({"reason": "Choisissez le motif que l’auteur lira."})
    return _reason(row)


def choices(session: Session) -> dict[ReasonKind, list[Reason]]:
    """Return the reasons offered now, by kind: a correction first, then the others."""
    rows = [_reason(row) for row in reasons.every(session) if row.active]
    return {kind: [one for one in rows if one.kind is kind] for kind in ReasonKind}


def groups(session: Session) -> list[GroupView]:
    """Return the reasons offered now, as a moderator chooses among them."""
    return [
        GroupView(KIND_NAMES[kind], [(one.code, one.label) for one in rows])
        for kind, rows in choices(session).items()
        if rows
    ]


def names(session: Session) -> dict[str, str]:
    """Return the label of every reason by code, those no longer offered too."""
    return {row.code: row.label for row in reasons.every(session)}


def told(session: Session, decision: ModerationRow) -> str:
    """Return what the author read that day; for an old decision, what the reason says now."""
    if decision.told:
        return decision.told
    found = known(session, decision.reason)
    return found.author_text if found else ""


def kind_of(session: Session, decision: ModerationRow) -> str:
    """Return what a decision asked that day; for an old one, what its reason asks now."""
    if decision.kind:
        return decision.kind
    found = known(session, decision.reason)
    return found.kind.value if found else ""


def every(session: Session, viewer: Viewer) -> list[ReasonView]:
    """Return every reason, those no longer offered last; to the programme team only."""
    check(viewer)
    rows = reasons.every(session)
    return [_view(row) for row in sorted(rows, key=lambda row: not row.active)]


def _view(row: ReasonRow) -> ReasonView:
    return ReasonView(
        code=row.code,
        kind=row.kind,
        kind_name=KIND_NAMES[ReasonKind(row.kind)],
        label=row.label,
        author_text=row.author_text,
        position=str(row.position + 1),
        source=row.source,
        active=row.active,
    )


def add(session: Session, viewer: Viewer, typed: dict[str, str]) -> str:
    """Offer one more reason, after the others; return its code, made once from its label.

    The same words twice add it once. Raises `Invalid`, `SignedOut` and `Refused`.
    """
    check(viewer)
    kind, label, author_text = _accepted(typed)
    for row in reasons.every(session):
        if row.label == label:
            if (row.kind, row.author_text, row.active) == (kind.value, author_text, True):
                return row.code  # pressed twice
            raise Invalid({"label": "Ce motif existe déjà. Modifiez-le, ou nommez-le autrement."})
    row = ReasonRow(
        code=_free_code(session, label),
        kind=kind.value,
        label=label,
        author_text=author_text,
        source=OURS,
        position=reasons.last_position(session) + 1,
        active=True,
        updated_at=clock.now(),
    )
    session.add(row)
    session.flush()
    _noted(session, viewer, row, {})
    return row.code


def _free_code(session: Session, label: str) -> str:
    whole = slug(label, CODE_MAX).replace("-", "_").strip("_") or "motif"
    code, number = whole, 1
    while reasons.get(session, code) is not None:
        number += 1
        code = f"{whole[: CODE_MAX - len(f'_{number}')]}_{number}"
    return code


def edit(session: Session, viewer: Viewer, code: str, typed: dict[str, str]) -> None:
    """Change what a reason asks, its words or its place; its code never changes.

    What authors were told before stays as they read it.
    """
    row = _held(session, viewer, code)
    before = _facts(row)
    errors: dict[str, str] = {}
    position = _position(errors, typed.get("position", ""), row.position)
    kind, label, author_text = _accepted(typed, errors)
    if any(one.label == label and one.code != code for one in reasons.every(session)):
        raise Invalid({"label": "Un autre motif porte déjà ce nom."})
    row.kind, row.label, row.author_text = kind.value, label, author_text
    row.position = position
    if _facts(row) == before:
        return
    row.source, row.updated_at = OURS, clock.now()
    session.flush()
    _noted(session, viewer, row, before)


def offer(session: Session, viewer: Viewer, code: str, *, active: bool) -> None:
    """Withdraw a reason, which is kept and no longer offered, or offer it again."""
    row = _held(session, viewer, code)
    if row.active == active:
        return
    if not active and sum(one.active for one in reasons.every(session)) == 1:
        raise Invalid(
            {"form": "Gardez au moins un motif : sans lui, plus rien ne peut être refusé."}
        )
    before = _facts(row)
    row.active, row.updated_at = active, clock.now()
    _noted(session, viewer, row, before)


def _held(session: Session, viewer: Viewer, code: str) -> ReasonRow:
    check(viewer)
    row = reasons.locked(session, code)
    if row is None:
        raise NotFound("Ce motif n’existe pas.")
    return row


def _accepted(
    typed: dict[str, str], errors: dict[str, str] | None = None
) -> tuple[ReasonKind, str, str]:
    errors = {} if errors is None else errors
    label = bounded_line(errors, "label", typed.get("label", ""), LABEL_MAX)
    author_text = bounded_text(errors, "author_text", typed.get("author_text", ""), AUTHOR_TEXT_MAX)
    if not label and "label" not in errors:
        errors["label"] = "Nommez ce motif : les modérateurs le choisiront par ce nom."
    if not author_text and "author_text" not in errors:
        errors["author_text"] = "Écrivez ce que l’auteur lira, et ce qu’il peut faire."
    kind = typed.get("kind", "")
    if kind not in set(ReasonKind):
        errors["kind"] = "Choisissez ce que ce motif demande à l’auteur."
    raise_if(errors)
    return ReasonKind(kind), label, author_text


def _position(errors: dict[str, str], value: str, before: int) -> int:
    if not value.strip():
        return before
    if not (value.strip().isascii() and value.strip().isdigit()):
        errors["position"] = "Écrivez un nombre, comme 3."
        return before
    return min(max(int(value.strip()[:6]), 1), POSITION_MAX) - 1


def _facts(row: ReasonRow) -> dict[str, str | int | bool]:
    return {
        "kind": row.kind,
        "label": row.label,
        "author_text": row.author_text,
        "position": row.position,
        "active": row.active,
    }


def _noted(
    session: Session, viewer: Viewer, row: ReasonRow, before: dict[str, str | int | bool]
) -> None:
    record.journal_entry(
        session,
        viewer,
        Entry.REASON_CHANGED,
        ("reason", row.code),
        before=before,
        after=_facts(row),
    )
    record.changed(session, record.MODERATION)


def kept(given: Reason | None) -> dict[str, str]:
    """Return what a decision keeps of its reason, as it reads today."""
    if given is None:
        return {}
    return {"reason": given.code, "kind": given.kind.value, "told": given.author_text}
