"""Getting to know a source: `marsad sources add` and `marsad sources check`."""
