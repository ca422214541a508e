"""What the table of pages says of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx


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
