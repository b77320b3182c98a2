"""Who is let in, and what goes out with every answer. Attacks beyond the first of each kind stand elsewhere."""

import hashlib
from importlib.resources import files

import httpx
import pytest

from bot.web.security import HEADERS

HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
"""Of dist/htmx.min.js in htmx.org 2.0.11 as npm has it."""


async def test_the_address_lets_one_browser_in_and_no_second_one(bot, open_page):
    opened = await open_page(bot, enters=False)
    assert (await opened.get("/")).status_code == 403
    entered = await opened.get(opened.entrance)
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "samesite=strict" in entered.headers["set-cookie"].lower()
    assert (await opened.get("/")).status_code == 200
    async with httpx.AsyncClient() as second:
        assert (await second.get(opened.entrance)).status_code == 403
        assert (await second.get(opened.address)).status_code == 403


async def test_a_session_that_somebody_brought_along_is_not_taken_over(bot, open_page):
    opened = await open_page(bot, enters=False)
    port = opened.address.rpartition(":")[2]
    async with httpx.AsyncClient(cookies={f"pullquote_{port}": "theirs"}) as client:
        entered = await client.get(opened.entrance)
    assert entered.status_code == 200
    assert "theirs" not in entered.headers["set-cookie"]
    async with httpx.AsyncClient(cookies={f"pullquote_{port}": "theirs"}) as client:
        assert (await client.get(opened.address)).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:80"])
async def test_another_name_for_this_machine_is_refused(opened_page, host):
    assert (await opened_page.get("/", headers={"host": host})).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
async def test_what_another_site_asks_for_is_not_done(opened_page, headers):
    answer = await opened_page.client.post("/take", data={"text": "What is it?"}, headers=headers)
    assert answer.status_code == 403


async def test_a_form_of_the_page_itself_is_taken_though_its_origin_is_hidden(opened_page):
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = await opened_page.client.post("/take", data={"text": ""}, headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/page.css", "/static/../security.py", "/enter?token=x"])
async def test_every_answer_has_the_headers(opened_page, path):
    answer = await opened_page.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "server" not in answer.headers


async def test_more_than_a_request_may_hold_is_refused(opened_page, monkeypatch):
    monkeypatch.setattr("bot.web.security.MOST_BYTES", 1000)

    async def pour():
        for _ in range(10):
            yield b"text=" + b"x" * 200

    assert (await opened_page.client.post("/take", data={"text": "x" * 2000})).status_code == 413
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert (await opened_page.client.post("/take", content=pour(), headers=headers)).status_code == 413


def test_htmx_is_shipped_as_it_was_published_with_its_licence():
    shipped = files("bot.web").joinpath("static")
    assert hashlib.sha256(shipped.joinpath("htmx.js").read_bytes()).hexdigest() == HTMX
    assert "Zero-Clause BSD" in shipped.joinpath("htmx.LICENSE").read_text(encoding="utf-8")
