"""The register of treatments: what is kept of people, why, for how long, and what deletes it.

The page on personal data shows it; `NOT_PERSONAL` names the tables that hold nothing of anyone.
Each retention is one of `retention` or `drafts`, applied by a scheduled job (`jobs.SCHEDULED`).
"""

from __future__ import annotations

from .citizens import CITIZENS
from .documents import DOCUMENTS
from .house import HOUSE
from .treatment import Kept, Treatment

__all__ = ["NOT_PERSONAL", "TREATMENTS", "Kept", "Treatment"]

TREATMENTS = CITIZENS + DOCUMENTS + HOUSE

NOT_PERSONAL: dict[str, str] = {
    "structure": "the public directory of services",
    "network": "the public directory of services",
    "typology": "the public directory of services",
    "structure_count": "how many experiences a service received",
    "commitment": "the commitments of the programme",
    "figure": "counts of the whole site",
    "revision": "a number for each page that changed",
    "heartbeat": "when the worker was last seen",
    "deletion": "how many rows each deletion took",
    "moderation_reason": "the reasons that moderation may give",
    "sentence_heat": "counts of public marks",
}
"""Table → what it holds instead of anyone's data."""
