"""The edges: command line, Telegram, settings and every word that people read."""
