"""What a painter is asked, and what it gives back: values, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import htpy as h
from sqlalchemy.orm import Session

from ...domain.roles import NOBODY, Viewer
from .fields import Form

FIELDS_MAX = 60
VALUE_MAX = 500
NOTHING_TRIED = Form({})
TRIED = "spplus.tried"
"""Where the scope of a request keeps the `Form` that was sent, for its page to show it again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A page that is asked for: its address, and who reads."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    viewer: Viewer = NOBODY
    tried: Form = NOTHING_TRIED
    """What a plain form of this page was just sent with, and what is wrong in it."""

    @property
    def last(self) -> str:
        """The last part of the path, like ``12-titre``."""
        return self.path.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Paint:
    """What is put in a built page. Empty texts leave those of the build.

    ``body`` takes the place of the first slot of a page, ``more`` those of the following ones;
    where the page has no file of its own ``body`` is the whole of `main`, under the trail
    ``crumbs`` that ends with ``here`` and the menu whose entry ``current`` (an address) it belongs
    to. ``canonical`` is a path of this site, without which nothing is said to previews and robots;
    ``location`` moves the reader there.
    """

    status: int = 200
    title: str = ""
    description: str = ""
    canonical: str = ""
    body: h.Renderable | None = None
    more: tuple[h.Renderable, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    here: str = ""
    current: str = ""
    location: str = ""
    robots: str = ""
    secret: bool = False
    """It shows what one person typed: not compressed beside what an address says, not validated."""
    kind: str = "website"
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the fields of the built page show, by name: the search form without a script."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The words of those that the built page cannot know."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """JSON-LD, written on an official site only."""


Painter = Callable[[Session, Ask], Paint]


def query_of(raw: bytes) -> dict[str, str]:
    """Return the first value of each field of a query, bounded; nothing when it is no query."""
    try:
        pairs = parse_qsl(raw.decode("latin-1"), max_num_fields=FIELDS_MAX, errors="replace")
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value[:VALUE_MAX])
    return found
