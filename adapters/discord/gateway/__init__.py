"""What discord.py listens to: the gateway, its client, and the commands as Discord knows them."""
