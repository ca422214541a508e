"""What a browser may say on the socket, judged before anything inside sees it.

Reflex logs what it cannot read, payload included: a frame of another shape than the client's own
never reaches it. Rights are not looked at here (`states.registry.Gate` does).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ..states.registry import by_a_person, may_be_sent

FRAME_MAX = 65_536
"""Characters of one frame; the socket server inside has the same bound."""
_NAMESPACE = "/_event"
_PACKET = re.compile(rf"4([0-6])(?:{_NAMESPACE}(?:,|$))?(\d{{0,10}})(.*)", re.DOTALL)
_ENGINE = re.compile(r"[12356](?:probe)?")
_EVENT_KEYS = frozenset({"name", "payload", "router_data", "token", "event_actions"})
_ROUTER_KEYS = frozenset({"pathname", "asPath", "query"})
_PATH_MAX = 4_000
_QUERY_MAX = 50


class Fate(Enum):
    """What becomes of a frame."""

    KEEP = "keep"
    DROP = "drop"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Judged:
    """The fate of a frame, why, and whether it is something a person did."""

    fate: Fate
    why: str = ""
    by_a_person: bool = False


KEEP = Judged(Fate.KEEP)


def judge(text: str | None) -> Judged:
    """Say what becomes of a frame; ``None`` stands for a binary one."""
    if text is None:
        return Judged(Fate.CLOSE, "binary")
    if len(text) > FRAME_MAX:
        return Judged(Fate.CLOSE, "too long")
    if _ENGINE.fullmatch(text):
        return KEEP
    found = _PACKET.fullmatch(text)
    if found is None:
        return Judged(Fate.CLOSE, "malformed")
    kind, _, body = found.groups()
    try:
        data = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return Judged(Fate.CLOSE, "malformed")
    if kind == "0":
        return _connection(data)
    if kind == "1":
        return KEEP
    if kind == "2":
        return _message(data)
    return Judged(Fate.CLOSE, "unused packet")


def _connection(data: Any) -> Judged:
    if data is None:
        return KEEP
    if not isinstance(data, dict) or not data.keys() <= {"event", "state_schema"}:
        return Judged(Fate.CLOSE, "malformed")
    boot = data.get("event")
    if boot is not None and not _is_event(boot):
        return Judged(Fate.CLOSE, "event")
    return KEEP


def _message(data: Any) -> Judged:
    if not isinstance(data, list) or not 1 <= len(data) <= 2 or not isinstance(data[0], str):
        return Judged(Fate.CLOSE, "malformed")
    if data[0] in {"ping", "client_error"}:
        return KEEP
    if data[0] != "event" or len(data) != 2:
        return Judged(Fate.CLOSE, "malformed")
    if not _is_event(data[1]):
        return Judged(Fate.DROP, "event")
    return Judged(Fate.KEEP, by_a_person=by_a_person(data[1]["name"]))


def _is_event(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.keys() <= _EVENT_KEYS
        and may_be_sent(event.get("name"), event.get("payload", {}))
        and _is_router(event.get("router_data") or {})
    )


def _is_router(data: Any) -> bool:
    """Whether this is where a page is: paths of this site, and a query of texts."""
    if not isinstance(data, Mapping) or not data.keys() <= _ROUTER_KEYS:
        return False
    for key in ("pathname", "asPath"):
        path = data.get(key, "/")
        if not isinstance(path, str) or len(path) > _PATH_MAX or not _is_path(path):
            return False
    query = data.get("query", {})
    return (
        isinstance(query, Mapping)
        and len(query) <= _QUERY_MAX
        and all(isinstance(value, str) for value in query.values())
    )


def _is_path(path: str) -> bool:
    return path.startswith("/") and not path.startswith(("//", "/\\"))
