"""Time and limits."""

from datetime import datetime, timedelta
from typing import Any

from tests.servers.discord import polls
from tests.servers.discord.control import act


@act
def set_time(state: Any, moment: str, *, running: bool = False) -> None:
    state.clock.set(datetime.fromisoformat(moment), running=running)
    polls.expire_due(state)


@act
def run_in_real_time(state: Any) -> None:
    state.clock.run_in_real_time()


@act
def advance(state: Any, seconds: float) -> None:
    state.clock.advance(timedelta(seconds=seconds))
    polls.expire_due(state)


@act
def now(state: Any) -> str:
    return state.now().isoformat()


@act
def set_limits(state: Any, **limits: float) -> None:
    for name, seconds in limits.items():
        assert hasattr(state.limits, name), name
        setattr(state.limits, name, timedelta(seconds=seconds))
