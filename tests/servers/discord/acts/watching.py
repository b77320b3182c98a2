"""What tests read and wait for."""

from typing import Any

from tests.servers.discord.control import act, find_application, find_channel, find_guild
from tests.servers.discord.interactions import Interaction
from tests.servers.discord.state import Call
from tests.servers.discord.world import JSON, LOADING, Message


@act
def messages(state: Any, channel: str) -> list[JSON]:
    return [state.show(message) for message in find_channel(state, channel).in_order()]


@act
def message(state: Any, channel: str, message: str) -> JSON | None:
    found = state.world.message(channel, message)
    return None if found is None else state.show(found)


@act
def files(state: Any, channel: str, message: str) -> list[JSON]:
    found = state.world.message(channel, message)
    return [{"name": file.name, "content": file.content.hex()} for file in found.attachments]


@act
def threads(state: Any, channel: str) -> list[JSON]:
    there = find_channel(state, channel)
    found = find_guild(state, there.guild_id).threads(channel)
    return [{"id": thread.id, "guild_id": thread.guild_id, "name": thread.name} for thread in found]


@act
def exists(state: Any, channel: str) -> bool:
    return channel in state.world.channels


@act
async def next_message(state: Any, channel: str, after: str, timeout: float) -> JSON | None:
    def look() -> JSON | None:
        there = state.world.channels[channel].in_order()
        found = next((message for message in there if int(message.id) > int(after)), None)
        return None if found is None else state.show(found)

    return await state.wait(look, timeout)


# ---------------------------------------------------------------- interactions


@act
async def acknowledged(state: Any, interaction: str, timeout: float) -> JSON | None:
    begun = state.interactions[interaction]
    return await state.wait(lambda: {"type": begun.callback} if begun.callback else None, timeout)


@act
async def response(state: Any, interaction: str, timeout: float) -> JSON | None:
    """The first message that is shown for it and no longer loading."""
    begun = state.interactions[interaction]

    def look() -> JSON | None:
        ready = [found for found in _shown(state, begun) if not found.flags & LOADING]
        return state.show(ready[0]) if ready else None

    return await state.wait(look, timeout)


@act
async def modal(state: Any, interaction: str, timeout: float) -> JSON | None:
    begun = state.interactions[interaction]
    return await state.wait(lambda: begun.modal, timeout)


@act
async def choices(state: Any, interaction: str, timeout: float) -> list[JSON] | None:
    begun = state.interactions[interaction]
    return await state.wait(lambda: begun.choices, timeout)


@act
async def updated(state: Any, interaction: str, timeout: float) -> JSON | None:
    begun = state.interactions[interaction]
    return await state.wait(lambda: state.show(begun.on) if begun.updated and begun.on else None, timeout)


@act
async def settled(state: Any, interaction: str, timeout: float) -> JSON | None:
    """Acknowledged, and filled where it was deferred with a message."""
    begun = state.interactions[interaction]

    def look() -> JSON | None:
        loading = any(found.flags & LOADING for found in _shown(state, begun))
        return {"type": begun.callback} if begun.callback and not loading else None

    return await state.wait(look, timeout)


@act
def token(state: Any, interaction: str) -> str:
    """For tests that speak plain HTTP."""
    return state.interactions[interaction].token


@act
def shown(state: Any, interaction: str) -> list[JSON]:
    return [state.show(found) for found in _shown(state, state.interactions[interaction])]


@act
def failed(state: Any, interaction: str) -> bool:
    begun = state.interactions[interaction]
    return not begun.callback and state.now() - begun.at > state.limits.acknowledge


@act
def acknowledged_after(state: Any, interaction: str) -> float | None:
    return state.interactions[interaction].acknowledged_after


def _shown(state: Any, interaction: Interaction) -> list[Message]:
    found = [state.world.message(interaction.channel.id, id_) for id_ in interaction.followups]
    return [message for message in found if message is not None]


# ---------------------------------------------------------------- what a bot did


def _calls(state: Any, application: str, route: str) -> list[JSON]:
    return [
        _show_call(call) for call in state.calls if call.application_id == application and route in {"", call.route}
    ]


def _show_call(call: Call) -> JSON:
    return {key: value for key, value in vars(call).items() if key != "application_id"}


@act
def calls(state: Any, application: str, route: str) -> list[JSON]:
    return _calls(state, application, route)


@act
async def called(state: Any, application: str, route: str, times: int, timeout: float) -> list[JSON] | None:
    def look() -> list[JSON] | None:
        found = [call for call in _calls(state, application, route) if call["status"]]
        return found if len(found) >= times else None

    return await state.wait(look, timeout)


@act
def forget_calls(state: Any, application: str) -> None:
    state.calls = [call for call in state.calls if call.application_id != application]


@act
def commands(state: Any, application: str, guild: str) -> list[JSON]:
    return list(find_application(state, application).commands.get(guild, {}).values())


@act
def problems(state: Any, application: str) -> list[str]:
    """Of one application, or of all and of nobody's."""
    if application:
        return state.problems[application]
    return [problem for found in state.problems.values() for problem in found]


@act
def forget_problems(state: Any, application: str) -> None:
    state.problems.pop(application, None)


@act
def visible(state: Any) -> list[JSON]:
    return state.visible
