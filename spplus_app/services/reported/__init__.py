"""Texts that may be reported, one class for each kind (`text.Reported`)."""
