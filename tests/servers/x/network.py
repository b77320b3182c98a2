"""The loopback X (`tests.servers.x`) in a process of its own, driven from a test; people who write on it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.contract.sending import Reference

ROOT = Path(__file__).parents[3]
JSON = dict[str, Any]
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Person:
    """One account, with the OAuth 1.0a keys of an app that acts for it."""

    id: str
    handle: str
    name: str
    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str
    owns_app: bool


@dataclass(frozen=True)
class Charge:
    """One line of X's bill: `resource` (an id) was read or made by `account`.

    unit: post_read, owned_read, user_read, post_create, post_create_url, post_delete or summoned_reply. usd: its price.
    of: whose the resource is ("" for a user). operation: what was called, see `Network.fail`.
    """

    at: datetime
    account: str
    unit: str
    resource: str
    of: str
    usd: float
    operation: str


@dataclass(frozen=True)
class Call:
    """One request that reached the server. status: 0 where no answer was sent. query: in the spelling of the caller."""

    operation: str
    account: str
    status: int
    query: dict[str, str]
    at: datetime


class Network:
    """A running X.

    url: where accounts reach it. log: a file with a line of JSON for each visible change, written before the call that
    made it is answered. validates: requests and answers are checked against X's OpenAPI file (it stands in ../shared).
    Time stands where it was set last and goes on by no one's doing; until then it is the real time.
    """

    def __init__(self, url: str, log: Path, *, validates: bool) -> None:
        self.url = url
        self.log = log
        self.validates = validates
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=60)

    def close(self) -> None:
        self._connection.close()

    def reset(self) -> None:
        """An empty X with a new bill, at the real time, that behaves."""
        self._call("reset")

    # ------------------------------------------------------------ time

    @property
    def clock(self) -> str:
        """Where another process sets the clock: POST {"at": ISO 8601}."""
        return f"{self.url}/control/clock"

    def set_clock(self, moment: datetime) -> None:
        """The present of X (aware): windows, ids, the day of a bill, ends of polls, lags and the Date header follow."""
        self._call("clock", at=moment.isoformat())

    # ------------------------------------------------------------ people

    def add_person(self, name: str, *, owns_app: bool = True, description: str = "", display_name: str = "") -> Person:
        """A new account; its handle is `name`, made unique. owns_app: its own reads are cheap (owned reads)."""
        told = {"name": name, "owns_app": owns_app, "description": description, "display_name": display_name}
        return Person(**self._call("add_account", **told))

    def settings(self, person: Person, **changes: Any) -> JSON:
        """What config.toml would say for an account, secrets in plain."""
        names = ("handle", "consumer_key", "consumer_secret", "access_token", "access_token_secret")
        owner = {"app_owner": person.handle} if person.owns_app else {}
        return {name: getattr(person, name) for name in names} | {"api": self.url} | owner | changes

    def post(
        self, who: Person, text: str, options: Sequence[str] = (), lasts: timedelta = timedelta(days=1)
    ) -> Reference:
        """A post of somebody, with a poll where there are options."""
        return self._refer(self._call("post", who=who.id, text=text, options=options, minutes=lasts // _MINUTE))

    def reply(self, who: Person, to: Reference, text: str, *, without: Iterable[Person] = ()) -> Reference:
        """A reply. As in X's own apps it begins with the handles of those above; without: those taken out of it."""
        left_out = [person.id for person in without]
        return self._refer(self._call("post", who=who.id, text=text, to=to.remote_id, without=left_out))

    def reply_often(self, to: Reference, replies: Iterable[tuple[Person, str]]) -> list[Reference]:
        """Many replies to one post, in one call."""
        told = [{"who": who.id, "text": text, "to": to.remote_id} for who, text in replies]
        return [self._refer(post) for post in self._call("post_many", posts=told)["posts"]]

    def edit(self, post: Reference, text: str) -> Reference:
        """Another wording. X gives it a new id and keeps the old one readable."""
        return self._refer(self._call("edit", id=post.remote_id, text=text))

    def delete(self, post: Reference) -> None:
        """With all its wordings."""
        self._call("delete", id=post.remote_id)

    def vote(self, who: Person, post: Reference, option: int) -> None:
        """Vote for an option (its index) of an open poll; one vote a person."""
        self._call("vote", who=who.id, id=post.remote_id, option=option)

    def protect(self, who: Person, *, on: bool = True) -> None:
        """Show one's posts to followers alone (there are none)."""
        self._call("change_account", who=who.id, protected=on)

    def suspend(self, who: Person, *, on: bool = True) -> None:
        """By X, until it takes it back."""
        self._call("change_account", who=who.id, suspended=on)

    def rename(self, who: Person, handle: str) -> None:
        """Another handle for the same account."""
        self._call("change_account", who=who.id, handle=handle)

    # ------------------------------------------------------------ conduct

    def behave(self, **conduct: Any) -> None:
        """Change `tests.servers.x.conduct.Conduct` by its fields; lags, skew and latency are numbers of seconds."""
        self._call("behave", **conduct)

    def fail(
        self,
        operation: str,
        *,
        status: int = 0,
        html: bool = False,
        after_effect: bool = False,
        hang: float = 0,
        nth: int = 1,
        times: int = 1,
        reset_at: datetime | None = None,
        headers: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> None:
        """Let calls fail, by default the next one, with no answer (the connection is closed).

        operation: create, delete, mentions, timeline, search, posts, post, users, me, user_by_name or "*". status: what
        is answered; html: a page in place of JSON. after_effect: X does and bills it before. hang: seconds before
        anything is answered. nth, times: from which call on from now, and how many. reset_at: in x-rate-limit-reset. body: JSON in place of the usual.
        """
        self._call(
            "fail",
            operation=operation,
            status=status,
            html=html,
            after_effect=after_effect,
            hang=hang,
            nth=nth,
            times=times,
            reset_at=reset_at.isoformat() if reset_at else None,
            headers=headers or {},
            body=body,
        )

    def mend(self) -> None:
        """Nothing fails any more."""
        self._call("mend")

    # ------------------------------------------------------------ evidence

    def ledger(self, account: Person | None = None) -> list[Charge]:
        """All that X bills, or what it bills for one account; in order."""
        charges = [Charge(**line | {"at": _read_moment(line["at"])}) for line in self._call("ledger")["charges"]]
        return [charge for charge in charges if account is None or charge.account == account.id]

    def calls(self, account: Person | None = None) -> list[Call]:
        """What was asked for, in order."""
        calls = [Call(**line | {"at": _read_moment(line["at"])}) for line in self._call("calls")["calls"]]
        return [call for call in calls if account is None or call.account == account.id]

    def changes(self) -> list[JSON]:
        """What was visible, in order: the lines of the log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def breaches(self) -> list[str]:
        """Answers of the server that X's OpenAPI file does not allow: mistakes of the loopback X."""
        breaches: list[str] = self._call("breaches")["breaches"]
        return breaches

    def standing(self, who: Person) -> list[str]:
        """The texts of somebody's posts that stand, as they were written, oldest first."""
        texts: list[str] = self._call("standing", who=who.id)["texts"]
        return texts

    # ------------------------------------------------------------

    def _refer(self, post: JSON) -> Reference:
        return Reference(post["id"], f"https://x.com/{post['handle']}/status/{post['id']}")

    def _call(self, order: str, /, **told: Any) -> JSON:
        self._connection.request("POST", f"/control/{order}", json.dumps(told), {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        body: JSON = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"the loopback X refused {order}: {body['message']}")
        return body


@contextmanager
def run_x(folder: Path) -> Iterator[Network]:
    """An X for as long as the block; it ends with this process in any case (its stdin)."""
    log = folder / "visible.jsonl"
    command = [sys.executable, "-m", "tests.servers.x", "--log", str(log)]
    pipes: JSON = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the loopback X did not start; see its words above")
        ready = json.loads(line)
        network = Network(ready["url"], log, validates=ready["validates"])
        try:
            yield network
        finally:
            network.close()
            process.stdin.close()
            process.wait(timeout=30)


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
