"""Passwords: length over composition, and not one everybody knows."""

from __future__ import annotations

import pytest

from spplus_app.domain.passwords import PASSWORD_MAX, PASSWORD_MIN, password_problem

GOOD = [
    "la pluie tombe à Nîmes",
    "correct cheval batterie",
    "🙂 quatre chats et un pin",
    "x7!kPq29#vLm",
]
KNOWN = [
    "motdepasse123",
    "password1234",
    "123456789012",
    "azertyuiopqs",
    "abcabcabcabc",
    "a" * 20,
]


@pytest.mark.parametrize("password", GOOD)
def test_a_sentence_is_accepted(password: str) -> None:
    assert password_problem(password, "camille.martin@exemple.fr") == ""


@pytest.mark.parametrize("password", KNOWN)
def test_what_everybody_knows_is_refused(password: str) -> None:
    assert "trop connu" in password_problem(password)
    assert "trop connu" in password_problem(password.upper())


def test_bounds() -> None:
    text = "une phrase à moi, " * 40
    assert "au moins 12" in password_problem(text[: PASSWORD_MIN - 1])
    assert password_problem(text[:PASSWORD_MIN]) == ""
    assert "256" in password_problem("".join(chr(97 + n * 7 % 26) + str(n) for n in range(200)))
    assert PASSWORD_MAX == 256
    assert password_problem("") != ""


def test_one_s_own_address_is_not_a_password() -> None:
    assert "adresse" in password_problem("camille.martin1", "camille.martin@exemple.fr")
    assert "adresse" in password_problem("Camille.Martin!", "camille.martin@exemple.fr")
    assert password_problem("camille.martin aime le pain", "camille.martin@exemple.fr") == ""
    assert password_problem("le chat dort bien", "lea@exemple.fr") == ""
