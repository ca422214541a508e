"""What a page that was left showed is not kept: a word masked since would come back with it.

A hydration sends every state, that of the pages left included.
"""

from __future__ import annotations

from collections.abc import Mapping

import reflex as rx

_pages: dict[str, frozenset[type[rx.State]]] = {}


def pages(table: Mapping[str, frozenset[type[rx.State]]]) -> None:
    """Say which states each page shows: its route, as in ``/suivi/[ident]``, and them."""
    _pages.clear()
    _pages.update(table)


def route(state: rx.State) -> str:
    """Return the route of the page that this state's browser shows."""
    return str(state.router.route_id)


async def forget(state: rx.State, before: str) -> None:
    """Empty what the page at route ``before`` showed and the one there is now does not."""
    now = _pages.get(route(state), frozenset())
    for shown in _pages.get(before, frozenset()) - now:
        (await state.get_state(shown)).reset()
