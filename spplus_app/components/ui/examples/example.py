"""What an example is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

STORY = (
    "J’ai essayé tous les matins à 8\u00a0h. Les créneaux partent en deux minutes.\n\n"
    "Au téléphone, on m’a dit de réessayer demain. J’ai fini par prendre une journée de congé "
    "pour aller sur place."
)
"""A story of an invented town."""


@dataclass(frozen=True)
class Example:
    """One state of one component.

    Attributes:
        name: the function of the library, as exported.
        state: what the example shows, in French.
        render: makes the component.
        whole: a piece of the frame of a page, shown once by the gallery itself or on its own
            page: two banners in one document would break the landmarks.
    """

    name: str
    state: str
    render: Callable[[], rx.Component]
    whole: bool = False
