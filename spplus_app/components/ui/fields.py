"""Text fields and lists. Label above, hint under it, message under the field, one column.

Fields are uncontrolled: what is typed stays in the browser until the form is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from ._base import NBSP, Text, attrs, choose, css, filled, slug, when
from .elements import CounterElement
from .icons import icon

OPTIONAL = "(optionnel)"


def label_content(label: Text, optional: bool) -> list[Any]:
    """Return the words of a label, followed by « (optionnel) » where the answer may be left out."""
    if not optional:
        return [label]
    return [label, f"{NBSP}", rx.el.span(OPTIONAL, class_name="fr-label__optional")]


def hint_text(identifier: str, hint: Text) -> rx.Component:
    """Return the hint of a field, or nothing when there is none."""
    node = rx.el.span(hint, class_name="fr-hint-text", custom_attrs=attrs(id=f"{identifier}-hint"))
    return when(filled(hint), node)


def messages(identifier: str, error: Text, success: Text = "") -> rx.Component:
    """Return the region of a field's messages: present from load, announced when it fills."""
    return rx.el.div(
        when(
            filled(error),
            rx.el.p(
                icon("error"),
                rx.el.span(f"Erreur{NBSP}: ", class_name="fr-sr-only"),
                rx.el.span(error),
                class_name="fr-error-text",
            ),
        ),
        when(
            filled(success),
            rx.el.p(icon("success"), rx.el.span(success), class_name="fr-valid-text"),
        ),
        class_name="fr-messages-group",
        custom_attrs={"id": f"{identifier}-messages", "aria-live": "polite"},
    )


def described_by(identifier: str, hint: Text, *others: str) -> str:
    """Return the value of `aria-describedby`: hint when there is one, then messages."""
    has_hint = isinstance(hint, rx.Var) or bool(hint)
    parts = [f"{identifier}-hint" if has_hint else "", *others, f"{identifier}-messages"]
    return css(*parts)


def group_class(base: str, error: Text, success: Text = "", *others: str) -> Any:
    """Return the class of a group, with its `--error` or `--valid` variant when it applies."""
    plain = css(base, *others)
    valid = choose(filled(success), f"{plain} {base}--valid", plain)
    return choose(filled(error), f"{plain} {base}--error", valid)


def _invalid(error: Text) -> Any:
    return choose(filled(error), "true", "false")


def _field(
    identifier: str,
    label: Text,
    control: list[rx.Component],
    *,
    hint: Text,
    optional: bool,
    error: Text,
    success: Text = "",
    base: str = "fr-input-group",
) -> rx.Component:
    return rx.el.div(
        rx.el.label(*label_content(label, optional), html_for=identifier, class_name="fr-label"),
        hint_text(identifier, hint),
        *control,
        messages(identifier, error, success),
        class_name=group_class(base, error, success),
    )


def input_field(
    name: str,
    label: Text,
    *,
    hint: Text = "",
    optional: bool = False,
    type: str = "text",  # noqa: A002 - the HTML attribute
    autocomplete: str = "",
    error: Text = "",
    success: Text = "",
    max_length: int | None = None,
    required: bool = False,
    input_mode: str | None = None,
    width: Literal["full", "short"] = "full",
    spellcheck: bool | None = None,
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make a one-line field.

    Args:
        name: key of the value in the form; the identifier is made from it.
        label: the question, always visible.
        hint: what to write, or why it is asked.
        optional: writes « (optionnel) » in the label.
        type: HTML type (`text`, `email`, `password`, `search`…).
        autocomplete: HTML autocomplete token; mandatory on personal data.
        error: what is wrong and what to do; empty when all is well.
        success: a confirmation shown under the field.
        max_length: bound in characters, enforced by the browser too.
        required: adds `aria-required`; the answer is checked by the server, in words.
        input_mode: keyboard offered on a phone (`numeric`, `email`…).
        width: `short` for a few characters.
        spellcheck: force or forbid the browser's spelling check.
        field_id: identifier, when two forms of the page share a name.
        **props: `default_value`, events.
    """
    ident = field_id or slug(name)
    control = rx.el.input(
        name=name,
        type=type,
        class_name=css("fr-input", "fr-input--short" if width == "short" else ""),
        custom_attrs={
            **attrs(
                id=ident,
                autoComplete=autocomplete,
                maxLength=max_length,
                inputMode=input_mode,
                aria_describedby=described_by(ident, hint),
                aria_required="true" if required else "",
                spellCheck=None if spellcheck is None else str(spellcheck).lower(),
            ),
            "aria-invalid": _invalid(error),
        },
        **props,
    )
    return _field(
        ident, label, [control], hint=hint, optional=optional, error=error, success=success
    )


def textarea_field(
    name: str,
    label: Text,
    *,
    hint: Text = "",
    optional: bool = False,
    error: Text = "",
    rows: int = 8,
    max_length: int | None = None,
    counter: bool = True,
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make a field of several lines, with a live counter of what remains.

    The bound is not enforced while typing: a pasted text is never cut in silence. The counter says
    how many characters are too many, and the server refuses.

    Args:
        name: key of the value in the form.
        label: the question.
        hint: how to answer.
        optional: writes « (optionnel) » in the label.
        error: what is wrong and what to do.
        rows: height in lines.
        max_length: bound in characters, as counted by the server (Unicode code points).
        counter: show what remains under the field.
        field_id: identifier, when two forms of the page share a name.
        **props: `default_value`, events.
    """
    ident = field_id or slug(name)
    counted = counter and max_length is not None
    control = [
        rx.el.textarea(
            name=name,
            rows=str(rows),
            class_name="fr-input",
            custom_attrs={
                **attrs(
                    id=ident,
                    aria_describedby=described_by(ident, hint, f"{ident}-count" if counted else ""),
                ),
                "aria-invalid": _invalid(error),
            },
            **props,
        )
    ]
    if counted:
        control.append(
            rx.el.p(
                CounterElement.create(custom_attrs={"data-for": ident, "data-max": max_length}),
                class_name="fr-hint-text fr-counter",
                custom_attrs={"id": f"{ident}-count"},
            )
        )
    return _field(ident, label, control, hint=hint, optional=optional, error=error)


def select_field(
    name: str,
    label: Text,
    options: Sequence[tuple[str, str]] | rx.Var[Any],
    *,
    hint: Text = "",
    optional: bool = False,
    error: Text = "",
    empty_label: str = "Choisissez",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make a list to choose one value in.

    Args:
        name: key of the value in the form.
        label: the question.
        options: pairs (value, words), or a Var of such pairs.
        hint: how to answer.
        optional: writes « (optionnel) » in the label.
        error: what is wrong and what to do.
        empty_label: words of the empty first choice; "" leaves it out.
        field_id: identifier, when two forms of the page share a name.
        **props: `default_value`, events.
    """
    ident = field_id or slug(name)
    if isinstance(options, rx.Var):
        choices = [rx.foreach(options, lambda pair: rx.el.option(pair[1], value=pair[0]))]
    else:
        choices = [rx.el.option(words, value=value) for value, words in options]
    first = [rx.el.option(empty_label, value="")] if empty_label else []
    control = rx.el.select(
        *first,
        *choices,
        name=name,
        class_name="fr-select",
        custom_attrs={
            **attrs(id=ident, aria_describedby=described_by(ident, hint)),
            "aria-invalid": _invalid(error),
        },
        **props,
    )
    return _field(
        ident, label, [control], hint=hint, optional=optional, error=error, base="fr-select-group"
    )
