"""What a password must be: long rather than complicated, and not one everybody knows."""

from __future__ import annotations

from functools import cache
from importlib import resources

from .text import fold

PASSWORD_MIN = 12
PASSWORD_MAX = 256


@cache
def _common() -> frozenset[str]:
    text = (
        resources.files("spplus_app.lexicons").joinpath("common_passwords.txt").read_text("utf-8")
    )
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def password_problem(password: str, email: str = "") -> str:
    """Return why this password is refused, in a plain sentence; empty when it is accepted.

    Length over composition, common ones refused (NIST SP 800-63B, ANSSI 2021).
    """
    if len(password) < PASSWORD_MIN:
        return f"Choisissez au moins {PASSWORD_MIN} caractères : une petite phrase convient."
    if len(password) > PASSWORD_MAX:
        return f"Gardez {PASSWORD_MAX} caractères au plus."
    folded = fold(password)
    # A text found inside its own double, shifted, is a shorter text said several times.
    repeated = folded in (folded + folded)[1:-1]
    if repeated or folded in _common() or len(set(folded)) < 4:
        return "Ce mot de passe est trop connu. Choisissez une petite phrase bien à vous."
    local = fold(email.split("@", maxsplit=1)[0])
    if len(local) >= 4 and local in folded and len(folded) < len(local) + 8:
        return "Ce mot de passe ressemble à votre adresse. Choisissez autre chose."
    return ""
