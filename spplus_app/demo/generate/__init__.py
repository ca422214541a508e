"""Experiences made for benchmarks: French one can read, seeded, in any number."""
