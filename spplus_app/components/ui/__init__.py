"""The design system: plain functions that return components.

Each component takes literals or Vars, knows no State, and sets class names only: no inline style,
no script. Class names follow the vocabulary of the French State's design system, which people of
the field know; the stylesheet (`assets/spplus.css`), the icons and the typeface are our own.
`registry.py` holds an example of every component in every state; the gallery shows them.
"""

from .alerts import alert, connection_banner, demo_notice, live_regions, notice
from .buttons import (
    PlainForm,
    button,
    button_group,
    copy_button,
    get_form,
    link_button,
    post_form,
    print_button,
)
from .cards import card, tile
from .choices import (
    RESSENTIS,
    Option,
    checkbox,
    checkbox_group,
    radio_group,
    ressenti_group,
)
from .combobox import combobox
from .content import (
    callout,
    diff_view,
    empty_state,
    highlight,
    page_title,
    progress_text,
    quote,
    reply_block,
    summary_list,
    timeline,
    visually_hidden,
)
from .dialog import NativeDialog, dialog
from .errors import error_summary
from .fields import input_field, select_field, textarea_field
from .files import progress, upload
from .folding import accordion, accordion_group, tabs
from .footer import FOOTER_LINKS, footer
from .header import MENU, appearance, header
from .icons import PATHS, icon
from .labels import badge, ressenti_badge, status_badge, tag, tags
from .navigation import breadcrumb, on_this_page, pagination, skip_links, stepper
from .search import active_filters, facet, marked, marked_text, search_bar
from .shell import shell
from .slot import slot
from .tables import table, table_row, table_rows
from .toggle import toggle
from .tooltip import tooltip

__all__ = [
    "FOOTER_LINKS",
    "MENU",
    "PATHS",
    "RESSENTIS",
    "NativeDialog",
    "Option",
    "PlainForm",
    "accordion",
    "accordion_group",
    "active_filters",
    "alert",
    "appearance",
    "badge",
    "breadcrumb",
    "button",
    "button_group",
    "callout",
    "card",
    "checkbox",
    "checkbox_group",
    "combobox",
    "connection_banner",
    "copy_button",
    "demo_notice",
    "dialog",
    "diff_view",
    "empty_state",
    "error_summary",
    "facet",
    "footer",
    "get_form",
    "header",
    "highlight",
    "icon",
    "input_field",
    "link_button",
    "live_regions",
    "marked",
    "marked_text",
    "notice",
    "on_this_page",
    "page_title",
    "pagination",
    "post_form",
    "print_button",
    "progress",
    "progress_text",
    "quote",
    "radio_group",
    "reply_block",
    "ressenti_badge",
    "ressenti_group",
    "search_bar",
    "select_field",
    "shell",
    "skip_links",
    "slot",
    "status_badge",
    "stepper",
    "summary_list",
    "table",
    "table_row",
    "table_rows",
    "tabs",
    "tag",
    "tags",
    "textarea_field",
    "tile",
    "timeline",
    "toggle",
    "tooltip",
    "upload",
    "visually_hidden",
]
