"""What all groups of obligations share."""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import pytest

from adapters.contract.adapter import Adapter
from adapters.testing.host import RecordingHost

TEST, GROUPS = "test_", "adapters.testing."


class Obligations:
    """A group of tests of the suite.

    quality: the package of the platform, whose `quality.toml` says of every obligation that it is `"done"`, or
        `{ exempt = "why" }`; "" where all are meant to hold. An exempt one is skipped, one that is neither fails.
    impossible: what people cannot do here though the platform can ("post", "edit", "vote"), or that it counts no
        replies ("count"), and why; such tests are skipped. So are what an adapter leaves out because it is paid for:
        "handle" (the author's, before a reply is of use), "reread" (whatever was read before, in a thorough run).
    many: how many replies make several pages. place: where to post, on a platform that needs one.
    """

    quality: ClassVar[str] = ""
    impossible: ClassVar[Mapping[str, str]] = {}
    many: ClassVar[int] = 60
    place: str = ""

    @pytest.fixture(autouse=True)
    def _hold_to_quality(self, request: pytest.FixtureRequest) -> None:
        if self.quality and request.function.__module__.startswith(GROUPS):
            check_quality(self.quality, request.function.__name__.removeprefix(TEST), list_obligations(type(self)))

    @pytest.fixture
    def host(self) -> RecordingHost:
        """The Host of every adapter of a test; override it where the platform's clock matters."""
        return RecordingHost()

    def need(self, ability: str) -> None:
        """Skip the test where people lack an ability."""
        if ability in self.impossible:
            pytest.skip(self.impossible[ability])

    def need_threads(self, adapter: Adapter) -> None:
        """Skip the test where a text cannot go on in replies to itself."""
        if not adapter.capabilities.threads:
            pytest.skip("this platform has no threads")


def check_quality(package: str, obligation: str, known: Collection[str]) -> None:
    """Skip an obligation that is exempt; fail where the file does not say what it is, or names what is none."""
    quality = _read_quality(package)
    if unknown := sorted(quality.keys() - known):
        pytest.fail(f"quality.toml of {package} names what is no obligation of the suite: {', '.join(unknown)}")
    match quality.get(obligation):
        case "done":
            return
        case {"exempt": str(reason)} if reason.strip():
            pytest.skip(f"exempt: {reason}")
        case _:
            pytest.fail(f'quality.toml of {package} lacks {obligation}: write "done", or {{ exempt = "why" }}')


def list_obligations(suite: type[Obligations]) -> set[str]:
    """Names of all obligations of a suite, without what the tests of a platform add."""
    found = {name: getattr(suite, name) for name in dir(suite) if name.startswith(TEST)}
    return {name.removeprefix(TEST) for name, test in found.items() if test.__module__.startswith(GROUPS)}


@cache
def _read_quality(package: str) -> dict[str, Any]:
    """By obligation; the tables of the file are for its readers."""
    tables = tomllib.loads(files(package).joinpath("quality.toml").read_text(encoding="utf-8"))
    return {obligation: said for table in tables.values() for obligation, said in table.items()}
