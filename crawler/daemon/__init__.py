"""The scheduler: starts one child process a round, tells its health, and keeps nothing but the database in mind."""
