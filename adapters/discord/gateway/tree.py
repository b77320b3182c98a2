"""Making the commands known to Discord: only when they have changed, since it takes 200 new ones a day."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from adapters.contract.adapter import Host

_KNOWN = "commands"
"""Under this name the hash is saved of what Discord knows."""

log = logging.getLogger(__name__)


async def make_known(tree: app_commands.CommandTree[Any], host: Host) -> None:
    """Sync the tree where its payload, with all translations, is another than the last one. A refusal is logged and
    tried again with the next client: buttons, forms and the commands that are known work without it.
    """
    wanted = f"{tree.client.application_id} {await hash_tree(tree)}"
    if await host.load(_KNOWN) == wanted:
        return
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.CommandSyncFailure) as error:
        log.warning("the commands could not be made known: status %s", getattr(error, "status", "?"))
        return
    await host.save(_KNOWN, wanted)


async def hash_tree(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of what `tree.sync()` would send."""
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    text = json.dumps(sorted(payloads, key=lambda payload: (payload["name"], payload["type"])), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
