"""For the authors of adapters: the suite that every adapter must pass, and a Host that records. Needs pytest."""

import pytest

pytest.register_assert_rewrite("adapters.testing.publishing", "adapters.testing.reading")

from adapters.testing.host import RecordingHost  # noqa: E402 (assertions are rewritten only before the import)

__all__ = ["RecordingHost"]
