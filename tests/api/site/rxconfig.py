import os

import reflex as rx

config = rx.Config(
    app_name="small",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    cors_allowed_origins=[os.environ["PUBLIC_URL"]],
    api_url=os.environ["PUBLIC_URL"],
    state_manager_mode="memory",
    disable_plugins=["reflex.plugins.sitemap.SitemapPlugin"],
)
