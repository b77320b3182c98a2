"""What ends a process in order."""

import asyncio
import signal


def catch_signals() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM (Windows: ctrl-C or ctrl-break); after it they do what they do by default."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    names = ("SIGINT", "SIGTERM", "SIGBREAK")
    caught = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def stop(*_: object) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_DFL)
        loop.call_soon_threadsafe(stopped.set)

    for each in caught:
        signal.signal(each, stop)
    return stopped
