"""What a line of the table of pages holds; the table itself is `spplus_app.routes`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

SITE = "Services Publics +"
READ, UNDERSTAND, ABOUT = "Lire et raconter", "Comprendre", "À propos de ce site"


@dataclass(frozen=True, slots=True)
class Route:
    """A page; ``acts`` when it offers an act to a visitor, ``private`` when robots keep out.

    ``section`` puts it on the site map, under ``link`` where its title would not tell enough.
    """

    path: str
    title: Any
    description: str
    body: Callable[[], rx.Component]
    on_load: tuple[Any, ...] = ()
    acts: bool = False
    private: bool = False
    section: str = ""
    link: str = ""


def share(
    step: str, title: str, body: Callable[[], rx.Component], on_load: Any, **place: str
) -> Route:
    """A step of the form that tells an experience."""
    return Route(
        f"/partager/{step}",
        title,
        "Racontez ce qui s’est passé avec un service public.",
        body,
        (on_load,),
        acts=True,
        **place,
    )
