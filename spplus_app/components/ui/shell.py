"""The frame of every page: landmarks in their order, one main content."""

from __future__ import annotations

import reflex as rx

from .alerts import demo_notice, live_regions
from .footer import footer as default_footer
from .header import header as default_header
from .navigation import skip_links


def shell(
    *children: rx.Component,
    header: rx.Component | None = None,
    footer: rx.Component | None = None,
    breadcrumb: rx.Component | None = None,
    banner: rx.Component | None = None,
    demo: bool = True,
    wide: bool = False,
) -> rx.Component:
    """Frame a page: skip links, demonstration line, header, trail, `main`, footer, live regions.

    Args:
        *children: content of `main`.
        header: another header than the default one.
        footer: another footer than the default one.
        breadcrumb: the trail, on every page but home.
        banner: a banner under the header (lost connection).
        demo: say that the site is not an official one.
        wide: `main` has no container of its own: the page makes its own bands.
    """
    main_class = "page page--wide" if wide else "page fr-container"
    return rx.el.div(
        skip_links(),
        *([demo_notice()] if demo else []),
        header if header is not None else default_header(),
        *([banner] if banner is not None else []),
        *([rx.el.div(breadcrumb, class_name="fr-container")] if breadcrumb is not None else []),
        rx.el.main(
            *children, class_name=main_class, custom_attrs={"id": "contenu", "tabIndex": -1}
        ),
        footer if footer is not None else default_footer(),
        live_regions(),
        class_name="site",
    )
