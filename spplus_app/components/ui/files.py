"""Sending files, and saying how far a long work is."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ._base import NBSP, Text, attrs, choose, css, filled, slug
from .elements import UploadElement
from .fields import described_by, group_class, hint_text, label_content, messages

MEGABYTE = 1_000_000


def upload(
    name: str,
    label: Text,
    *,
    accept: str = "",
    formats: str = "",
    max_megabytes: int = 0,
    multiple: bool = False,
    capture: bool = False,
    hint: Text = "",
    optional: bool = False,
    error: Text = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make a field that takes files: the browser's own, in a form sent over HTTP.

    The form is a `post_form` with `encType="multipart/form-data"`. The files chosen are listed
    under the field and announced; one that is too heavy is said so at once. The server judges.

    Args:
        name: key of the files in the form.
        label: what to give.
        accept: HTML filter of the types, such as `.pdf,.docx,image/*`.
        formats: the same in words, for the hint.
        max_megabytes: greatest size of a file, told in the hint; 0 for none.
        multiple: several files.
        capture: a phone may take a photo instead.
        hint: more to know, after the limits.
        optional: writes « (optionnel) » in the label.
        error: what is wrong and what to do.
        field_id: identifier, when two forms of the page share a name.
        **props: events.
    """
    ident = field_id or slug(name)
    limits = css(
        f"Taille maximale{NBSP}: {max_megabytes}{NBSP}Mo." if max_megabytes else "",
        f"Formats acceptés{NBSP}: {formats}." if formats else "",
        "Plusieurs fichiers possibles." if multiple else "",
    )
    told = hint if not limits else limits + (choose(filled(hint), " " + hint, ""))
    field = rx.el.input(
        name=name,
        type="file",
        class_name="fr-upload",
        custom_attrs={
            **attrs(
                id=ident,
                accept=accept,
                capture="environment" if capture else "",
                aria_describedby=described_by(ident, told, f"{ident}-files"),
            ),
            **({"multiple": True} if multiple else {}),
            "aria-invalid": choose(filled(error), "true", "false"),
        },
        **props,
    )
    return rx.el.div(
        rx.el.label(*label_content(label, optional), html_for=ident, class_name="fr-label"),
        hint_text(ident, told),
        UploadElement.create(
            field,
            rx.el.div(class_name="upload__files", custom_attrs={"id": f"{ident}-files"}),
            custom_attrs=attrs(data_max=max_megabytes * MEGABYTE or ""),
        ),
        messages(ident, error),
        class_name=group_class("fr-upload-group", error),
    )


def progress(
    ident: str, label: Text, value: rx.Var[int] | int, maximum: rx.Var[int] | int, words: Text
) -> rx.Component:
    """Show how far something is, by the browser's own bar and in words.

    Args:
        ident: identifier of the bar.
        label: what advances.
        value: what is done.
        maximum: the whole.
        words: the same said in words (« 3 phrases sur 9 »).
    """
    return rx.el.div(
        rx.el.label(label, html_for=ident, class_name="fr-label"),
        rx.el.progress(
            words,
            value=value,
            max=maximum,
            custom_attrs={"id": ident, "aria-describedby": f"{ident}-words"},
        ),
        rx.el.p(words, class_name="fr-hint-text", custom_attrs={"id": f"{ident}-words"}),
        class_name="progress-bar",
    )
