"""For the authors of adapters: the suite that every adapter must pass, and a Host that records. Needs pytest."""

import pytest

pytest.register_assert_rewrite("adapters.testing.publishing", "adapters.testing.reading", "adapters.testing.steps")

# Assertions are rewritten only in modules that were registered before their import.
from adapters.testing.host import RecordingHost  # noqa: E402
from adapters.testing.people import People  # noqa: E402
from adapters.testing.suite import AdapterSuite  # noqa: E402

__all__ = ["AdapterSuite", "People", "RecordingHost"]
