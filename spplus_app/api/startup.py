"""What the web process prepares before anyone waits for it."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from ..persistence import reading
from ..services import structures

logger = logging.getLogger("spplus.startup")


async def warm() -> None:
    """Make the index of structures, beside the first requests rather than under one of them."""

    def make() -> int:
        with reading() as session:
            return structures.warm(session)

    try:
        count = await asyncio.to_thread(make)
    except SQLAlchemyError as error:
        # The first search makes it instead; the reason will show there.
        logger.warning("structures not indexed yet: %s", type(error).__name__)
        return
    logger.info("structures indexed: %d", count)
