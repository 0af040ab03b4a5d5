"""From blocks to passages: laws by article and clause, reports by paragraph, tables by row."""
