"""The fields of a text that everyone will read, for whoever writes it, corrects it or edits it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.experiences import NARRATIVE_MAX, PSEUDONYM_MAX, TITLE_MAX
from . import ui
from .forms import error_of


def title_field(errors: Any, label: str, hint: str = "") -> rx.Component:
    """Ask the title; ``errors`` is the Var of the form's errors."""
    return ui.input_field(
        "title",
        label,
        hint=hint,
        max_length=TITLE_MAX * 2,
        error=error_of(errors, "title"),
    )


def narrative_field(errors: Any, label: str, hint: str = "") -> rx.Component:
    """Ask the narrative; ``errors`` is the Var of the form's errors."""
    return ui.textarea_field(
        "narrative",
        label,
        hint=hint,
        rows=12,
        max_length=NARRATIVE_MAX,
        error=error_of(errors, "narrative"),
    )


def pseudonym_field(
    errors: Any, label: str, hint: str = "", autocomplete: str = ""
) -> rx.Component:
    """Ask how the text is signed; ``autocomplete`` only where people write of themselves."""
    return ui.input_field(
        "pseudonym",
        label,
        hint=hint,
        optional=True,
        autocomplete=autocomplete,
        max_length=PSEUDONYM_MAX * 2,
        error=error_of(errors, "pseudonym"),
    )


def text_fields(
    errors: Any, *, title: str, narrative: str, pseudonym: str
) -> tuple[rx.Component, rx.Component, rx.Component]:
    """Ask a whole text to change it; the words are the labels of the three fields."""
    return (
        title_field(errors, title),
        narrative_field(errors, narrative),
        pseudonym_field(errors, pseudonym),
    )
