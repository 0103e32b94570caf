"""Decisions of people as data: what they mean for linking and rows, how they are made, erased, exported, reviewed."""
