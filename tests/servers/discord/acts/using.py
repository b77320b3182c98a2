"""People use a bot: commands, buttons, menus, forms."""

from typing import Any

from tests.servers.discord import commands, components, interactions, permissions
from tests.servers.discord.control import act, find_channel, find_guild, find_member, find_message, find_user, require
from tests.servers.discord.errors import Refused
from tests.servers.discord.interactions import Interaction
from tests.servers.discord.show import show_channel, show_member, show_role, show_user
from tests.servers.discord.world import JSON, Application, Channel, Message


def _offered(
    state: Any, person: str, channel: str, name: str, kind: int, *, overrule: bool
) -> tuple[Channel, Application, JSON]:
    """The command that a person is offered in a channel. Raises Refused."""
    there = find_channel(state, channel)
    require(state, person, there, "view_channel")
    guild = find_guild(state, there.guild_id)
    member = find_member(state, guild, person)
    application, command = commands.find(state, guild, name, kind)
    if not overrule:
        bits = permissions.compute(guild, member, there, state.now())
        commands.check_offered(state, guild, member, command, bits)
    return there, application, command


@act
def command(state: Any, person: str, channel: str, command: str, options: JSON, *, overrule: bool) -> JSON:
    """Use a slash command."""
    name, *path = command.split()
    there, application, found = _offered(state, person, channel, name, commands.CHAT, overrule=overrule)
    data = commands.fill_in(state, find_guild(state, there.guild_id), found, path, options)
    return _begin(state, application, interactions.COMMAND, data, there, person)


@act
def type_(
    state: Any, person: str, channel: str, command: str, focused: str, text: str, options: JSON, *, overrule: bool
) -> JSON:
    """Type into an option with autocomplete."""
    name, *path = command.split()
    there, application, found = _offered(state, person, channel, name, commands.CHAT, overrule=overrule)
    guild = find_guild(state, there.guild_id)
    data = commands.fill_in(state, guild, found, path, options | {focused: text}, focused)
    return _begin(state, application, interactions.AUTOCOMPLETE, data, there, person)


@act
def use_on(state: Any, person: str, channel: str, message: str, command: str, *, overrule: bool) -> JSON:
    """Use a message command."""
    there, application, found = _offered(state, person, channel, command, commands.MESSAGE, overrule=overrule)
    target = find_message(state, person, channel, message)
    shown = state.show(target, application, reads_content=True)
    data: JSON = {
        "id": found["id"],
        "name": found["name"],
        "type": found["type"],
        "target_id": target.id,
        "resolved": {"messages": {target.id: shown}},
    }
    if "guild_id" in found:
        data["guild_id"] = found["guild_id"]
    return _begin(state, application, interactions.COMMAND, data, there, person)


@act
def press(state: Any, person: str, channel: str, message: str, custom_id: str) -> JSON:
    """Press a button."""
    found, application = _usable(state, person, channel, message)
    button = _enabled(found, custom_id)
    if button["type"] != components.BUTTON:
        raise Refused(f"{custom_id!r} is no button")
    data = {"custom_id": custom_id, "component_type": components.BUTTON, "id": button["id"]}
    return _begin(state, application, interactions.COMPONENT, data, find_channel(state, channel), person, on=found)


@act
def select(state: Any, person: str, channel: str, message: str, custom_id: str, values: list[str]) -> JSON:
    """Choose in a menu."""
    found, application = _usable(state, person, channel, message)
    menu = _enabled(found, custom_id)
    offered = [option["value"] for option in menu.get("options", [])]
    if menu["type"] not in components.MENUS or (offered and set(values) - set(offered)):
        raise Refused(f"{custom_id!r} does not offer {values}, but {offered}")
    if not menu["min_values"] <= len(values) <= menu["max_values"]:
        raise Refused(f"{custom_id!r} takes {menu['min_values']} to {menu['max_values']} choices")
    data: JSON = {"custom_id": custom_id, "component_type": menu["type"], "values": values, "id": menu["id"]}
    there = find_channel(state, channel)
    if not offered:
        data["resolved"] = _resolve(state, there.guild_id, values)
    return _begin(state, application, interactions.COMPONENT, data, there, person, on=found)


@act
def submit(state: Any, person: str, interaction: str, values: JSON) -> JSON:
    """Send the form that an interaction opened."""
    opened = state.interactions[interaction]
    if opened.modal is None or opened.user.id != person:
        raise Refused("no form is open")
    if opened.modal_taken:
        raise Refused("the form was sent already")
    filled = components.fill_in(opened.modal["components"], values)
    opened.modal_taken = True
    data = {"custom_id": opened.modal["custom_id"], "components": filled}
    return _begin(
        state, opened.application, interactions.SUBMIT, data, opened.channel, person, on=opened.on, opened_by=opened
    )


@act
def repeat(state: Any, interaction: str) -> None:
    """Deliver it once more."""
    interactions.dispatch(state, state.interactions[interaction])


def _usable(state: Any, person: str, channel: str, message: str) -> tuple[Message, Application]:
    """A message whose buttons this person can use, and whose they are. Raises Refused."""
    found = find_message(state, person, channel, message)
    guild = find_guild(state, find_channel(state, channel).guild_id)
    member = find_member(state, guild, person)
    if member.timed_out_until is not None and member.timed_out_until > state.now():
        raise Refused(f"{member.user.name} is timed out")
    application = state.world.by_bot(found.author.id)
    if application is None:
        raise Refused("that message is not of a bot")
    return found, application


def _enabled(message: Message, custom_id: str) -> JSON:
    found = components.find(message.components, custom_id)
    if found is None:
        ids = [part["custom_id"] for part in components.walk(message.components) if "custom_id" in part]
        raise Refused(f"the message has no {custom_id!r}, but {ids}")
    if found.get("disabled"):
        raise Refused(f"{custom_id!r} is disabled")
    return found


def _resolve(state: Any, guild_id: str, ids: list[str]) -> JSON:
    guild = find_guild(state, guild_id)
    resolved: JSON = {}
    for id_ in ids:
        if id_ in guild.members:
            resolved.setdefault("users", {})[id_] = show_user(state.world.users[id_])
            shown = show_member(guild.members[id_], with_user=False) | {"permissions": "0"}
            resolved.setdefault("members", {})[id_] = shown
        elif id_ in guild.roles:
            resolved.setdefault("roles", {})[id_] = show_role(guild.roles[id_])
        else:
            shown = show_channel(guild.channels[id_], state.world) | {"permissions": "0"}
            resolved.setdefault("channels", {})[id_] = shown
    return resolved


def _begin(
    state: Any,
    application: Application,
    kind: int,
    data: JSON,
    channel: Channel,
    person: str,
    *,
    on: Message | None = None,
    opened_by: Interaction | None = None,
) -> JSON:
    user = find_user(state, person)
    begun = interactions.begin(state, application, kind, data, channel, user, on=on, opened_by=opened_by)
    return {"id": begun.id}
