"""Who may use the bot: requests, roles, what is kept of a person, who did what."""
