"""Two who act at once with stale views, and a server that is killed in the middle of every act."""

import asyncio
import os
import random
import re
import signal
import socket
import sqlite3
import time
from contextlib import closing, contextmanager
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from adapters.sandbox.process import SandboxProcess
from storage.models import ChosenPassage, EditorAct, Look, Verdict
from tests.bot.web.conftest import TRY_FOR, run_open
from tests.running import ANSWERS

KILLS = 11
IN_SOAK = 80
DELAYS = 0.06
"""Seconds after the request within which the server is killed."""


# ---------------------------------------------------------------- two at once


@pytest.fixture
async def two(bot, open_page):
    """Two browsers, each with a session of its own, on the three answers to `habits`."""
    await bot.tick()
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=6)
    return bot, await open_page(bot), await open_page(bot)


def read_undo(answer):
    """The address of the Undo beside what was told."""
    assert answer.status_code == 200, answer.text
    return re.search(r"/history/\d+/undo", answer.text)[0]


async def read_order(page):
    shown = (await page.get("/answers/habits/basket")).text
    return [int(part.partition('"')[0]) for part in shown.split('id="up-')[1:]]


async def list_standing(bot):
    return [each.value for each in await bot.rows(Verdict) if each.editor and each.restored_at is None]


async def test_each_takes_back_its_own_act_and_no_other(two):
    bot, left, right = two
    kept = read_undo(await left.post("/answers/habits/1/keep"))
    aside = read_undo(await right.post("/answers/habits/1/aside"))
    assert kept != aside
    assert (await left.post(kept)).status_code == 200
    assert await list_standing(bot) == ["aside"]
    again = await right.post(kept)  # and once more, from a view that shows it still
    assert again.status_code == 422
    assert "taken back already" in again.text
    assert await list_standing(bot) == ["aside"]
    assert (await right.post(aside)).status_code == 200
    assert await list_standing(bot) == []
    assert await read_order(left) == await read_order(right) == []


async def test_one_undo_that_two_click_is_done_once(two):
    bot, left, right = two
    await left.post("/answers/habits/1/aside")
    kept = read_undo(await left.post("/answers/habits/1/keep"))
    done = await asyncio.gather(*(page.post(kept) for page in (left, right) * 3))
    assert sorted(each.status_code for each in done) == [200, 422, 422, 422, 422, 422]
    assert await list_standing(bot) == ["aside"]


async def test_a_passage_and_the_keeping_of_it_are_one_act(two):
    bot, left, right = two
    chosen = read_undo(await left.post("/answers/habits/1/passage", words="nobody used it"))
    assert len(await bot.rows(ChosenPassage)) == len(await list_standing(bot)) == len(await bot.rows(EditorAct)) == 1
    assert (await right.post(chosen)).status_code == 200
    assert await bot.rows(ChosenPassage) == await list_standing(bot) == []


async def test_of_all_that_two_decide_at_once_nothing_is_lost(two):
    bot, left, right = two
    acts = [(page, reply, value) for reply in (1, 2, 3) for page in (left, right) for value in ("keep", "aside")]
    done = await asyncio.gather(*(page.post(f"/answers/habits/{reply}/{value}") for page, reply, value in acts))
    assert {each.status_code for each in done} == {200}
    assert len(await bot.rows(EditorAct)) == len(acts)
    assert len(await list_standing(bot)) == len(acts)
    undone = [await left.post(f"/history/{act.id}/undo") for act in await bot.rows(EditorAct)]
    assert {each.status_code for each in undone} == {200}
    assert await list_standing(bot) == []


async def test_the_order_of_the_basket_survives_two_who_move_at_once(two):
    bot, left, right = two
    for reply in (1, 2, 3):
        await left.post(f"/answers/habits/{reply}/keep")
    for page in (left, right):  # the second sees 3 in its old place
        await page.post("/answers/habits/basket/3/up")
    assert await read_order(left) == await read_order(right) == [3, 1, 2]
    await asyncio.gather(
        *(
            page.post(f"/answers/habits/basket/{reply}/{way}")
            for page in (left, right)
            for reply in (1, 2, 3)
            for way in ("up", "down")
        )
    )
    assert sorted(await read_order(left)) == [1, 2, 3]
    places = [look.place for look in await bot.rows(Look) if look.place is not None]
    assert sorted(places) == [0, 1, 2]
    await right.post("/answers/habits/2/aside")
    assert (await left.post("/answers/habits/basket/2/up")).status_code == 422
    assert sorted(await read_order(left)) == [1, 3]


# ---------------------------------------------------------------- killed


@pytest.fixture
def network(tmp_path):
    with SandboxProcess(tmp_path / "network.log") as network:
        yield network


@pytest.fixture
def folder(tmp_path, network):
    """A pullquote whose account is on a network that outlives it."""
    folder = tmp_path / "pullquote"
    folder.mkdir()
    (folder / "config.toml").write_text(
        f'[pullquote]\nname = "The Example Review"\nzone = "UTC"\n'
        f'[accounts.square]\nplatform = "sandbox"\nurl = "{network.url}"\n',
        encoding="utf-8",
    )
    return folder


