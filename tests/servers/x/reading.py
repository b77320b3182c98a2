"""The calls that read: what is answered, and what is billed for it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.servers.x.paging import check_since, cut
from tests.servers.x.posts import Account, Post, Wording
from tests.servers.x.problems import not_authorized, not_found, refuse_parameter
from tests.servers.x.site import Site
from tests.servers.x.timelines import REACH, list_mentions, list_own, search
from tests.servers.x.views import NEEDED, list_referenced, list_users, show_poll, show_post, show_user

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One call. path: the ids in the address. query: in the names of 2.167."""

    site: Site
    caller: Account
    operation: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None

    def list(self, name: str) -> Collection[str]:
        """A parameter that names several things."""
        return tuple(value for value in self.query.get(name, "").split(",") if value)

    def find_account(self) -> Account:
        account = self.site.world.accounts.get(self.path["id"])
        if account is None:
            raise refuse_parameter("id", self.path["id"], f"Could not find user with id: [{self.path['id']}].")
        return account


def read_mentions(asked: Asked) -> JSON:
    """Owned reads where one's own app asks for one's own."""
    check_since(asked.query, asked.site.now(), REACH)
    return _read_list(asked, list_mentions)


def read_timeline(asked: Asked) -> JSON:
    """As mentions; a since_id may be of any age."""
    return _read_list(asked, list_own)


def read_search(asked: Asked) -> JSON:
    """Post reads, whoever wrote them."""
    site = asked.site
    check_since(asked.query, site.now(), REACH)
    found = search(site.world, asked.query["query"], asked.caller, site.now(), site.conduct)
    page = cut(found, asked.query, site.conduct.page_size)
    return _show_posts(asked, [(post, post.newest) for post in page.posts], "post_read") | {"meta": page.meta}


def read_posts(asked: Asked) -> JSON:
    """By ids; what cannot be shown is named in `errors` and costs nothing."""
    return _read_by_ids(asked, asked.list("ids"), "ids")


def read_post(asked: Asked) -> JSON:
    """One by its id."""
    answer = _read_by_ids(asked, [asked.path["id"]], "id")
    return answer | {"data": answer["data"][0]} if "data" in answer else answer


def read_users(asked: Asked) -> JSON:
    """By ids; suspended accounts are named in `errors`."""
    users: list[Account] = []
    errors: list[JSON] = []
    for id_ in asked.list("ids"):
        account = asked.site.world.accounts.get(id_)
        if account is None:
            errors.append(not_found("user", id_, "ids"))
        elif account.suspended:
            errors.append(not_authorized("user", id_, "ids"))
        else:
            users.append(account)
    return _drop_empty({"data": _show_users(asked, users), "errors": errors})


def read_me(asked: Asked) -> JSON:
    """Whose keys these are: a user read like any other."""
    return {"data": _show_users(asked, [asked.caller])[0]}


def read_user_by_name(asked: Asked) -> JSON:
    name = asked.path["username"]
    account = asked.site.world.find_handle(name)
    if account is None:
        return {"errors": [not_found("user", name, "username")]}
    if account.suspended:
        return {"errors": [not_authorized("user", name, "username")]}
    return {"data": _show_users(asked, [account])[0]}


def _read_list(asked: Asked, list_posts: Callable[..., list[Post]]) -> JSON:
    site, whose = asked.site, asked.find_account()
    if whose is not asked.caller and whose.protected:
        return {"errors": [not_authorized("user", whose.id, "id")]}
    page = cut(
        list_posts(site.world, whose, asked.caller, site.now(), site.conduct), asked.query, site.conduct.page_size
    )
    owned = whose is asked.caller and whose.owns_app
    shown = [(post, post.newest) for post in page.posts]
    return _show_posts(asked, shown, "owned_read" if owned else "post_read") | {"meta": page.meta}


def _read_by_ids(asked: Asked, ids: Iterable[str], parameter: str) -> JSON:
    shown: list[tuple[Post, Wording]] = []
    errors: list[JSON] = []
    for id_ in ids:
        found = asked.site.world.find(int(id_))
        if found is None or found[0].deleted:
            errors.append(not_found("post", id_, parameter))
        elif not found[0].is_seen_by(asked.caller):
            errors.append(not_authorized("post", id_, parameter))
        else:
            shown.append(found)
    answer = _show_posts(asked, shown, "post_read")
    return answer | _drop_empty({"errors": errors})


def _show_posts(asked: Asked, shown: list[tuple[Post, Wording]], unit: str) -> JSON:
    """Posts with what their expansions add; all of it is billed but for polls."""
    site, expansions, now = asked.site, asked.list("expansions"), asked.site.now()
    fields = {*asked.list("post.fields"), *(NEEDED[each] for each in expansions if each in NEEDED)}
    posts = [post for post, _ in shown]
    referenced = list_referenced(posts, expansions, asked.caller)
    polls = [post.poll for post in posts if post.poll is not None] if "attachments.poll_ids" in expansions else []
    includes = {
        "users": _show_users(asked, list_users(posts, expansions)),
        "posts": [show_post(post, post.newest, fields, now) for post in referenced],
        "polls": [show_poll(poll, asked.list("poll.fields"), now) for poll in polls],
    }
    spent = site.ledger.bill_posts(asked.caller, unit, posts, asked.operation, now)
    spent += site.ledger.bill_posts(asked.caller, "post_read", referenced, asked.operation, now)
    site.conduct.pay(spent)
    data = [show_post(post, wording, fields, now) for post, wording in shown]
    return _drop_empty({"data": data, "includes": _drop_empty(includes)})


def _show_users(asked: Asked, users: list[Account]) -> list[JSON]:
    """Profiles are billed wherever they stand in an answer."""
    site = asked.site
    site.conduct.pay(site.ledger.bill_users(asked.caller, users, asked.operation, site.now()))
    return [show_user(user, asked.list("user.fields")) for user in users]


def _drop_empty(answer: JSON) -> JSON:
    return {name: value for name, value in answer.items() if value}
