"""What discord.py listens to: the gateway, its client, buttons and forms."""
