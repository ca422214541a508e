"""Words sealed with a key that stands apart from the database (Fernet: AES-128-CBC and HMAC)."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class WrongKey(Exception):
    """None of the keys opens what is sealed."""


def seal(words: str, keys: str) -> bytes:
    """Return ``words`` sealed with the first of these keys, separated by commas."""
    return seal_bytes(words.encode(), keys)


def seal_bytes(content: bytes, keys: str) -> bytes:
    """Return the content of a file sealed with the first of these keys."""
    return _box(keys).encrypt(content)


def unseal(sealed: bytes, keys: str) -> str:
    """Return the words sealed with any of these keys; raise `WrongKey` for another, or a change."""
    return unseal_bytes(sealed, keys).decode()


def unseal_bytes(sealed: bytes, keys: str) -> bytes:
    """Return the content of a file sealed with any of these keys; raise `WrongKey`."""
    try:
        return _box(keys).decrypt(sealed)
    except InvalidToken:
        raise WrongKey from None


def _box(keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",")])
