"""Reflex settings: name, plugins, ports; no logic."""

import os

import reflex as rx

_url = os.environ.get("PUBLIC_URL", "http://localhost:3000").rstrip("/")

config = rx.Config(
    app_name="spplus_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    cors_allowed_origins=[_url],
    # The browser reaches everything on the site's own origin: one port, one address.
    api_url=_url,
    deploy_url=_url,
    # Every page is rebuilt from its URL and the database: nothing a state holds reaches a disk.
    state_manager_mode="memory",
    disable_plugins=[rx.plugins.SitemapPlugin],
)
