"""The custom elements that `assets/spplus.js` brings to life.

Each is a plain tag for the framework: without its script the content inside stays usable.
"""

from __future__ import annotations

import reflex as rx


class _Element(rx.Component):
    """A custom element: known to the browser by its tag, imported from nowhere."""

    _is_tag_in_global_scope = True


class CounterElement(_Element):
    """`<spplus-counter data-for data-max>`: says how many characters remain in a field."""

    tag = "spplus-counter"


class ComboboxElement(_Element):
    """`<spplus-combobox data-src>`: searches while one types, and lists what was found."""

    tag = "spplus-combobox"


class DialogElement(_Element):
    """`<spplus-dialog data-open>`: opens and closes the dialog inside from the state."""

    tag = "spplus-dialog"


class ErrorsElement(_Element):
    """`<spplus-errors data-attempt>`: takes the focus when it appears or when a try fails."""

    tag = "spplus-errors"


class ThemeElement(_Element):
    """`<spplus-theme>`: keeps the choice light, dark or system."""

    tag = "spplus-theme"
