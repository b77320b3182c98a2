"""The loopback X as a process: `python -m tests.servers.x --log FILE`.

It prints one line of JSON when it is ready (its URL, and whether X's OpenAPI file is there to validate with), and ends
when its standard input does.
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from aiohttp import web

from tests.servers.x.control import Control
from tests.servers.x.gate import add_routes
from tests.servers.x.schema import load_spec
from tests.servers.x.site import Site


async def serve(site: Site, port: int) -> None:
    """Until standard input ends."""
    application = web.Application(client_max_size=64 << 20)
    application.router.add_post("/control/{name}", Control(site).answer)
    add_routes(application, site)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    host, bound = runner.addresses[0][:2]
    print(json.dumps({"url": f"http://{host}:{bound}", "validates": site.spec is not None}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.x")
    parser.add_argument("--log", type=Path, required=True, help="file to which each visible change is written")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; a free one by default")
    options = parser.parse_args()
    with options.log.open("w+", encoding="utf-8") as file:
        asyncio.run(serve(Site(file, load_spec()), options.port))


if __name__ == "__main__":
    main()
