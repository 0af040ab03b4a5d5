"""How right answers are: question files, files of facts, the self-test."""
