"""How long things are kept: the values that jobs apply and that the privacy page shows.

Drafts have theirs in `drafts`.
"""

from __future__ import annotations

from datetime import timedelta

ADDRESS_KEPT_FOR = timedelta(days=365)
"""An author's address, after the last exchange (reference: security, retention to start from)."""
ORIGINAL_KEPT_FOR = timedelta(days=180)
"""The words masked in a text, sealed, for moderation to judge an appeal (starting setting)."""
FINGERPRINT_KEPT_FOR = timedelta(days=90)
"""The fingerprint of a narrative received, by which copies are found (starting setting)."""
RECEIPT_SHOWN_FOR = timedelta(hours=24)
"""How long the receipt can show the private link again."""
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)
"""A person with an account is signed out after this long without a gesture, and at most."""
SIGN_IN_KEPT_FOR = timedelta(days=1)
"""Traces of sign-in. Twice the longest session, and far more than a reset or a slowdown lasts."""
COUNTS_KEPT_FOR = timedelta(days=2)
"""Counters of gestures: the longest window, and the one before it."""
PROOF_KEPT_FOR = timedelta(days=1)
"""A spent proof, once it would no longer hold anyway."""
DONE_KEPT_FOR = timedelta(days=30)
"""How long a done job still answers « already written » to its key."""
FAILED_KEPT_FOR = timedelta(days=90)
"""How long a job that was given up stays in sight of the operator."""
REFUSED_KEPT_FOR = timedelta(days=365)
"""A text that is refused or withdrawn, after its last change (reference: security)."""
FOLLOWED_KEPT_FOR = timedelta(days=365)
"""What ties a browser to an experience (starting setting): the private link opens it again."""
VOTE_KEPT_FOR = timedelta(days=365)
"""Which browser gave its opinion (starting setting): the count stays."""
REPORT_KEPT_FOR = timedelta(days=365)
"""The words of a report and the browser it came from (starting setting): the decision stays."""
UPLOAD_KEPT_FOR = timedelta(days=2)
"""A file on its way whose form is not sent (starting setting)."""
DOCUMENT_KEPT_FOR = timedelta(days=180)
"""A document that is not published, and its files (reference: security, 6 months at most)."""
HOLDER_KEPT_FOR = timedelta(days=365)
"""What ties a browser to a document it sent (starting setting): the private link opens it again."""
MARK_KEPT_FOR = timedelta(days=90)
"""Marks that are not sent, after the last change (starting setting), as a draft."""
READER_KEPT_FOR = timedelta(days=365)
"""Which browser marked or looked (starting setting): marks that were sent, and counts, stay."""
