"""The custom elements that `assets/spplus.js` brings to life.

Each is a plain tag for the framework: without its script the content inside stays usable.
"""

from __future__ import annotations

import reflex as rx


class _Element(rx.Component):
    """A custom element: known to the browser by its tag, imported from nowhere."""

    # The alias is the element's name; the tag also names generated code, where « - » cannot stand.
    _is_tag_in_global_scope = True


class CounterElement(_Element):
    """`<spplus-counter data-for data-max>`: says how many characters remain in a field."""

    tag = "SpplusCounter"
    alias = "spplus-counter"


class ComboboxElement(_Element):
    """`<spplus-combobox data-src>`: searches while one types, and lists what was found."""

    tag = "SpplusCombobox"
    alias = "spplus-combobox"


class DialogElement(_Element):
    """`<spplus-dialog data-open>`: opens and closes the dialog inside from the state."""

    tag = "SpplusDialog"
    alias = "spplus-dialog"


class OfflineElement(_Element):
    """`<spplus-offline data-said>`: says so while the browser knows of no network.

    Its content is never React's: it may come before React has adopted the page.
    """

    tag = "SpplusOffline"
    alias = "spplus-offline"

    dangerouslySetInnerHTML: rx.Var[dict[str, str]]  # noqa: N815 - React's own name
    suppress_hydration_warning: rx.Var[bool]


class ErrorsElement(_Element):
    """`<spplus-errors data-attempt>`: takes the focus when it appears or when a try fails."""

    tag = "SpplusErrors"
    alias = "spplus-errors"


class ThemeElement(_Element):
    """`<spplus-theme>`: keeps the choice light, dark or system."""

    tag = "SpplusTheme"
    alias = "spplus-theme"


class TabsElement(_Element):
    """`<spplus-tabs>`: turns a list of links and its sections into tabs."""

    tag = "SpplusTabs"
    alias = "spplus-tabs"


class UploadElement(_Element):
    """`<spplus-upload data-max>`: lists the files chosen, and says which are too heavy."""

    tag = "SpplusUpload"
    alias = "spplus-upload"
