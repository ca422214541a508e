"""Pieces of screen: they take Vars and know no State; `ui` is the design system."""
