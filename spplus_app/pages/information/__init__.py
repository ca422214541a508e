"""What the site says of itself: one module a page, honest and short.

What depends on the operator comes from the settings, at build; what is not given is said so.
"""

from .accessibility import accessibility
from .contact import contact
from .cookies import cookies
from .help import help_page
from .legal import legal
from .not_found import not_found
from .privacy import privacy
from .site_map import site_map

__all__ = [
    "accessibility",
    "contact",
    "cookies",
    "help_page",
    "legal",
    "not_found",
    "privacy",
    "site_map",
]
