"""Words sealed with a key that stands apart from the database (Fernet: AES-128-CBC and HMAC)."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """None of the keys opens what is sealed."""


def seal(words: str, keys: str) -> bytes:
    """Return ``words`` sealed with the first of these keys, separated by commas."""
    return _box(keys).encrypt(words.encode())


def unseal(sealed: bytes, keys: str) -> str:
    """Return the words sealed with any of these keys; raise `WrongKey` for another, or a change."""
    try:
        return _box(keys).decrypt(sealed).decode()
    except InvalidToken:
        raise WrongKey from None


def _box(keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",")])
