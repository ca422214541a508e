"""What a depositor may do with their document, beside masking it: for the page that follows it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from . import forms, ui, words


def rights(number: Any, proof: Any, *, withdrawable: Any) -> rx.Component:
    """Offer to take a document away, to erase it, to take home what is kept of it.

    Args:
        number: of the document.
        proof: what shows later that this browser had the right (`services.documents.rights.proof`).
        withdrawable: whether somebody may still read it, or will.
    """
    base = f"/api/documents/{number}"
    return rx.el.section(
        rx.el.h2(words.DOCUMENT_RIGHTS["title"]),
        rx.el.p(rx.el.a(words.DOCUMENT_RIGHTS["export"], href=f"{base}/donnees.json", download="")),
        rx.cond(
            withdrawable,
            rx.fragment(
                rx.el.p(words.DOCUMENT_RIGHTS["withdraw_about"]),
                forms.http_form(
                    f"{base}/retirer",
                    forms.hidden("geste", "retirer"),
                    ui.button(words.DOCUMENT_RIGHTS["withdraw"], type="submit", kind="secondary"),
                ),
            ),
            rx.fragment(),
        ),
        rx.el.p(words.DOCUMENT_RIGHTS["erase_about"]),
        forms.http_form(
            f"{base}/effacer",
            forms.hidden("preuve", proof),
            ui.input_field("mot", words.DOCUMENT_RIGHTS["word"], max_length=20),
            ui.button(words.DOCUMENT_RIGHTS["erase"], type="submit", kind="secondary"),
        ),
        class_name="panel stack",
        custom_attrs={"id": "droits"},
    )
