"""Services Publics +: people tell what happened, administrations reply and improve."""
