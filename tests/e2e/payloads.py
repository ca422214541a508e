"""What an attacker, or a page, sends with an event: made from what its handler takes."""

from __future__ import annotations

import inspect
import typing
from typing import Any
from uuid import uuid4

from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

import spplus_app.routes
from spplus_app.domain.moderation import REASONS
from spplus_app.states.registry import rules
from tests import factories
from tests.e2e.scene import NARRATIVE, Scene

assert spplus_app.routes  # registers every event
EVENTS = {name: rule for name, rule in rules().items() if "spplus_app___" in name}
_READS = (
    "open",
    "open_service",
    "open_step",
    "open_check",
    "refresh",
    "tell_fault",
    "ask",
    "glance",
    "open_plain",
)


def short(name: str) -> str:
    """``deposit_state.send`` for the full name of an event."""
    return name.rsplit("____", 1)[-1]


def full(name: str) -> str:
    """The full name of ``deposit_state.send``."""
    return next(one for one in EVENTS if short(one) == name)


def reads(name: str) -> bool:
    """Whether this event only shows."""
    return name.rsplit(".", 1)[-1] in _READS


def form(scene: Scene, **more: str) -> dict[str, Any]:
    """A form with every field that any handler reads, as the browser sends it."""
    code = scene.places["office"][2]
    fields = {
        "uuid": str(uuid4()),
        "service": code,
        "outside": "",
        f"use-{code}-desk": "oui",
        f"felt-{code}-desk": "Positif",
        **factories.STORY,
        **factories.AUTHOR,
        "narrative": NARRATIVE + "de la force",
        "version": "1",
        "reason": REASONS[0].code,
        "message": "Pris de force.",
        "note": "Pris de force.",
        "piece_1": "guichet",
        "kind_1": "chosen",
        "kind": "correct",
        "label": "Un motif pris de force",
        "author_text": "Des mots pris de force.",
        "code": "insult",
        "appeal": "1",
        "answer": str(scene.answer),
        "reply": str(scene.reply),
        "text": "Une réponse prise de force, assez longue.",
        "politeness": factories.REPLY["politeness"],
        "signature": "Personne",
        "structure": code,
        "intent": "send",
        **more,
    }
    return {FORM_DATA_ENTRIES_KEY: [[name, value] for name, value in fields.items()]}


def arguments(scene: Scene, name: str, **more: str | int) -> dict[str, Any]:
    """A plausible payload for an event; ``more`` are values of arguments or of form fields."""
    handler = RegistrationContext.get().event_handlers[name].handler.fn
    known = {
        "reply": scene.reply,
        "answer": scene.answer,
        "version": 1,
        "rating": "pas utile",
        "code": scene.places["office"][2],
        **more,
    }
    payload: dict[str, Any] = {}
    for parameter, hint in typing.get_type_hints(handler).items():
        if parameter in inspect.signature(handler).parameters:
            is_form = typing.get_origin(hint) is dict
            texts = {key: str(value) for key, value in more.items()}
            payload[parameter] = form(scene, **texts) if is_form else known.get(parameter, 1)
    return payload


def place(number: int, folder: str = "/suivi") -> dict[str, Any]:
    """Where the sender says their page is."""
    path = f"{folder}/{number}"
    return {"pathname": path, "asPath": path, "query": {}}
