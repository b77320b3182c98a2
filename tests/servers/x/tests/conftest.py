"""The loopback X itself under test."""

from tests.servers.x.fixtures import ada, adapter, alan, asker, grace, host, need_spec, network, tweepy

__all__ = ["ada", "adapter", "alan", "asker", "grace", "host", "need_spec", "network", "tweepy"]
