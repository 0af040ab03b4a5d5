"""What is counted and taken away: workbooks, tables, statistics of use."""
