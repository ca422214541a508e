"""Granian, with the libraries of the application already imported: `python -m` this file.

Granian forks its worker process. One that replaces a dead one starts with what its parent has
imported, and answers in a fraction of the time that the imports take. Libraries only: they open
no file, no database and no thread. The application itself is imported by each worker.
"""

from __future__ import annotations

import importlib

from spplus_app.adapters.logs import formatter
from spplus_app.settings import settings

LIBRARIES = (
    *("reflex", "reflex.app", "reflex.state", "reflex.middleware", "socketio", "starlette.routing"),
    *("sqlalchemy.orm", "sqlalchemy.dialects.sqlite", "psycopg", "alembic.command"),
    "pydantic_settings",
    *("email_validator", "rapidfuzz", "segno", "argon2", "Stemmer", "htpy"),
    *("phonenumbers", "stdnum.iban", "stdnum.fr.nir", "cryptography.fernet"),
)


def main() -> None:
    """Import, then be granian, whose own lines are written like all others."""
    for name in LIBRARIES:
        importlib.import_module(name)
    from granian import log
    from granian.cli import entrypoint

    ours = {"()": lambda: formatter(settings().log_format)}
    console = {"formatter": "generic", "class": "logging.StreamHandler"}
    log.LOGGING_CONFIG |= {"formatters": {"generic": ours}, "handlers": {"console": console}}
    log.LOGGING_CONFIG["loggers"] = {"_granian": {"handlers": ["console"], "propagate": False}}
    entrypoint()


if __name__ == "__main__":
    main()
