"""What an office does with questions: gaps, officers, points to look at, use, news."""
