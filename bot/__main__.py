"""`python -m bot` is the command `htx`."""

from bot.cli import main

if __name__ == "__main__":  # the process that changes the library imports this module again
    main()
