"""Adapters with settings of their own, and what a bot would keep of them."""

import pytest

from adapters.x import platform


@pytest.fixture
async def open_adapter(network, asker, host):
    """Open an adapter of `asker` with other settings."""
    opened = []

    async def open_adapter(**changes):
        settings = platform.settings.model_validate(network.settings(asker, **changes))
        adapter = platform.connect(settings, host)
        opened.append(adapter)
        return await adapter.__aenter__()

    yield open_adapter
    for adapter in opened:
        await adapter.__aexit__(None, None, None)
