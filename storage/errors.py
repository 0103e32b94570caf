"""Every way in which a database can fail a user, each with a sentence that says what to do.

StorageError
├── DatabaseUrlError        not a URL of SQLite or PostgreSQL (exit code 2: wrong usage)
├── NoDatabaseError         only reading was asked, and there is nothing yet
├── NoFolderError           the folder of the file does not exist
├── NotWritableError        no right to write there
├── NotADatabaseError       the file is something else
├── DamagedDatabaseError    SQLite says that the file is malformed
├── ForeignDatabaseError    a database of another program
├── NewerDatabaseError      made by a newer marsad
├── OlderDatabaseError      made by an older marsad and only reading was asked
├── DiskFullError
├── LockedError             another program holds the write lock for too long
├── UnreachableError        no PostgreSQL server, wrong password, no such database
├── DaemonRunsError         another daemon works on this database
├── BackupError             a backup could not be made or did not pass its check
└── QueryError              `marsad sql` (exit code 2)
    ├── QueryRefusedError   would write, or is more than one statement
    ├── QuerySyntaxError    the database does not understand it
    └── QueryTimeoutError   took too long

Do not add one without adding it here.
"""

from __future__ import annotations


class StorageError(Exception):
    """Base of all. `str()` is the whole message; `hint` is the part that says what to do."""

    exit_code = 1

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem, self.hint = problem, hint
        super().__init__(f"{problem}; {hint}" if hint else problem)


class DatabaseUrlError(StorageError):
    """Not a URL, or one of a kind of database that marsad does not speak."""

    exit_code = 2


class NoDatabaseError(StorageError):
    """There is no database at this place yet."""


class NoFolderError(StorageError):
    """The folder that should hold the file does not exist."""


class NotWritableError(StorageError):
    """The file or its folder must not be written by this user."""


class NotADatabaseError(StorageError):
    """The file is not a SQLite database."""


class DamagedDatabaseError(StorageError):
    """The file is a database, but its pages contradict each other, or the disk cannot read them."""


class ForeignDatabaseError(StorageError):
    """The database belongs to another program."""


class NewerDatabaseError(StorageError):
    """The schema is of a version that this marsad does not know."""


class OlderDatabaseError(StorageError):
    """The schema must be brought up first, and only reading was asked."""


class DiskFullError(StorageError):
    """No space left."""


class LockedError(StorageError):
    """Another program holds the lock for writing."""


class UnreachableError(StorageError):
    """The PostgreSQL server does not answer or does not let us in."""


class DaemonRunsError(StorageError):
    """Another daemon works on this database."""


class BackupError(StorageError):
    """A backup could not be made, or did not pass its check."""


class QueryError(StorageError):
    """A query of a user that cannot be answered."""

    exit_code = 2


class QueryRefusedError(QueryError):
    """The query would write, or holds several statements."""


class QuerySyntaxError(QueryError):
    """The query is not SQL that this database understands."""


class QueryTimeoutError(QueryError):
    """The query was stopped by the time limit."""
