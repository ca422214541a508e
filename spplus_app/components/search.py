"""The search of experiences: words, filters with their numbers, the order, what was found."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain import geography
from ..domain.search import WORDS_MAX
from ..domain.search_index import RESSENTI_CODES, TAG_CODES
from ..domain.values import CHANNEL_FIELDS
from . import ui, words
from .forms import hidden


class SearchElement(rx.Component):
    """`<spplus-search data-query>`: the fields inside show what the address asks for."""

    _is_tag_in_global_scope = True
    tag = "SpplusSearch"
    alias = "spplus-search"


_REPLIES = (("avec", "Avec réponse"), ("sans", "Sans réponse"))
_RESSENTIS = tuple((code, felt.value) for felt, code in RESSENTI_CODES.items())
_CHANNELS = tuple((code, channel.value) for channel, code in CHANNEL_FIELDS.items())
_TAGS = tuple((code, tag.value) for tag, code in TAG_CODES.items())
_DEPARTMENTS = tuple((one.code, f"{one.name} ({one.code})") for one in geography.departments())
_REGIONS = tuple((one.code, one.name) for one in geography.regions())


def _number(numbers: Any, name: str, value: Any) -> Any:
    key = f"{name}={value}" if isinstance(value, str) else f"{name}=" + value
    return rx.cond(numbers.contains(key), numbers[key], "")


def facet(
    title: str,
    name: str,
    rows: tuple[tuple[str, str], ...],
    numbers: Any,
    kind: Any = "list",
    any_label: str = "Tous",
) -> rx.Component:
    """Make one filter, each of its values with its number (a Var, by ``name=value``)."""
    options = [(value, label, _number(numbers, name, value)) for value, label in rows]
    return ui.facet(title, name, options, kind=kind, any_label=any_label)


def _network(networks: Any, numbers: Any) -> rx.Component:
    def option(row: Any) -> rx.Component:
        number = _number(numbers, "reseau", row.value)
        shown = rx.cond(number != "", f"{row.label} ({number})", row.label)
        return rx.el.option(shown, value=row.value)

    return rx.el.div(
        rx.el.label("Réseau", html_for="filtre-reseau", class_name="fr-label"),
        rx.el.select(
            rx.el.option("Tous", value=""),
            rx.foreach(networks, option),
            name="reseau",
            class_name="fr-select",
            custom_attrs={"id": "filtre-reseau"},
        ),
        class_name="fr-select-group facet",
    )


def _days() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Publiée", class_name="fr-fieldset__legend"),
        ui.input_field("du", "Depuis le", type="date", field_id="filtre-du"),
        ui.input_field("au", "Jusqu’au", type="date", field_id="filtre-au"),
        class_name="fr-fieldset facet",
    )


def _filters(networks: Any, numbers: Any, service: Any) -> rx.Component:
    return ui.accordion(
        "Filtrer les expériences",
        rx.el.div(
            ui.combobox(
                "service_choisi",
                "Un service précis",
                src="/api/structures",
                hint="Son nom, sa ville ou son code postal. Ce qui dépend de lui est compris.",
                field_id="filtre-service",
            ),
            hidden("service", service),
            class_name="facet",
        ),
        rx.el.div(
            facet("Ressenti", "ressenti", _RESSENTIS, numbers, "radios"),
            facet("Réponse du service", "reponse", _REPLIES, numbers, "radios", "Avec ou sans"),
            _days(),
            class_name="facets",
        ),
        rx.el.div(
            facet("Département", "departement", _DEPARTMENTS, numbers),
            facet("Région", "region", _REGIONS, numbers, any_label="Toutes"),
            _network(networks, numbers),
            facet("Moyen de contact", "canal", _CHANNELS, numbers),
            facet("Sujet", "theme", _TAGS, numbers),
            class_name="facets",
        ),
        ui.button("Voir les résultats", type="submit"),
        heading="h2",
        ident="filtres",
    )


def form(
    on_submit: Any, *, query: Any, order: Any, service: Any, networks: Any, numbers: Any
) -> rx.Component:
    """Make the search form: a GET form that a script turns into an event.

    Args:
        on_submit: event that takes the fields and leads to the address of the search.
        query: query of the address, « ? » included, that the fields show.
        order: order asked for, kept when the form is sent.
        service: code of the structure in use, kept as well.
        networks: Var of `OptionView`.
        numbers: Var of the numbers, by ``name=value``.
    """
    return SearchElement.create(
        rx.el.form(
            ui.search_bar(
                words.LIST, label="Que cherchez-vous ?", max_length=WORDS_MAX, bare=True, large=True
            ),
            hidden("tri", order),
            _filters(networks, numbers, service),
            action=words.LIST,
            method="get",
            on_submit=on_submit,
            role="search",
            class_name="stack",
        ),
        custom_attrs={"data-query": query},
    )


def told(*, numbers: Any, note: Any, chosen: Any, orders: Any, clear: Any) -> rx.Component:
    """Say how many were found, which filters are in use, and in which order they come."""
    return rx.el.div(
        ui.active_filters(chosen, clear=clear),
        rx.el.div(
            rx.el.p(rx.el.strong(numbers), class_name="found", role="status"),
            rx.cond(orders.length() > 0, _orders(orders), rx.fragment()),
            class_name="found-line",
        ),
        rx.cond(note != "", rx.el.p(note, class_name="fr-hint-text"), rx.fragment()),
        class_name="stack--tight",
    )


def _orders(orders: Any) -> rx.Component:
    def order(row: Any) -> rx.Component:
        current = {"aria-current": rx.cond(row.current, "true", "false")}
        return rx.el.li(rx.el.a(row.label, href=row.href, custom_attrs=current))

    return rx.el.ul(
        rx.foreach(orders, order),
        class_name="orders plain-list",
        custom_attrs={"aria-label": words.ORDER},
    )


def nothing(query: Any, clear: Any) -> rx.Component:
    """Say that nothing was found and what to try; or that nothing is published yet."""
    return rx.cond(
        query != "",
        ui.empty_state(*words.NOT_FOUND_HERE, ui.link_button(words.SEE_ALL, clear)),
        ui.empty_state(*words.NO_CARDS, ui.link_button(*words.SHARE, reload_document=True)),
    )
