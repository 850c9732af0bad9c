"""Rooms in other people's houses: one file per library, loaded only when asked for."""
