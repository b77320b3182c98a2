"""Replies that sell: the traces they show, how like a sale they read, and what proves one."""
