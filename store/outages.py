"""What an error of the database says: that it is away, that somebody else was first, or neither.

One place for every process. An outage says nothing of what was asked: whoever meets one tries again, or
leaves it to who retries. What is neither an outage nor a collision comes from what was asked, or is a bug.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import asyncpg
from asyncpg import exceptions as pg

# The session is gone, or what the process knew of the schema is old: another session has a chance at once.
_SESSION_GONE = (
    ConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    pg.PostgresConnectionError,
    pg.AdminShutdownError,
    pg.CrashShutdownError,
    pg.IdleSessionTimeoutError,
    pg.IdleInTransactionSessionTimeoutError,
    pg.TransactionTimeoutError,
    pg.InvalidCachedStatementError,
    pg.InvalidSQLStatementNameError,
    pg.DuplicatePreparedStatementError,
)
# The database does not answer, is read only after a failover, lets nobody in, or failed by itself.
_AWAY = (
    OSError,
    pg.OperatorInterventionError,
    pg.InsufficientResourcesError,
    pg.PostgresSystemError,
    pg.InternalServerError,
    pg.ReadOnlySQLTransactionError,
    pg.InvalidAuthorizationSpecificationError,
    pg.InvalidCatalogNameError,
)
_COLLISIONS = (pg.LockNotAvailableError, pg.TransactionRollbackError)
# Our own mistakes, though asyncpg gives them one parent with a session that is gone.
_OUR_MISTAKES = (
    asyncpg.UnsupportedClientFeatureError,
    asyncpg.UnsupportedServerFeatureError,
    asyncpg.DataError,
    ValueError,
)
_OF_AN_ARGUMENT = ("query argument", "the server expects", "the number of query arguments")


def is_session_gone(error: BaseException) -> bool:
    """Whether the same question has a chance at once, on another session."""
    return isinstance(error, _SESSION_GONE) and not _is_our_mistake(error)


def is_outage(error: BaseException) -> bool:
    """Whether the database is away: nothing is known of what was asked, and it is worth asking again."""
    return isinstance(error, (*_SESSION_GONE, *_AWAY)) and not _is_our_mistake(error)


def is_collision(error: BaseException) -> bool:
    """Whether somebody else held or changed what was asked for: a lock, a deadlock, a lost race."""
    return isinstance(error, _COLLISIONS)


def _is_our_mistake(error: BaseException) -> bool:
    if isinstance(error, _OUR_MISTAKES):
        return True
    return isinstance(error, asyncpg.InterfaceError) and str(error).startswith(_OF_AN_ARGUMENT)


@contextmanager
def outlasting(noted: Callable[[BaseException], None] = lambda error: None) -> Iterator[None]:
    """End the block at an outage or a collision, and tell of it; anything else is raised."""
    try:
        yield
    except Exception as error:
        if not is_outage(error) and not is_collision(error):
            raise
        noted(error)
