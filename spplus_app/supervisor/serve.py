"""Granian, with the libraries of the application already imported: `python -m` this file.

Granian forks its worker process. One that replaces a dead one starts with what its parent has
imported, and answers in a fraction of the time that the imports take. Libraries only: they open
no file, no database and no thread. The application itself is imported by each worker.
"""

from __future__ import annotations

import importlib

LIBRARIES = (
    *("reflex", "reflex.app", "reflex.state", "reflex.middleware", "socketio", "starlette.routing"),
    *("sqlalchemy.orm", "sqlalchemy.dialects.sqlite", "psycopg", "alembic.command"),
    "pydantic_settings",
    *("email_validator", "rapidfuzz", "segno", "argon2", "Stemmer"),
)


def main() -> None:
    """Import, then be granian."""
    for name in LIBRARIES:
        importlib.import_module(name)
    from granian.cli import entrypoint

    entrypoint()


if __name__ == "__main__":
    main()
