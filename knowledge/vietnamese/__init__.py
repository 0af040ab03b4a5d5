"""Vietnamese: text, tone marks, abbreviations, thesaurus, places and periods."""
