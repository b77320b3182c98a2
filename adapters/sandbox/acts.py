"""What people do on a sandbox network, by name and as JSON: for a network in another process."""

from datetime import datetime

from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import JSON, show

ACTS = ("join", "post", "reply", "edit", "hide", "delete", "vote")


def act(network: SandboxNetwork, name: str, arguments: JSON) -> JSON:
    """Let somebody do one of ACTS. A new or changed post is shown. Raises NoSuchPost, Refused."""
    if name == "join":
        labels, opted_out = tuple(arguments.get("labels", ())), arguments.get("opted_out", False)
        shown, verified_by = arguments.get("display_name", ""), arguments.get("verified_by", "")
        network.join(arguments["who"], shown, labels=labels, opted_out=opted_out, verified_by=verified_by)
        return {}
    at = datetime.fromisoformat(arguments["at"])
    match name:
        case "post" | "reply":
            return show(network.post(arguments["who"], arguments["text"], at, parent=arguments.get("to")))
        case "edit":
            return show(network.edit(arguments["id"], arguments["text"], at))
        case "hide":
            network.hide(arguments["id"], at)
        case "delete":
            network.delete(arguments["id"], at)
        case "vote":
            network.vote(arguments["id"], arguments["who"], arguments["option"], at)
    return {}
