"""What goes wrong, and the gateway of a bot."""

from typing import Any

from tests.servers.discord.control import act, find_application
from tests.servers.discord.faults import Failure


@act
def fail(state: Any, application: str, **told: Any) -> None:
    state.faults.failures[application].append(Failure(**told))


@act
def mend(state: Any, application: str) -> None:
    state.faults.mend(application)
    state.gateway.refusals.clear()


@act
def cut_off(state: Any, application: str) -> None:
    state.faults.cut_off.add(application)
    state.gateway.cut(application)


@act
def revoke_token(state: Any, application: str) -> None:
    find_application(state, application).revoked = True
    state.gateway.close(application, 4004, resumable=False)


@act
def allow_message_content(state: Any, application: str, *, allowed: bool) -> None:
    find_application(state, application).message_content = allowed


@act
def allow_members(state: Any, application: str, *, allowed: bool) -> None:
    find_application(state, application).members = allowed


@act
def sessions(state: Any, application: str) -> int:
    return len(state.gateway.connected(application))


@act
def gateway_log(state: Any, application: str) -> list[str]:
    return state.gateway.log[application]


@act
async def ready(state: Any, application: str, sessions: int, timeout: float) -> bool | None:
    def look() -> bool | None:
        return len(state.gateway.connected(application)) >= sessions or None

    return await state.wait(look, timeout)


@act
def close_gateway(state: Any, application: str, code: int, *, resumable: bool) -> None:
    state.gateway.close(application, code, resumable=resumable)


@act
def ask_reconnect(state: Any, application: str) -> None:
    state.gateway.say(application, {"op": 7, "s": None, "t": None, "d": None})


@act
def invalidate_sessions(state: Any, application: str) -> None:
    state.gateway.say(application, {"op": 9, "s": None, "t": None, "d": False}, ending=True)


@act
def go_half_open(state: Any, application: str) -> None:
    state.gateway.go_half_open(application)


@act
def set_heartbeat(state: Any, application: str, seconds: float) -> None:
    """Also for connections that have not said yet whose they are."""
    state.gateway.heartbeats[application] = state.gateway.heartbeats[""] = seconds


@act
def refuse_gateway(state: Any, application: str, times: int, status: int) -> None:
    state.gateway.refusals += [status] * times


@act
def dispatch(state: Any, application: str, event: str, data: Any) -> None:
    state.gateway.tell_raw(application, event, data)
