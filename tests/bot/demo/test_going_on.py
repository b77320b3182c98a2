"""The folder of the demo is one like any other: its config loads, says the same, and its network is still there."""

import json
import tomllib
from datetime import timedelta

import jsonschema
import pytest

from adapters.contract.errors import Unavailable
from adapters.sandbox.memory import load_network, save_network
from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import SandboxService
from adapters.sandbox.transport import InProcess
from bot.config import load_config
from bot.config.schema import describe_config
from bot.demo.folder import KEPT, NotTheDemos, remove_last, write_config
from bot.demo.people import Cast
from bot.demo.run import make_config
from bot.demo.week import load_week
from tests.bot.demo.test_week import ask


@pytest.fixture
def played(tmp_path):
    """The network after the week, and the config of the demo in a folder."""
    week, network = load_week(), SandboxNetwork("sandbox")
    Cast(week, network).play(ask(network, week) + timedelta(days=7))
    config = make_config(week, network, tmp_path)
    config.state_folder.mkdir()
    save_network(network, config.state_folder / "sandbox.json")
    write_config(config)
    return network, config


def test_the_config_says_what_the_demo_asked_and_keeps_it(played):
    _, config = played
    loaded = load_config(config.folder / "config.toml")
    assert loaded.questions == config.questions
    assert (loaded.pullquote, loaded.digest) == (config.pullquote, config.digest)
    assert loaded.accounts["square"].platform.name == "sandbox"
    assert loaded.retention.after_close == KEPT


def test_the_config_is_valid_for_editors(played):
    data = tomllib.loads((played[1].folder / "config.toml").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(describe_config()).validate(json.loads(json.dumps(data)))


def test_the_network_is_still_there_and_goes_on(played):
    network, config = played
    again = load_network(config.state_folder / "sandbox.json")
    assert again.posts == network.posts
    assert again.events == network.events
    root = next(iter(again.posts))
    assert [each.id for each in again.replies(root)] == [each.id for each in network.replies(root)]


async def test_without_its_file_the_network_is_unreachable_and_not_empty(tmp_path):
    with pytest.raises(Unavailable):
        await InProcess(SandboxService(), tmp_path / "gone.json").call("identify", {"as": "pullquote"})


def test_a_config_that_somebody_wrote_is_never_replaced(played):
    _, config = played
    remove_last(config.folder)
    (config.folder / "config.toml").write_text("[pullquote]\n")
    with pytest.raises(NotTheDemos):
        remove_last(config.folder)
