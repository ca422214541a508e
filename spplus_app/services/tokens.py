"""Secrets that travel: only their hash is stored, and they can be made again from a nonce.

A follow-up link is HMAC-SHA256(server secret, purpose and nonce): the worker writes the mail
later without any table or job holding the link, and the database alone opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from ..settings import settings


def new_token() -> str:
    """Return a random secret of 256 bits, safe in a URL or a cookie."""
    return secrets.token_urlsafe(32)


def derive(purpose: str, nonce: str) -> str:
    """Return the secret of this purpose and nonce, 256 bits, safe in a URL."""
    key = settings().secret_key.encode()
    digest = hmac.new(key, f"{purpose}\0{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_token(token: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal: what the database keeps."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_hash(purpose: str, value: str, key: str = "") -> str:
    """Return a hash of ``value`` that nobody can guess without the secret, the server's own."""
    secret = (key or settings().secret_key).encode()
    return hmac.new(secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def same(given: str, known: str) -> bool:
    """Whether two secrets are the same, told in the same time whatever they are."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())
