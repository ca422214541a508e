"""The first answer of a public page: readable before, or without, any script (ADR 7)."""

from .layer import first_paint

__all__ = ["first_paint"]
