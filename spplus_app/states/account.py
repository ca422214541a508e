"""What the sign-in page shows: where one was going, and the accounts of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from ..domain.roles import ROLE_NAMES, Role
from ..services import demonstration
from .base import look
from .registry import Who, event

PROBLEMS = {
    "identifiants": "Cette adresse ou ce mot de passe ne convient pas. Vérifiez les deux.",
    "attente": "Trop d’essais. Attendez une minute, puis recommencez.",
    "mot-de-passe": "Ce mot de passe ne convient pas. Choisissez une petite phrase bien à vous.",
    "lien": "Ce lien n’est plus valable. Demandez-en un autre.",
    "formulaire": "Ce formulaire est incomplet. Remplissez-le à nouveau.",
}


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account of the demonstration."""

    role: str
    email: str


def internal(path: str) -> str:
    """Return ``path`` when it is one of this site, empty otherwise."""
    odd = "\\" in path or path.startswith("//") or any(ord(char) < 33 for char in path)
    return path if path.startswith("/") and not odd and len(path) < 500 else ""


class AccountState(rx.State):
    """The sign-in pages; nothing typed there passes through the state."""

    following: str = ""
    problem: str = ""
    sent: bool = False
    loaded: bool = False
    accounts: list[AccountView] = []  # noqa: RUF012
    password: str = ""

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show where the person was going, what went wrong, and the demonstration's accounts."""
        query = self.router.url.query_parameters
        self.following = internal(str(query.get("suite", "")))
        self.sent = query.get("envoye") == "oui"
        self.problem = PROBLEMS.get(str(query.get("erreur", "")), "")
        found = await look(self, lambda s, _v: demonstration.accounts(s))
        self.accounts = [AccountView(ROLE_NAMES[Role(role)], email) for role, email in found]
        self.password = demonstration.password() if found else ""
        self.loaded = True
