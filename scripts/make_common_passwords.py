"""Make `spplus_app/lexicons/common_passwords.txt` from the PyPI package zxcvbn (MIT).

Run: ``pip install zxcvbn==4.5.0 && python scripts/make_common_passwords.py``.
"""

from __future__ import annotations

from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-not-found]

from spplus_app.domain.passwords import PASSWORD_MIN
from spplus_app.domain.text import fold

TARGET = Path(__file__).parent.parent / "spplus_app/lexicons/common_passwords.txt"
HEADER = """\
# Common passwords of 12 characters and more, folded. Source: PyPI zxcvbn 4.5.0 (MIT), list
# « passwords », 2026-11-24, and a few French ones. Made by scripts/make_common_passwords.py.
"""
FRENCH = (
    "azertyuiop12",
    "azertyuiop123",
    "azertyuiopqs",
    "azertyuiopqsdfghjklm",
    "motdepasse12",
    "motdepasse123",
    "motdepasse1234",
    "monmotdepasse",
    "servicepublic",
    "servicespublics",
    "administration",
    "bonjourbonjour",
    "jetaimejetaime",
    "123456789012",
    "1234567890123",
)


def main() -> None:
    """Write the list."""
    listed = {fold(word) for word in FREQUENCY_LISTS["passwords"]}
    long = {word for word in listed if len(word) >= PASSWORD_MIN}
    words = sorted(long | set(FRENCH))
    TARGET.write_text(HEADER + "\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
