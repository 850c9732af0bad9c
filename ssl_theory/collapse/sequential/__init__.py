"""Rules that look at numbers as they come: pure functions, of one stream or of many at once."""
