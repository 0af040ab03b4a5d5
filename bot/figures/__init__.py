"""Questions for figures, put together from choices."""
