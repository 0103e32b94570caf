"""How well and how cheaply pages are read, reproducible for anyone: docs/reading.md says where the public pages are."""
