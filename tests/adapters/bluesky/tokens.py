"""Tokens that the PDS signed, made older."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace

from atproto_client.client.session import Session

_SECRET = b"jwt-secret"


def expire_session(stored: str, *, refresh: bool = False) -> str:
    """The stored session with an access token, and if wanted a refresh token, that expired long ago."""
    told = json.loads(stored)
    session = Session.decode(told["session"])
    session = replace(session, access_jwt=_expire(session.access_jwt))
    if refresh:
        session = replace(session, refresh_jwt=_expire(session.refresh_jwt))
    return json.dumps({**told, "session": session.encode()})


def _expire(token: str) -> str:
    head, payload, _ = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    signed = f"{head}.{_encode(json.dumps({**claims, 'iat': 1_000_000, 'exp': 1_000_060}).encode())}"
    return f"{signed}.{_encode(hmac.new(_SECRET, signed.encode(), hashlib.sha256).digest())}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
