"""Who an adapter is tested with: people on the platform, moved by the author of the adapter."""

from typing import Protocol

from adapters.contract.sending import Reference


class People(Protocol):
    """Acts of people other than the account under test. `who` is ada, grace or alan; each is somebody else.

    What a platform has not is named in `AdapterSuite.impossible`; that method is then never called.
    """

    async def post(self, who: str, text: str) -> Reference:
        """Write a post of one's own. Kind of impossibility: "post"."""

    async def reply(self, to: Reference, who: str, text: str) -> Reference:
        """Reply to a post, a part or a reply."""

    async def edit(self, reply: Reference, text: str) -> None:
        """Change the words of a reply. Kind of impossibility: "edit"."""

    async def delete(self, reply: Reference) -> None:
        """Delete a reply, not what others replied to it."""

    async def vote(self, post: Reference, who: str, option: int) -> None:
        """Vote in a native poll. Kind of impossibility: "vote"."""

    async def settle(self) -> None:
        """Return when all that was written, by these people and by the account, can be read, and what was not sent is
        known not to be on its way: time of the Host may pass.
        """
