"""The suite that every adapter must pass.

Subclass it in your tests and give it three fixtures: the adapter, opened, on a platform that answers; one not
opened, whose platform cannot be reached; and the people of the first one's platform.

    class TestNoticeBoard(AdapterSuite):
        impossible: ClassVar = {"vote": "a notice board has no polls"}

        @pytest.fixture
        async def adapter(self, host, tmp_path):
            async with connect(Settings(folder=tmp_path), host) as adapter:
                yield adapter

        @pytest.fixture
        def unreachable(self, host):
            return connect(Settings(folder="/nowhere"), host)

        @pytest.fixture
        def people(self, tmp_path):
            return Visitors(tmp_path)

It needs pytest and pytest-asyncio (mode auto).
"""

from adapters.testing.publishing import (
    OpeningObligations,
    PollObligations,
    PreparingObligations,
    PublishingObligations,
)
from adapters.testing.reading import CollectingObligations, CountingObligations, RereadingObligations


class AdapterSuite(
    OpeningObligations,
    PreparingObligations,
    PollObligations,
    PublishingObligations,
    CollectingObligations,
    RereadingObligations,
    CountingObligations,
):
    """All obligations of `adapters.contract.adapter`; what may be set is said in `adapters.testing.obligations`."""
