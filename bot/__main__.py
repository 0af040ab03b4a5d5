"""`python -m bot` is the command `htx`."""

from bot.cli import main

main()
