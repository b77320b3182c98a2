"""What all groups of obligations share."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from adapters.contract.adapter import Adapter
from adapters.testing.host import RecordingHost


class Obligations:
    """A group of tests of the suite.

    impossible: what people cannot do on this platform ("post", "edit", "vote"), or that it counts no replies ("count"),
        and why; such tests are skipped. So are what an adapter leaves out because it is paid for: "handle" (the
        author's, before a reply is of use), "reread" (whatever was read before, in a thorough run).
    many: how many replies make several pages. place: where to post, on a platform that needs one.
    """

    impossible: ClassVar[Mapping[str, str]] = {}
    many: ClassVar[int] = 60
    place: str = ""

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
