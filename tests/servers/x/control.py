"""What tests do to the loopback X behind its back: `POST /control/NAME` with JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.servers.x.conduct import Failure, change
from tests.servers.x.posts import Post
from tests.servers.x.site import Site
from tests.servers.x.world import NoSuchThing

JSON = dict[str, Any]


class Control:
    """One method an order."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: web.Request) -> web.Response:
        order: Callable[..., JSON | None] | None = getattr(self, f"do_{request.match_info['name']}", None)
        if order is None:
            return web.json_response({"message": f"there is no order {request.match_info['name']!r}"}, status=404)
        try:
            return web.json_response(order(**await request.json()) or {})
        except (NoSuchThing, ValueError) as error:
            return web.json_response({"message": str(error)}, status=422)

    # ------------------------------------------------------------ the stage

    def do_reset(self) -> None:
        self._site.reset()

    def do_clock(self, at: str) -> None:
        self._site.set_clock(datetime.fromisoformat(at))

    def do_behave(self, **conduct: Any) -> None:
        change(self._site.conduct, conduct)

    def do_fail(self, reset_at: str | None, **failure: Any) -> None:
        at = datetime.fromisoformat(reset_at) if reset_at else None
        self._site.conduct.failures.append(Failure(reset_at=at, **failure))

    def do_mend(self) -> None:
        self._site.conduct.failures.clear()

    # ------------------------------------------------------------ people

    def do_add_account(self, **told: Any) -> JSON:
        account = self._site.world.add_account(**told)
        names = ("id", "handle", "name", "owns_app")
        return {name: getattr(account, name) for name in names} | asdict(account.keys)

    def do_change_account(self, who: str, **changes: Any) -> None:
        account = self._site.world.account(who)
        for name, value in changes.items():
            if name not in ("protected", "suspended", "handle", "description", "name"):
                raise ValueError(f"an account has no {name!r} to change")
            setattr(account, name, value)

    def do_post(
        self, who: str, text: str, to: str = "", options: list[str] | None = None, minutes: int = 0, without: Any = ()
    ) -> JSON:
        world = self._site.world
        parent = world.post_of(to) if to else None
        poll = (options, minutes) if options else None
        return _name(world.write(world.account(who), text, to=parent, without=without, poll=poll))

    def do_post_many(self, posts: list[JSON]) -> JSON:
        return {"posts": [self.do_post(**post) for post in posts]}

    def do_edit(self, id: str, text: str) -> JSON:  # noqa: A002 (the name of the field)
        post = self._site.world.post_of(id)
        return _name(post) | {"id": str(self._site.world.edit(post, text).id)}

    def do_delete(self, id: str) -> None:  # noqa: A002
        self._site.world.delete(self._site.world.post_of(id))

    def do_vote(self, who: str, id: str, option: int) -> None:  # noqa: A002
        self._site.world.vote(self._site.world.account(who), self._site.world.post_of(id), option)

    # ------------------------------------------------------------ evidence

    def do_ledger(self) -> JSON:
        return {"charges": [asdict(charge) | {"at": charge.at.isoformat()} for charge in self._site.ledger.charges]}

    def do_calls(self) -> JSON:
        return {"calls": [asdict(call) | {"at": call.at.isoformat()} for call in self._site.calls]}

    def do_breaches(self) -> JSON:
        return {"breaches": self._site.breaches}

    def do_standing(self, who: str) -> JSON:
        account = self._site.world.account(who)
        return {"texts": [post.newest.words for post in self._site.world.posts_by(account) if not post.deleted]}


def _name(post: Post) -> JSON:
    return {"id": str(post.id), "handle": post.author.handle}
