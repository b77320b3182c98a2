"""A notice on the desktop of this machine, by the program that the system has for it; nothing is installed."""

import asyncio
import os
import sys
from contextlib import suppress

from adapters.contract.errors import Rejected, Uncertain

SECONDS = 20.0
_TEXT = "PULLQUOTE_NOTICE"
_TOAST = f"""
$kind = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$toast = $kind::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$lines = $toast.GetElementsByTagName('text')
$null = $lines.Item(0).AppendChild($toast.CreateTextNode('pullquote'))
$null = $lines.Item(1).AppendChild($toast.CreateTextNode($env:{_TEXT}))
$kind::CreateToastNotifier('pullquote').Show([Windows.UI.Notifications.ToastNotification]::new($toast))
"""
_SCRIPT = ("on run words", 'display notification (item 1 of words) with title "pullquote"', "end run")


def _write_command(text: str) -> list[str]:
    match sys.platform:
        case "darwin":
            return ["osascript", *(word for line in _SCRIPT for word in ("-e", line)), text]
        case "win32":
            return ["powershell", "-NoProfile", "-NonInteractive", "-Command", _TOAST]
        case _:
            return ["notify-send", "--app-name=pullquote", "--", "pullquote", text]


async def show_notice(text: str) -> None:
    """Show it. The text is one word of the command, or stands in the environment: no program reads it as code.

    Raises Rejected where it cannot be shown here, Uncertain where the program does not end.
    """
    command = _write_command(text)
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | {_TEXT: text},
        )
    except OSError:
        raise Rejected(
            f"{command[0]}, which shows notices on the desktop, is not installed: set it up, or take desktop out of "
            "[notices]"
        ) from None
    try:
        async with asyncio.timeout(SECONDS):
            code = await process.wait()
    except TimeoutError:
        raise Uncertain(f"{command[0]} did not end within {SECONDS:.0f} s; the notice may have been shown") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if code:
        raise Rejected(f"{command[0]} failed with exit code {code}: is there a desktop where pullquote runs?")
