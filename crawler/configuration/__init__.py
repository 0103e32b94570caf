"""Reading config/: where it lies, what it says, and errors that name file, line, key and what to do."""
