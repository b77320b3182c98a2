"""What people do on a sandbox network, by name and as JSON: for a network in another process."""

from datetime import datetime

from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import JSON, show

ACTS = ("join", "post", "reply", "edit", "hide", "delete", "vote")


def act(network: SandboxNetwork, name: str, told: JSON) -> JSON:
    """Let somebody do one of ACTS. A new or changed post is shown. Raises NoSuchPost, Refused."""
    if name == "join":
        labels, opted_out = tuple(told.get("labels", ())), told.get("opted_out", False)
        shown, verified_by = told.get("display_name", ""), told.get("verified_by", "")
        network.join(told["who"], shown, labels=labels, opted_out=opted_out, verified_by=verified_by)
        return {}
    at = datetime.fromisoformat(told["at"])
    match name:
        case "post" | "reply":
            return show(network.post(told["who"], told["text"], at, parent=told.get("to")))
        case "edit":
            return show(network.edit(told["id"], told["text"], at))
        case "hide":
            network.hide(told["id"], at)
        case "delete":
            network.delete(told["id"], at)
        case "vote":
            network.vote(told["id"], told["who"], told["option"], at)
    return {}
