"""What a gesture may be refused for; one place turns each into words on a screen or a status."""

from __future__ import annotations


class DomainError(Exception):
    """A refusal of the domain, said in a plain French sentence that tells what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(DomainError):
    """One or more fields hold something that cannot be accepted."""

    def __init__(self, errors: dict[str, str]) -> None:
        """``errors`` maps a field's name to the sentence shown beside it."""
        super().__init__(next(iter(errors.values()), "Un champ est à corriger."))
        self.errors = errors


class Refused(DomainError):
    """The viewer has no right to do this."""

    def __init__(self, message: str = "Vous n’avez pas accès à cette action.") -> None:
        super().__init__(message)


class SignedOut(Refused):
    """The gesture needs a person who is signed in, and the session is over."""

    def __init__(self) -> None:
        super().__init__("Votre session a pris fin. Reconnectez-vous : votre texte est gardé.")


class NotFound(DomainError):
    """There is no such thing, or this viewer may not know that there is."""

    def __init__(self, message: str = "Cette page n’existe pas, ou n’existe plus.") -> None:
        super().__init__(message)


class Gone(NotFound):
    """There was such a thing, and it will not come back: its author had it erased."""


class Conflict(DomainError):
    """Somebody else changed the same thing first."""

    def __init__(self, message: str = "Quelqu’un vient de modifier cette page.") -> None:
        super().__init__(message)


class TooMany(DomainError):
    """Too many tries in too short a time."""

    def __init__(
        self, message: str = "Trop d’essais. Attendez une minute, puis recommencez."
    ) -> None:
        super().__init__(message)


class TooQuick(TooMany):
    """A form sent sooner than a person can: to be sent once more."""


class ProofAsked(TooMany):
    """The rate is high: a proof is asked for ``gesture``, or the wait that ``ticket`` counts."""

    def __init__(self, message: str, gesture: str, ticket: str) -> None:
        super().__init__(message)
        self.gesture, self.ticket = gesture, ticket
