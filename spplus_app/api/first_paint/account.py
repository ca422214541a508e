"""The first paint of the sign-in pages: what became of the form that was sent, without a script."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...states.account import PROBLEMS
from . import pieces
from .paint import Ask, Paint


def problem(_session: Session, ask: Ask) -> Paint:
    """Say what went wrong, or that the mail is on its way."""
    wrong = PROBLEMS.get(ask.query.get("erreur", ""), "")
    sent = ask.path == "/mot-de-passe-oublie" and ask.query.get("envoye") == "oui"
    return Paint(
        body=h.fragment[
            pieces.alert("error", wrong, role="alert") if wrong else None,
            pieces.said(words.RESET_SENT) if sent else None,
        ]
    )
