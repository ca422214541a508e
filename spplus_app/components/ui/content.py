"""Pieces of text: title, recap, quote, reply, differences, history, empty states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from ._base import NBSP, Text, choose, css, each, filled, item, slug, when
from .icons import icon as draw


def page_title(text: Text, *, lead: Text = "", heading: str = "h1") -> rx.Component:
    """Make the title of the page; the route hook gives it the focus after a navigation.

    Args:
        text: the title.
        lead: a sentence under it, in larger type.
        heading: `h1`, or `h2` for the title of a part that looks like a page.
    """
    make = rx.el.h1 if heading == "h1" else rx.el.h2
    title = make(text, tab_index=-1)
    if isinstance(lead, str) and not lead:
        return title
    return rx.el.div(title, rx.el.p(lead, class_name="fr-text--lead"), class_name="page-header")


def visually_hidden(text: Text) -> rx.Component:
    """Return words for those who do not see the page."""
    return rx.el.span(text, class_name="fr-sr-only")


def progress_text(text: Text) -> rx.Component:
    """Say in words that something is under way; announced, with a discreet movement."""
    return rx.el.p(
        rx.el.span(class_name="spinner", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(text),
        role="status",
        class_name="progress",
    )


def _summary_row(row: Any) -> rx.Component:
    label, value = item(row, "label", 0), item(row, "value", 1)
    has_link = isinstance(row, rx.Var) or not isinstance(row, (tuple, list)) or len(row) > 2
    href: Any = item(row, "href", 2) if has_link else ""
    link = rx.el.dd(
        rx.el.a("Modifier", rx.el.span(f"{NBSP}: ", label, class_name="fr-sr-only"), href=href),
        class_name="recap__action",
    )
    empty = rx.el.span("Sans réponse", class_name="fr-hint-text")
    shown = value if isinstance(value, rx.Component) else choose(filled(value), value, empty)
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(shown, class_name="recap__value"),
        when(filled(href), link),
        class_name="recap__row",
    )


def summary_list(items: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Show answers before they are sent, each with a way back to its question.

    Args:
        items: rows (label, value, address of the question) or objects with `label`, `value`,
            `href`; a value may be a component; without an address there is no « Modifier ».
    """
    return rx.el.dl(each(items, _summary_row), class_name="recap")


def quote(text: Text, author: Text = "") -> rx.Component:
    """Show someone's words. Line breaks are kept; the text is shown, never interpreted.

    Args:
        text: the words.
        author: who said them.
    """
    return rx.el.figure(
        rx.el.blockquote(rx.el.p(text, class_name="prose")),
        when(filled(author), rx.el.figcaption(author, class_name="fr-quote__author")),
        class_name="fr-quote",
    )


def reply_block(who: Text, when_text: Text, *children: rx.Component) -> rx.Component:
    """Show the reply of an administration.

    Args:
        who: the structure that replies.
        when_text: date of the reply, in words.
        *children: text, signature, then what can be done with it.
    """
    return rx.el.article(
        rx.el.p(draw("reply"), rx.el.span("Réponse du service"), class_name="reply__kind"),
        rx.el.p(who, class_name="reply__who"),
        rx.el.p(when_text, class_name="reply__when"),
        rx.el.div(*children, class_name="reply__body stack"),
        class_name="reply",
    )


def _diff_part(part: Any) -> rx.Component:
    kind, text = item(part, "kind", 0), item(part, "text", 1)
    added = rx.el.ins(visually_hidden("[ajouté] "), text, visually_hidden(" [fin de l’ajout]"))
    removed = rx.el.del_(visually_hidden("[retiré] "), text, visually_hidden(" [fin du retrait]"))
    if isinstance(kind, rx.Var):
        return rx.match(kind, ("added", added), ("removed", removed), rx.el.span(text))
    return {"added": added, "removed": removed}.get(str(kind), rx.el.span(text))


def diff_view(parts: Sequence[Any] | rx.Var[Any], *, label: str = "Modifications") -> rx.Component:
    """Show what changed in a text: struck out, underlined, and said in hidden words.

    Args:
        parts: objects (or pairs) with `kind` (`same`, `added`, `removed`) and `text`.
        label: name of the text, above it; the identifier of the region is made from it.
    """
    ident = f"diff-{slug(label)}"
    return rx.el.div(
        rx.el.p(rx.el.strong(label), custom_attrs={"id": ident}),
        rx.el.p(each(parts, _diff_part), class_name="prose"),
        rx.el.p(
            rx.el.span(rx.el.ins("Ajouté"), " "),
            rx.el.span(rx.el.del_("Retiré")),
            class_name="diff__key",
            custom_attrs={"aria-hidden": "true"},
        ),
        class_name="diff",
        role="group",
        custom_attrs={"aria-labelledby": ident},
    )


def _event(row: Any) -> rx.Component:
    date, title, detail = (item(row, k, i) for i, k in enumerate(("date", "title", "detail")))
    return rx.el.li(
        rx.el.p(title, class_name="timeline__title"),
        rx.el.p(date, class_name="timeline__date"),
        when(filled(detail), rx.el.p(detail, class_name="timeline__detail")),
    )


def timeline(items: Sequence[Any] | rx.Var[Any], *, label: str = "Étapes") -> rx.Component:
    """Show what happened, the latest last.

    Args:
        items: rows (date in words, title, detail) or objects with `date`, `title`, `detail`.
        label: name of the list.
    """
    return rx.el.ol(each(items, _event), class_name="timeline", custom_attrs={"aria-label": label})


def empty_state(
    title: Text, text: Text = "", action: rx.Component | None = None, *, icon: str = ""
) -> rx.Component:
    """Say that there is nothing, why, and what to do.

    Args:
        title: what is missing.
        text: why, and what to do.
        action: a button or a link.
        icon: name of an icon.
    """
    return rx.el.div(
        *([draw(icon, size="xl")] if icon else []),
        rx.el.p(title, class_name="empty__title"),
        when(filled(text), rx.el.p(text)),
        *([action] if action is not None else []),
        class_name=css("empty"),
    )


def callout(
    title: Text,
    *children: rx.Component | str,
    heading: Literal["h2", "h3", "h4"] = "h3",
    icon: str = "",
) -> rx.Component:
    """Put forward something to know or to do, once a page.

    Args:
        title: it in a few words.
        *children: a sentence or two (words become a paragraph), then at most one button.
        heading: level of the title.
        icon: name of an icon.
    """
    make = {"h2": rx.el.h2, "h3": rx.el.h3, "h4": rx.el.h4}[heading]
    return rx.el.div(
        *([draw(icon, size="lg")] if icon else []),
        make(title, class_name="fr-callout__title"),
        *[_paragraph(child, "fr-callout__text") for child in children],
        class_name="fr-callout",
    )


def highlight(*children: rx.Component | str) -> rx.Component:
    """Set a sentence of the text apart, without a title."""
    return rx.el.div(*[_paragraph(child, "") for child in children], class_name="fr-highlight")


def _paragraph(child: Any, class_name: str) -> rx.Component:
    words = isinstance(child, (str, rx.Var))
    return rx.el.p(child, class_name=class_name) if words else child
