"""Finding: the search bar, the filters of a list and what they hold, words found in a text.

All of it is native form controls in a GET form and plain links: it works before the script comes,
and without it. A control shows what the address says; it is made again when that changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from ._base import NBSP, Text, attrs, choose, css, each, filled, is_list, item, slug, when
from .buttons import button, get_form
from .icons import icon

FacetKind = Literal["radios", "boxes", "list"]


def search_bar(
    action: Text,
    *,
    name: str = "q",
    label: str = "Mots recherchés",
    words: str = "Rechercher",
    value: Text = "",
    max_length: int | None = 200,
    large: bool = False,
    bare: bool = False,
    field_id: str = "",
) -> rx.Component:
    """Make a search bar: a GET form with one field, its label for those who do not see it.

    Args:
        action: address that shows the results.
        name: key of the words in that address.
        label: name of the field, not shown: the button says it.
        words: words of the button.
        value: words searched now, from the address of the page.
        max_length: bound in characters; `None` for no bound.
        large: higher and in larger type, where searching is the main thing.
        bare: no form of its own: the bar stands inside another GET form.
        field_id: identifier, when the page has two bars.
    """
    ident = field_id or slug(f"recherche-{name}")
    content = [
        rx.el.label(label, html_for=ident, class_name="fr-label fr-sr-only"),
        rx.el.input(
            name=name,
            type="search",
            default_value=value,
            key=value,
            class_name="fr-input",
            custom_attrs=attrs(id=ident, maxLength=max_length, enterKeyHint="search"),
        ),
        button(words, type="submit", icon="search"),
    ]
    classes = css("fr-search-bar", "fr-search-bar--lg" if large else "")
    if bare:
        return rx.el.div(*content, class_name=classes)
    return get_form(action, *content, class_name=classes, role="search")


def _removal(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(f"Retirer le filtre{NBSP}: ", class_name="fr-sr-only"),
            rx.el.span(item(row, "label", 0)),
            icon("cross"),
            href=item(row, "href", 1),
            class_name="fr-tag fr-tag--dismiss",
        )
    )


def active_filters(
    rows: Sequence[Any] | rx.Var[Any],
    *,
    clear: Text = "",
    clear_label: str = "Retirer tous les filtres",
    label: str = "Filtres choisis",
) -> rx.Component:
    """Show the filters of a list, each a link that takes it away; nothing where there is none.

    Args:
        rows: pairs (words, address of the page without this filter) or objects with `label` and
            `href`, or a Var of them.
        clear: address of the page without any filter; "" leaves that link out.
        clear_label: words of that link.
        label: name of the list.
    """
    shown = rows.length() > 0 if isinstance(rows, rx.Var) else len(rows) > 0
    everything = rx.el.li(rx.el.a(clear_label, href=clear, class_name="fr-link"))
    return when(
        shown,
        rx.el.ul(
            each(rows, _removal),
            when(filled(clear), everything),
            class_name="fr-tags-group active-filters",
            custom_attrs={"aria-label": label},
        ),
    )


def _counted(count: Any) -> Any:
    """Return « (1 234) », from a number known at build or from words that the state brings."""
    if isinstance(count, rx.Var):
        count = count.to(str)
    elif isinstance(count, int):
        count = f"{count:,}".replace(",", NBSP)
    return choose(filled(count), f"{NBSP}(" + count + ")", "")


def _held(value: Any, chosen: Any) -> Any:
    """Tell whether a value is chosen, in one word or in a list of them."""
    if isinstance(chosen, rx.Var):
        return chosen.contains(value) if is_list(chosen) else chosen == value
    several = not isinstance(chosen, str)
    if isinstance(value, rx.Var):
        return rx.Var.create(list(chosen)).contains(value) if several else value == chosen
    return value in chosen if several else value == chosen


def _key(chosen: Any, rows: Any = ()) -> Any:
    """Return what makes the controls anew: another choice in the address, or a list that came."""
    key = chosen.to_string() if isinstance(chosen, rx.Var) else str(chosen)
    return key + rows.length().to_string() if isinstance(rows, rx.Var) else key


def _facet_choice(kind: str, name: str, itself: Any, row: Any, chosen: Any) -> rx.Component:
    value = item(row, "value", 0)
    return rx.el.div(
        rx.el.input(
            name=name,
            type=kind,
            value=value,
            default_checked=_held(value, chosen),
            custom_attrs={"id": itself},
        ),
        rx.el.label(
            rx.el.span(
                item(row, "label", 1),
                rx.el.span(_counted(item(row, "count", 2)), class_name="facet__count"),
            ),
            html_for=itself,
            class_name="fr-label",
        ),
        class_name=f"fr-{kind}-group",
    )


def _facet_choices(kind: str, name: str, ident: str, rows: Any, chosen: Any) -> Any:
    """Return the choices; each is named by its rank, since a value may hold spaces."""

    def choice(row: Any, rank: Any) -> rx.Component:
        return _facet_choice(kind, name, f"{ident}-" + rank, row, chosen)

    if isinstance(rows, rx.Var):
        return rx.foreach(rows, lambda row, index: choice(row, (index + 1).to_string()))
    return rx.fragment(*[choice(row, str(index + 1)) for index, row in enumerate(rows)])


def _facet_list(name: str, ident: str, rows: Any, chosen: Any, any_label: str) -> rx.Component:
    def option(row: Any) -> rx.Component:
        words = item(row, "label", 1)
        words = words.to(str) if isinstance(words, rx.Var) else words
        return rx.el.option(words + _counted(item(row, "count", 2)), value=item(row, "value", 0))

    return rx.el.select(
        *([rx.el.option(any_label, value="")] if any_label else []),
        each(rows, option),
        name=name,
        default_value=chosen,
        key=_key(chosen, rows),
        class_name="fr-select",
        custom_attrs={"id": ident},
    )


def facet(
    title: str,
    name: str,
    options: Sequence[Any] | rx.Var[Any],
    *,
    chosen: Any = "",
    kind: FacetKind = "radios",
    any_label: str = "Tous",
    field_id: str = "",
) -> rx.Component:
    """Make one filter of a list, with how many results each choice gives.

    It stands in a GET form, which a button sends. Few choices: radios, or boxes where several may
    be ticked (the key is then repeated in the address). Many: a list.

    Args:
        title: what the filter is about.
        name: key of the value in the address.
        options: rows (value, words, count) or objects with `value`, `label`, `count`, or a Var of
            them; the count is a number, or words such as « plus de 10 000 », or "" when unknown.
        chosen: value held now; a list of values, or a Var of one, for boxes.
        kind: how it is shown.
        any_label: words of the choice that filters nothing; "" leaves it out (boxes have none).
        field_id: identifier, when the page has the same filter twice.
    """
    ident = field_id or slug(f"filtre-{name}")
    if kind == "list":
        return rx.el.div(
            rx.el.label(title, html_for=ident, class_name="fr-label"),
            _facet_list(name, ident, options, chosen, any_label),
            class_name="fr-select-group facet",
        )
    native = "radio" if kind == "radios" else "checkbox"
    everything = _facet_choice("radio", name, ident, ("", any_label, ""), chosen)
    return rx.el.fieldset(
        rx.el.legend(title, class_name="fr-fieldset__legend"),
        rx.el.div(
            *([everything] if any_label and kind == "radios" else []),
            _facet_choices(native, name, ident, options, chosen),
            key=_key(chosen),
            class_name="fr-fieldset__content",
        ),
        class_name="fr-fieldset facet",
        custom_attrs={"id": f"{ident}-group"},
    )


def _part(part: Any) -> Any:
    text, hit = item(part, "text", 0), item(part, "hit", 1)
    return choose(hit, rx.el.mark(text), rx.fragment(text))


def marked_text(parts: Sequence[Any] | rx.Var[Any]) -> rx.Component:
    """Show a text with the words that were searched marked, in weight as well as in colour.

    No hidden words tell where a mark starts and ends: the person knows the words they typed, and
    hearing « début, fin » at each of them would bury the sentence. `<mark>` itself is told by the
    screen readers whose user asked for it.

    Args:
        parts: rows (text, whether it was found) or objects with `text` and `hit`, or a Var of them.
    """
    return rx.el.span(each(parts, _part), class_name="marked")


def marked(text: Text) -> rx.Component:
    """Draw a stroke of the highlighter behind a few words of a title: a flourish, once a page."""
    return rx.el.span(text, class_name="marker")
