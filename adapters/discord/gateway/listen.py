"""Listening: one connected client after the other, each built anew.

discord.py reconnects by itself where a connection that stood breaks. It gives up where the first connection fails
(its issue 10520) and where one event is not as it expects; its client is then spent. So a client lives in
`_run_client`, whatever ends it is looked at here, and the next one is new. Events in the gap between two clients are
not given again: every READY and RESUMED asks for a collection, which reads on from the marks.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.checks import describe_failure
from adapters.contract.errors import Unauthorized, Unavailable
from adapters.contract.reading import WatchedPost
from adapters.discord.gateway.client import ListeningClient
from adapters.discord.settings import DiscordSettings
from adapters.discord.wire import Install, Wire
from adapters.proxies import find_proxy

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before the next client, after so many short lives in a row. Then the supervisor outside takes longer ones:
Discord resets the token of a bot that identifies more than 1,000 times a day."""
STEADY = 300.0
"""Seconds after which a life is no short one."""
SILENCE = 50.0
"""Seconds without any word from the gateway, after which the connection is taken for dead. It answers a heartbeat every
41.25 s; closing may take discord.py another 30 s: so a half-open socket is left within two heartbeats."""

LONGEST_WAIT = 20.0
"""Seconds that an end waits for what is in hand."""

_IN_HAND = ("discord.py: on_", "discord-ui-", "CommandTree-invoker")
"""How discord.py names its tasks of events, of buttons and of commands."""
_TOKEN_REFUSED = 4004
_INTENTS_REFUSED = frozenset({4013, 4014})

log = logging.getLogger(__name__)


async def listen(
    settings: DiscordSettings,
    wire: Wire,
    watched: Callable[[], Sequence[WatchedPost]],
    install: Install | None,
    *,
    silence: float = SILENCE,
    pauses: Sequence[float] = PAUSES,
) -> None:
    """Listen until cancelled. watched: the posts of the last collection. silence, pauses: as above.

    Raises Unauthorized, for good: the token was refused, or the intents are not switched on. Raises Unavailable after
    several short lives in a row.
    """
    Route.BASE = settings.api  # both are module-wide in discord.py
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)
    failures = 0
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        client = ListeningClient(wire, watched, install, silence=silence, proxy=find_proxy(settings.gateway))
        try:
            await _run_client(client, settings)
            reason = "the gateway said goodbye"
        except Unauthorized:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it was, the client is spent
            reason = describe(error)
            if (refusal := find_refusal(error)) is not None:
                raise Unauthorized(refusal) from None
        failures = 1 if loop.time() - began > STEADY else failures + 1
        if failures > len(pauses):
            raise Unavailable(f"listening ended {failures} times in a row, at last because {reason}")
        log.warning("listening ended: %s; again in %.0f s", reason, pauses[failures - 1])
        await asyncio.sleep(pauses[failures - 1])


async def _run_client(client: ListeningClient, settings: DiscordSettings) -> None:
    """One client from its login to its end. What was pressed before it is finished while there is a session to answer
    through and a store to write to: both close next.
    """
    async with client:
        try:
            await client.start(settings.token.get_secret_value())
        finally:
            client.stop_hearing()
            await _finish_what_is_in_hand()


async def _finish_what_is_in_hand() -> None:
    tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith(_IN_HAND)]
    if tasks:
        await asyncio.wait(tasks, timeout=LONGEST_WAIT)


def find_refusal(error: Exception) -> str | None:
    """What a person has to mend before listening can go on, None where trying again may help."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == _TOKEN_REFUSED:
        return "Discord refuses the token: reset it in the developer portal, page Bot, and put the new one in its place"
    if isinstance(error, discord.PrivilegedIntentsRequired) or code in _INTENTS_REFUSED:
        return (
            "the Message Content Intent is not switched on: switch it on in the developer portal, page Bot, or set "
            "message_content = false"
        )
    return None


def describe(error: Exception) -> str:
    """One line without a secret: discord.py's errors hold addresses and bodies, which are left out."""
    if isinstance(error, discord.HTTPException):
        return f"Discord answered with status {error.status}"
    if isinstance(error, discord.ConnectionClosed):
        return f"the gateway closed the connection with code {error.code}"
    if isinstance(error, aiohttp.ClientError | OSError | TimeoutError):
        return f"Discord cannot be reached: {describe_failure(error)}"
    return f"an event could not be read ({type(error).__name__})"
