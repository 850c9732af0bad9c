"""collapse-bench: how often collapse is called where there is none, and missed where there is."""
