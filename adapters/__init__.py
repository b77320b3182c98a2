"""Platforms: one folder each, all speaking the contract of `adapters.contract.adapter`."""
