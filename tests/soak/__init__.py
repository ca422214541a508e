"""Figures of the heavy tests at full count, written under docs/ by `make soak`."""
