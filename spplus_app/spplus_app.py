"""Composition root: the application, its pages, the outer layer. No logic."""

from __future__ import annotations

import reflex as rx
from reflex.event import EventSpec

from . import routes
from .adapters.logs import configure_logging
from .api import startup
from .api.outer import outer_layer
from .pages import head, information
from .settings import settings
from .states import live, registry
from .states.session import SessionState


def _fault(exception: Exception) -> EventSpec | None:
    """Write the fault down for us, and say to the person that nothing they typed is lost."""
    registry.backend_exception_handler(exception)
    return SessionState.tell_fault()


configure_logging(settings().log_format)

app = rx.App(
    html_lang="fr",
    reset_style=False,
    toaster=None,
    head_components=head.head(),
    app_wraps={},
    backend_exception_handler=_fault,
    frontend_exception_handler=registry.frontend_exception_handler,
    api_transformer=outer_layer(
        acting_paths=routes.acting_paths(),
        private_paths=routes.private_paths(),
        page_paths=routes.page_paths(),
        public_paths=routes.public_paths(),
    ),
)
routes.add_to(app)
app.add_page(information.not_found, route="404", title=f"Page introuvable – {routes.SITE}")
registry.guard(app)
app.register_lifespan_task(live.lifespan(app))
app.register_lifespan_task(startup.warm)
