"""The assistant on Telegram: handlers over the core, screens, delivery, access."""
