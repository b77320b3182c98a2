"""Other sites, other users and broken clients against the page, over real sockets: nothing is told and nothing done."""

import asyncio
import re
from itertools import cycle

import httpx
import pytest
from starlette.routing import Route

from bot.web.pages import SCREENS
from storage.models import Base
from tests.running import ANSWERS

ROUTES = [route for screen in SCREENS for route in screen.routes]
FORM = "application/x-www-form-urlencoded"


def fill(route: Route, **values: str) -> str:
    """The address of a route; what is not given is 1."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "1"), route.path)


async def count_all(bot) -> dict[str, list]:
    """Every row of every table: whatever is done changes one."""
    async with bot.context.store.read() as session:
        return {
            table.name: sorted(map(repr, (await session.execute(table.select())).all()))
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
async def page(bot, open_page):
    """Answers to `habits`, and a client that was let in."""
    await bot.tick()
    bot.reply("ada")
    await bot.tick(minutes=6)
    return await open_page(bot)


@pytest.fixture
def send(page):
    """Send bytes as they are; answers all that comes back."""
    port = int(page.address.rpartition(":")[2])

    async def send(sent: bytes) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        try:
            await writer.drain()
            return (await asyncio.wait_for(reader.read(), 20)).decode(errors="replace")
        except (ConnectionError, BrokenPipeError):
            return ""
        finally:
            writer.close()

    return send


def write_request(page, line: str = "GET / HTTP/1.1", hosts: tuple[str, ...] = (), extra: str = "") -> bytes:
    """A request of whoever has the cookie."""
    cookie = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    named = "".join(f"Host: {host}\r\n" for host in hosts or (page.address.removeprefix("http://"),))
    return f"{line}\r\n{named}Cookie: {cookie}\r\nConnection: close\r\n{extra}\r\n".encode("latin-1")


# ---------------------------------------------------------------- who asks


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_no_address_answers_without_the_cookie(bot, page, route):
    before = await count_all(bot)
    async with httpx.AsyncClient(base_url=page.address, headers={"origin": page.address}) as stranger:
        (method,) = route.methods - {"HEAD"}
        answer = await stranger.request(method, fill(route, slug="habits", value="keep", way="up"))
    assert answer.status_code == 403
    assert "AMP" not in answer.text
    assert await count_all(bot) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "http://localhost:{port}"},
        {"origin": "https://127.0.0.1:{port}"},
        {"origin": "http://127.0.0.1:{port}.evil.example"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "none"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {},
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://127.0.0.1:{port}", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:{port}", "sec-fetch-site": "same-site"},
    ],
    ids=str,
)
async def test_an_act_that_another_site_sends_is_not_done(bot, page, headers):
    before, port = await count_all(bot), page.address.rpartition(":")[2]
    sent = {name: value.replace("{port}", port) for name, value in headers.items()}
    kinds = cycle([FORM, "text/plain", "application/json", "multipart/form-data; boundary=x"])
    async with httpx.AsyncClient(base_url=page.address, cookies=page.cookies) as client:
        for route in (route for route in ROUTES if "POST" in route.methods):
            address = fill(route, slug="habits", value="keep", way="up")
            given = sent | {"content-type": next(kinds)}
            assert (await client.post(address, content=b"text=x", headers=given)).status_code == 403, address
    assert await count_all(bot) == before


async def test_looking_changes_nothing(bot, page):
    """A link or a picture of another site may lead here: no address does a thing by being shown, but note the look."""
    before = await count_all(bot)
    for route in (route for route in ROUTES if "GET" in route.methods):
        await page.get(fill(route, slug="habits", kind="md"))
        for address in ("/take?text=x", "/answers/habits/1/keep", "/running/pause", "/running/people/1/forget"):
            await page.get(address)
    await asyncio.gather(*(errand.task for errand in page.page.state.errands.values()))
    after = await count_all(bot)
    assert {name for name in before if before[name] != after[name]} <= {"looks"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
async def test_other_methods_do_nothing(bot, page, method):
    before = await count_all(bot)
    answer = await page.client.request(method, "/answers/habits/1/keep")
    assert answer.status_code in {403, 404, 405}
    assert "access-control-allow-origin" not in answer.headers
    assert await count_all(bot) == before


# ---------------------------------------------------------------- the name of this machine


@pytest.mark.parametrize(
    "hosts",
    [
        ("evil.example:{port}",),
        ("127.0.0.1.evil.example:{port}",),
        ("localhost:{port}",),
        ("[::1]:{port}",),
        ("0.0.0.0:{port}",),
        ("127.1:{port}",),
        ("2130706433:{port}",),
        ("127.0.0.1",),
        ("127.0.0.1:",),
        ("127.0.0.1:{port}@evil.example",),
        ("127.0.0.1:{port}, evil.example",),
        ("127.0.0.1:{port}", "evil.example"),
        ("evil.example", "127.0.0.1:{port}"),
        ("",),
    ],
    ids=str,
)
async def test_a_name_that_leads_here_is_refused(page, send, hosts):
    port = page.address.rpartition(":")[2]
    told = await send(write_request(page, hosts=tuple(host.replace("{port}", port) for host in hosts)))
    assert re.match(r"HTTP/1\.1 4\d\d", told), told[:80]
    assert "What do you have" not in told


async def test_an_address_that_names_another_site_is_no_way_around(page, send):
    told = await send(write_request(page, "GET http://evil.example/ HTTP/1.1", hosts=("evil.example",)))
    assert told.startswith("HTTP/1.1 403")
    told = await send(write_request(page, "GET http://evil.example/answers/habits HTTP/1.1"))
    assert "AMP" not in told
    assert (await send(b"GET / HTTP/1.0\r\n\r\n")).startswith("HTTP/1.1 403")


# ---------------------------------------------------------------- the token and the session


async def test_the_token_is_good_once_and_no_other_is(bot, open_page):
    opened = await open_page(bot, enters=False)
    token = opened.entrance.partition("token=")[2]
    for wrong in ("", "x", token[:-1], token + "x", token.swapcase(), "None", "%00", "%C3%A9", f"x&token=x{token}"):
        assert (await opened.get(f"/enter?token={wrong}")).status_code == 403, wrong
    for method in ("HEAD", "POST"):
        assert (await opened.client.request(method, opened.entrance)).status_code == 403
    async with httpx.AsyncClient() as first, httpx.AsyncClient() as second:
        done = await asyncio.gather(*(client.get(opened.entrance) for client in (first, second)))
    assert sorted(answer.status_code for answer in done) == [200, 403]
    assert [answer for answer in done if "set-cookie" in answer.headers] == [
        answer for answer in done if answer.status_code == 200
    ]


async def test_the_cookie_is_for_this_page_alone_and_never_what_was_brought(bot, open_page):
    opened = await open_page(bot, enters=False)
    name = f"pullquote_{opened.address.rpartition(':')[2]}"
    token = opened.entrance.partition("token=")[2]
    for brought in ("", "chosen", token):
        async with httpx.AsyncClient(cookies={name: brought}) as client:
            assert (await client.get(opened.address)).status_code == 403
    async with httpx.AsyncClient(cookies={name: token}) as client:
        cookie = (await client.get(opened.entrance)).headers["set-cookie"]
    value, *flags = cookie.split("; ")
    assert sorted(map(str.lower, flags)) == ["httponly", "path=/", "samesite=strict"]
    assert value.removeprefix(f"{name}=") not in ("", "chosen", token)
    assert len(value.removeprefix(f"{name}=")) >= 43  # 256 bits
    other = await open_page(bot, enters=False)
    async with httpx.AsyncClient(headers={"cookie": value}) as client:
        assert (await client.get(opened.address)).status_code == 200
        assert (await client.get(other.address)).status_code == 403


# ---------------------------------------------------------------- files

STEPS = ["..", "%2e%2e", "%252e%252e", "..%2f", "%2e%2e%5c", "..\\", "..%00", "....//", ".%2e", "%c0%ae%c0%ae"]


@pytest.mark.parametrize("step", STEPS)
async def test_no_file_but_those_that_are_shipped_is_handed_out(page, send, step):
    (page.page.state.context.config.folder / "config.toml").write_text("canary", encoding="utf-8")
    for path in (
        f"/static/{step}/security.py",
        f"/static/{step}/{step}/words/en.toml",
        f"/static/{step * 8}/etc/passwd",
        f"/{step}/config.toml",
        "/static//etc/passwd",
        "/static/page.css%00.py",
        "/static/",
    ):
        told = await send(write_request(page, f"GET {path} HTTP/1.1"))
        assert re.match(r"HTTP/1\.1 4\d\d", told), (path, told[:80])
        assert "root:" not in told
        assert "canary" not in told
        assert "MOST_BYTES" not in told


# ---------------------------------------------------------------- what is too much, or broken


async def test_headers_and_addresses_without_end_are_refused(page, send):
    for sent in (
        write_request(page, extra=f"X-Long: {'x' * 200_000}\r\n"),
        write_request(page, f"GET /{'x' * 200_000} HTTP/1.1"),
        write_request(page, extra="X-Many: x\r\n" * 20_000),
        b"\x00\xff" * 500,
    ):
        told = await send(sent)
        assert told == "" or re.match(r"HTTP/1\.1 4\d\d", told)
    assert (await page.get("/")).status_code == 200


@pytest.mark.parametrize("length", ["99999999999", "-1", "1e9", "0x10", "9" * 400, "5, 6"])
async def test_a_length_that_cannot_be_is_refused(page, send, length):
    extra = f"Origin: {page.address}\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n"
    told = await send(write_request(page, "POST /take HTTP/1.1", extra=extra))
    assert re.match(r"HTTP/1\.1 4\d\d", told), told[:80]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nno end',
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../a\x00.csv"\r\n\r\n\x00\xff\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\x00\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 600 + b"--x--\r\n",
        b"--y\r\n\r\n--y--",
    ],
    ids=range(8),
)
@pytest.mark.parametrize("path", ["/take", "/add", "/check", "/ask/draft"])
async def test_a_broken_form_is_a_sentence(page, path, body):
    headers = {"content-type": "multipart/form-data; boundary=x", "hx-request": "true"}
    answer = await page.client.post(path, content=body, headers=headers)
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text


async def test_somebody_who_sends_slowly_keeps_nobody_waiting(page):
    port = int(page.address.rpartition(":")[2])
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]
    for _, writer in slow:
        writer.write(write_request(page, "POST /take HTTP/1.1", extra="Content-Length: 1000\r\n")[:-4])
        await writer.drain()
    assert ANSWERS["ada"] in (await page.get("/answers/habits")).text
    for _, writer in slow:
        writer.close()
