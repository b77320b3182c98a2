"""The act that an import is, so that it can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.acts import acts
from storage.engine import Session


@dataclass(slots=True)
class Recording:
    """One act for all batches, recorded once one of them has brought something."""

    workspace: str
    kind: str
    subject: str
    by: str
    read_as: Mapping[str, Any] | None = None
    act_id: int | None = None

    async def extend(self, session: Session, added: Mapping[str, Sequence[int]], now: datetime) -> None:
        """It has brought these rows, by table: in their transaction, so that a kill leaves nothing without a record."""
        if self.act_id is None:
            if any(added.values()):
                act = await acts.record_act(
                    session,
                    self.workspace,
                    self.kind,
                    self.subject,
                    by=self.by,
                    now=now,
                    added=added,
                    read_as=self.read_as,
                )
                self.act_id = act.id
            return
        for table, ids in added.items():
            if ids:
                await acts.extend_act(session, self.act_id, table, ids)
