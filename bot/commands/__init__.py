"""The editor's face in Discord, and the members': `install` puts it on a client. Imported only for accounts that
have commands, since it brings discord.py.
"""

from bot.commands.install import install

__all__ = ["install"]
