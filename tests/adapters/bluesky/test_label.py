"""The label `bot`: its lack is told, and it is set where the config asks for it."""

import pytest

from adapters.bluesky import platform

pytestmark = pytest.mark.bluesky


async def advise(devnet, asker, host, **keys):
    settings = devnet.settings(asker).model_copy(update=keys)
    async with platform.connect(settings, host) as adapter:
        return await adapter.advise(())


async def test_a_missing_label_is_told_and_set_on_request_and_nothing_else_is_changed(devnet, asker, host):
    asker.describe(bio="Asks.", labels=("!no-unauthenticated",))
    (told,) = await advise(devnet, asker, host)
    assert "lacks the label bot" in told
    assert await advise(devnet, asker, host, label_bot=True) == ["its profile has the label bot now"]
    assert await advise(devnet, asker, host) == []
    where = {"repo": asker.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    profile = asker.query("com.atproto.repo.getRecord", **where)["value"]
    assert profile["description"] == "Asks."
    assert [label["val"] for label in profile["labels"]["values"]] == ["!no-unauthenticated", "bot"]


async def test_an_account_without_a_profile_gets_one_with_the_label(devnet, asker, host):
    assert await advise(devnet, asker, host, label_bot=True) == ["its profile has the label bot now"]
    assert await advise(devnet, asker, host) == []
