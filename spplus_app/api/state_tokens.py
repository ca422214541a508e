"""The token of a tab's state, bound to the browser's cookies: nobody takes another's state."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qsl, urlencode

from ..services import tokens
from ..states.identity import PrivateHeader


def bound_query(query: bytes, header: PrivateHeader) -> bytes:
    """The query with its token bound to the cookies.

    Reflex gives a state to whoever presents its token. The token it sees is made from the
    client's and from the cookies: somebody else's token, or one's own after signing in or out,
    leads to another state.
    """
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return urlencode(
        [(name, bound_token(value, header) if name == "token" else value) for name, value in pairs]
    ).encode()


def bound_token(token: str, header: PrivateHeader) -> str:
    """The token of the state of this tab, for this browser and this session only."""
    whole = f"{token.lower()} {header.session} {header.visitor}"
    return str(uuid.UUID(hex=tokens.keyed_hash("state-token", whole)[:32], version=4))
