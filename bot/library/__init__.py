"""Changes of the library from outside: jobs, drafts, links, the folder, points to look at."""
