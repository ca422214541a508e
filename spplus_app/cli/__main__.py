"""``python -m spplus_app.cli`` is ``spplus``."""

from . import app

app(prog_name="spplus")
