"""What the demonstration writes beside its database stays in the folder of each test."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _apart(var: Path) -> None:
    assert not var.exists()
