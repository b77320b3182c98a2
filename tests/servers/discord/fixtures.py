"""One Discord for all tests of a process (`discord_server` in tests/conftest.py); each test has a bot and a guild of its own, and the clock anew."""

import os

import pytest

from tests.servers.discord.network import START, USUAL_LIMITS, ServerClock, find_spec


@pytest.fixture
def discord(discord_server):
    """The server. Its time stands still at Monday 2026-11-16 08:00 UTC until a test moves it (`clock`)."""
    discord_server.set_time(START)
    discord_server.set_limits(**USUAL_LIMITS)
    with discord_server.reached_by_discord_py():
        yield discord_server


@pytest.fixture
def clock(discord):
    """One time for pullquote and for Discord, moved by hand."""
    return ServerClock(discord, START)


@pytest.fixture
def application(discord):
    """The bot under test, without privileged intents. What it and the server said must keep Discord's own rules."""
    application = discord.add_application()
    yield application
    problems = application.problems()
    application.remove()
    assert problems == []


@pytest.fixture
def guild(discord, application):
    """Where the bot is a member with the least permissions."""
    return discord.add_guild(application)


@pytest.fixture
def ada(guild):
    return guild.add_member("ada", display_name="Ada Lovelace")


@pytest.fixture
def grace(guild):
    return guild.add_member("grace", display_name="Grace Hopper")


@pytest.fixture
def alan(guild):
    return guild.add_member("alan", display_name="Alan Turing")


@pytest.fixture
def spec():
    """Discord's OpenAPI file, where this machine has it."""
    path = find_spec()
    if path is None:
        reason = "../shared/specs/discord-openapi.json is not here"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return path
