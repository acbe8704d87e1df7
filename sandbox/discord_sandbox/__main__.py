"""Entry point of `python -m discord_sandbox`."""

from discord_sandbox.command_line import main

main(prog_name="discord-sandbox")
