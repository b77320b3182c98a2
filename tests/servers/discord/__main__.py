"""The loopback Discord: `python -m tests.servers.discord [--spec FILE] [--port PORT]`.

It prints one JSON line with its URL when it is ready and ends when its standard input does. Bots find the API under
/api/v10 and the gateway under /gateway; tests find their control API under /control (`control.py`).
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from aiohttp import web

from tests.servers.discord import control
from tests.servers.discord.acts import breaking, clock, making, moderating, people, using, watching
from tests.servers.discord.requests import Desk
from tests.servers.discord.routes import channels, commands, guilds, interactions, messages, polls, users
from tests.servers.discord.spec import Spec
from tests.servers.discord.state import Loopback

ACTS = (breaking, clock, making, moderating, people, using, watching)
ROUTES = (channels, commands, guilds, interactions, messages, polls, users)
"""Importing them registered what they serve."""


async def serve(spec: Spec, port: int) -> None:
    """Until standard input ends."""
    state = Loopback(spec)
    application = web.Application(client_max_size=64 * 2**20)
    application.router.add_post("/control/{act}", lambda request: control.handle(state, request))
    application.router.add_get("/gateway", state.gateway.handle)
    application.router.add_get("/gateway/", state.gateway.handle)
    application.router.add_get("/gateway/{application_id}", state.gateway.handle)
    application.router.add_get("/attachments/{channel}/{attachment}/{name}", lambda request: download(state, request))
    Desk(state).serve(application.router)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, keepalive_timeout=3600)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    host, port = runner.addresses[0][:2]
    state.base = f"http://{host}:{port}"
    print(json.dumps({"url": state.base, "validates": spec.is_there}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


async def download(state: Loopback, request: web.Request) -> web.Response:
    """An attachment, as the CDN gives it."""
    wanted = request.match_info["attachment"]
    channel = state.world.channels.get(request.match_info["channel"])
    for message in channel.messages.values() if channel else ():
        for attachment in message.attachments:
            if attachment.id == wanted:
                return web.Response(body=attachment.content, headers={"Content-Type": attachment.content_type})
    return web.Response(status=404)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.discord", description="A Discord on loopback.")
    parser.add_argument("--spec", type=Path, help="Discord's OpenAPI file; without it nothing is validated")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; a free one by default")
    options = parser.parse_args()
    asyncio.run(serve(Spec(options.spec), options.port))


if __name__ == "__main__":
    main()
