"""How much of a document is accepted; alone, for a reader to begin in no time."""

from __future__ import annotations

BYTES_MAX = 20 * 1024 * 1024
"""Largest file, in bytes: 20 MB (reference: security, Files)."""
PAGES_MAX = 60
"""Most pages of one document (reference: security, Files)."""
PHOTOS_MAX = 10
"""Most photos of one deposit (reference: security, Files)."""
CHARACTERS_MAX = 200_000
"""Most characters of a document's blocks, in code points (reference: security, Files)."""
PHOTO_PIXELS_MAX = 120_000_000
"""Largest photo that is decoded at all, reduced (reference: security, Files)."""
PHOTO_PIXELS_KEPT = 25_000_000
"""Largest photo stored (reference: security, Files)."""
