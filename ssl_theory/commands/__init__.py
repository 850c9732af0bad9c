"""One command a file: what it may be asked, and what it does."""