@contextmanager
def let_in(folder):
    """(process, client) of `pullquote open`."""
    with run_open(folder) as (process, entrance):
        address = entrance.partition("/enter")[0]
        headers = {"origin": address, "hx-request": "true"}
        with httpx.Client(base_url=address, headers=headers, timeout=TRY_FOR) as client:
            assert client.get(entrance).status_code == 200
            yield process, client


def post(client, path, **fields):
    answer = client.post(path, data=fields)
    assert answer.status_code == 200, answer.text
    return answer


def post_and_kill(process, client, path, fields, delay):
    """Send a request whole, and kill the server so many seconds later, whatever it has done of it."""
    body = urlencode(fields).encode()
    request = client.build_request("POST", path, content=body)
    request.headers["content-type"] = "application/x-www-form-urlencoded"
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    with socket.create_connection((request.url.host, request.url.port)) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(TRY_FOR) == -signal.SIGKILL


def select(folder, statement):
    with closing(sqlite3.connect(folder / "pullquote.db")) as database:
        return database.execute(statement).fetchall()


def count(folder):
    """What every act adds, by name."""
    statements = {
        "decided": "SELECT count(*) FROM verdicts WHERE editor IS NOT NULL",
        "judged": "SELECT count(*) FROM acts WHERE kind = 'judged'",
        "passages": "SELECT count(*) FROM chosen_passages",
        "credits": "SELECT count(*) FROM credits_given",
        "credited": "SELECT count(*) FROM acts WHERE kind = 'credit'",
        "replies": "SELECT count(*) FROM replies",
        "wordings": "SELECT count(*) FROM revisions",
        "texts": "SELECT count(*) FROM revisions WHERE text IS NOT NULL",
        "added": "SELECT count(*) FROM acts WHERE kind = 'add'",
        "questions": "SELECT count(*) FROM questions",
        "posts": "SELECT count(*) FROM posts",
        "imported": "SELECT count(*) FROM acts WHERE kind = 'import'",
        "forgot": "SELECT count(*) FROM acts WHERE kind = 'forget'",
        "watched": "SELECT count(*) FROM watched_drafts",
        "watched quotes": "SELECT count(*) FROM watched_quotes",
        "forms taken": "SELECT count(*) FROM drafts WHERE taken_at IS NOT NULL",
    }
    return {name: select(folder, statement)[0][0] for name, statement in statements.items()}


def list_places(folder):
    return [row[0] for row in select(folder, "SELECT reply_id FROM looks WHERE place IS NOT NULL ORDER BY place")]


def ask(number):
    return {"text": f"What did you stop doing in week {number}?", "accounts": "square", "closes": "2h", "enough": "3"}


def answer_of(number):
    """What somebody says who was asked elsewhere."""
    text = f"In {1900 + number} we closed office {number} in Lyon, and saved {number} percent of the rent."
    return {"question": "", "text": text, "author": f"Person {number}", "consent": "yes"}


TOGETHER = {
    "keep": {"decided": 1, "judged": 1},
    "passage": {"decided": 1, "judged": 1, "passages": 1},
    "credit": {"credits": 1, "credited": 1},
    "add": {"replies": 1, "wordings": 1, "texts": 1, "added": 1},
    "send": {"questions": 1, "posts": 1, "forms taken": 1},
    "import": {"replies": 3, "wordings": 3, "texts": 3, "imported": 1},
    "forget": {"texts": -1, "forgot": 1},
    "watch": {"watched": 1, "watched quotes": 1},
    "move": {},
    "back up": {},
}
"""What each act adds, all or nothing."""


def describe_act(kind, slug, number, draft):
    """(path, fields) of the request of an act on the answers 1 to 3."""
    reply, answers = number % 3 + 1, f"/answers/{slug}"
    return {
        "keep": (f"{answers}/{reply}/keep", {}),
        "passage": (f"{answers}/{reply}/passage", {"words": f"saved {reply} percent"}),
        "credit": (f"{answers}/basket/{reply}/credit", {"name": f"Person {number}", "said_by": "she did"}),
        "move": (f"{answers}/basket/{reply}/{'down' if reply == 1 else 'up'}", {}),
        "add": ("/add/one", answer_of(10 + number) | {"question": slug}),
        "send": ("/ask/send", ask(number) | {"draft": draft}),
        "back up": ("/running/back-up", {}),
    }[kind]


def bring_draft(client, number):
    """A checked draft that quotes one of the three answers; the request that watches it."""
    said = answer_of(number % 3 + 1)
    shown = post(client, "/check", text=f"“{said['text']}” said {said['author']}.").text
    fields = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', shown)[1]) for name in ("draft", "given", "since")
    }
    return "/check/watch", fields | {"until": ""}


def bring_file(client, slug, number):
    """Three answers in a file, as far as the button that stores them; its request."""
    said = [answer_of(1000 + 10 * number + row) for row in range(3)]
    table = "text,author,consent\n" + "".join(f'"{each["text"]}",{each["author"]},yes\n' for each in said)
    shown = client.post("/add", data={"question": slug}, files={"file": ("answers.csv", table.encode())})
    names = re.findall(r'<select name="(column_\w+)">.*?</select>', shown.text, re.DOTALL)
    held = re.findall(r'name="held" value="([^"]+)"', shown.text)[-1]
    columns = {name: name.removeprefix("column_") for name in names if name.removeprefix("column_") in table[:20]}
    return "/add/take", {"held": held, "question": slug, "network": "import"} | columns


def bring_person(client, folder, slug, number):
    """Somebody whose only answer is not in the basket; the request that erases them."""
    post(client, "/add/one", **answer_of(500 + number) | {"question": slug})
    (newest,) = select(folder, "SELECT max(id) FROM authors")[0]
    return f"/running/people/{newest}/forget", {}


def prepare(client, folder):
    """A question that is out, and three kept answers to it; its slug."""
    slug = post(client, "/ask/send", **ask(0)).headers["hx-redirect"].rpartition("/")[2]
    for number in (1, 2, 3):
        post(client, "/add/one", **answer_of(number) | {"question": slug})
    for number in (1, 2, 3):
        post(client, f"/answers/{slug}/{number}/keep")
    post(client, f"/answers/{slug}/basket/3/up")
    assert sorted(list_places(folder)) == [1, 2, 3]
    return slug


def check_killed(folder, kind, before, places):
    """The act is there whole or not at all, and nothing else changed."""
    after = count(folder)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown in ({}, TOGETHER[kind]), (kind, grown)
    assert select(folder, "PRAGMA integrity_check") == [("ok",)]
    assert select(folder, "PRAGMA foreign_key_check") == []
    now = list_places(folder)
    assert sorted(now) == sorted(places), (kind, places, now)
    swapped = sum(one != other for one, other in zip(places, now, strict=True))
    assert swapped in ({0, 2} if kind == "move" else {0}), (kind, places, now)
    for copy in (folder / "backups").glob("*.db"):
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT count(*) FROM replies").fetchone()[0] >= 3
    return bool(grown)


def list_asked(network):
    """The texts of all questions that ever stood on the network."""
    texts = [change["detail"]["text"] for change in network.changes() if change["change"] == "posted"]
    return [text for text in texts if text.startswith("What did you stop")]


def wait_for_post(client, network, number):
    """Until the question of that number stands on the network."""
    words, until = ask(number)["text"], time.monotonic() + TRY_FOR
    while not any(words in text for text in list_asked(network)):
        assert time.monotonic() < until, client.get("/running").text
        time.sleep(0.2)


def kill_again_and_again(folder, network, kills, dice):
    """One kill an act, each time on what the last one left; answers how many acts were there after it."""
    kinds, there = list(TOGETHER), 0
    with let_in(folder) as (_, client):
        slug = prepare(client, folder)
    killed, draft = "", ""
    for number in range(1, kills + 2):
        with let_in(folder) as (process, client):
            if killed == "send":  # who asked sends the same again: nobody told them that it went out
                client.post("/ask/send", data=ask(number - 1) | {"draft": draft})
                wait_for_post(client, network, number - 1)
            if number > kills:
                break
            killed = kinds[(number - 1) % len(kinds)]
            if killed == "send":
                kept = post(client, "/ask/draft", **ask(number)).headers["hx-replace-url"]
                draft = kept.rpartition("=")[2]
            if killed == "import":
                path, fields = bring_file(client, slug, number)
            elif killed == "forget":
                path, fields = bring_person(client, folder, slug, number)
            elif killed == "watch":
                path, fields = bring_draft(client, number)
            else:
                path, fields = describe_act(killed, slug, number, draft)
            before, places = count(folder), list_places(folder)
            post_and_kill(process, client, path, fields, dice.uniform(0, DELAYS))
        there += check_killed(folder, killed, before, places)
    asked = list_asked(network)
    assert len(asked) == len(set(asked)), asked
    assert count(folder)["questions"] == count(folder)["posts"] == len(asked)
    return there


@pytest.mark.parametrize("kind", ["import", "forget", "watch"])
def test_an_act_that_is_killed_elsewhere_does_all_of_it_when_nobody_kills(folder, kind):
    with let_in(folder) as (_, client):
        slug = prepare(client, folder)
        path, fields = {
            "import": lambda: bring_file(client, slug, 1),
            "forget": lambda: bring_person(client, folder, slug, 1),
            "watch": lambda: bring_draft(client, 1),
        }[kind]()
        before = count(folder)
        post(client, path, **fields)
        after = count(folder)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == TOGETHER[kind]


def test_what_the_server_was_killed_in_is_there_whole_or_not_at_all(folder, network):
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")  # shown where it fails
    kill_again_and_again(folder, network, KILLS, random.Random(seed))


@pytest.mark.soak
def test_it_is_so_however_often_it_is_killed(folder, network):
    dice = random.Random(14)
    there = kill_again_and_again(folder, network, int(IN_SOAK * float(os.environ.get("SOAK", "1"))), dice)
    print(f"{there} acts were there")
