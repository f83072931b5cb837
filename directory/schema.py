"""The tables of `directory.db` (published, replaced whole) and `work.db` (history, private), as migrations.

Every column is typed; ids, ZIPs and phones are text; days are ISO text; three-valued columns say yes, no or unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

__all__ = ["published", "published_indexes", "work"]

_MANY = {
    "listing_need": "need",
    "listing_program": "program",
    "listing_plan": "plan",
    "service_area": "county",
    "listing_language": "language",
}
"""Table -> column of what a listing may have several of."""

published = Migrations("directory")
"""`directory.db`: what people are shown. Nothing in it says who asked, decided or was refused.

Beside what a listing says, its row holds what the search reads: `x y z` (on the unit globe: where it is, or the middle
of its ZIP or city), `place` (one number, a hash, for the services of one organization at one place), `dated_on`
(checked, or else listed), `digest` (a hash of all that people are told of it: two publications are compared by it).
The row ids are in the order of the names, with room between them for what comes later. Change `store.LAYOUT` with these
tables.
"""


@published()
def listings(db: Database) -> None:
    for statement in (*_PUBLISHED, *_many_of_a_listing()):
        db.execute(_spelled_out(statement))


def _spelled_out(statement: str) -> str:
    """`CHECK (a IN (1, 2, 3))` as `a = 1 OR a = 2 OR a = 3`.

    SQLite makes a table of the values of such an IN anew for every row it checks: half of all the writing went there.
    """
    return _ONE_OF.sub(
        lambda found: f"CHECK ({' OR '.join(f'{found[1]} = {value}' for value in found[2].split(', '))})", statement
    )


_ONE_OF = re.compile(r"CHECK \((\w+) IN \(([^()]*)\)\)")


def published_indexes() -> Iterator[str]:
    """The indexes of `directory.db`, to be made once its tables are filled: sorted at once they cost a third."""
    yield from _INDEXES
    yield from (f"CREATE INDEX {table}_by_{column} ON {table}({column}, listing)" for table, column in _MANY.items())


_PUBLISHED = (
    """
    CREATE TABLE source (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, plan TEXT, url TEXT, licence TEXT, attribution TEXT,
        as_of TEXT, demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE listing (
        rowid INTEGER PRIMARY KEY,
        id TEXT NOT NULL, organization TEXT NOT NULL, name TEXT NOT NULL, description TEXT,
        source_id TEXT NOT NULL REFERENCES source(id), source_row TEXT NOT NULL,
        statewide INTEGER NOT NULL CHECK (statewide IN (0, 1)),
        reach TEXT NOT NULL CHECK (reach IN ('county', 'distance')),
        address_1 TEXT, city TEXT, postal_code TEXT, state TEXT,
        latitude REAL, longitude REAL, x REAL, y REAL, z REAL,
        place INTEGER NOT NULL, dated_on TEXT,
        url TEXT, email TEXT, hours_text TEXT, schedule TEXT,
        wheelchair TEXT NOT NULL CHECK (wheelchair IN ('yes', 'no', 'unknown')),
        eligibility_text TEXT, fees_text TEXT, how_to_apply TEXT, documents TEXT,
        taking_referrals TEXT NOT NULL CHECK (taking_referrals IN ('yes', 'no', 'unknown')),
        capacity TEXT NOT NULL
            CHECK (capacity IN ('open', 'wait_list', 'full', 'assessment_first', 'unknown')),
        capacity_on TEXT, capacity_by TEXT, wait_list TEXT, assured_on TEXT, edited_on TEXT, as_of TEXT, npi TEXT,
        fee TEXT NOT NULL CHECK (fee IN ('yes', 'no', 'unknown')),
        id_asked TEXT NOT NULL CHECK (id_asked IN ('yes', 'no', 'unknown')),
        walk_in TEXT NOT NULL CHECK (walk_in IN ('yes', 'no', 'unknown')),
        by_phone TEXT NOT NULL CHECK (by_phone IN ('yes', 'no', 'unknown')),
        by_appointment TEXT NOT NULL CHECK (by_appointment IN ('yes', 'no', 'unknown')),
        alert TEXT, alert_until TEXT, suspended_until TEXT, digest INTEGER NOT NULL,
        confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
        CHECK (confidential = 0 OR coalesce(address_1, city, postal_code, latitude, longitude, x) IS NULL)
    ) STRICT
    """,
    """
    CREATE TABLE phone (
        listing INTEGER NOT NULL REFERENCES listing(rowid), position INTEGER NOT NULL,
        number TEXT NOT NULL CHECK (number <> ''), extension TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('voice', 'tty', 'fax', 'text')), label TEXT,
        PRIMARY KEY (listing, position)
    ) STRICT, WITHOUT ROWID
    """,
    # Each row behind a listing that several lists name: the fields in which it agrees with what is shown, and what
    # it says in the others, as JSON (name -> value).
    """
    CREATE TABLE said (
        listing INTEGER NOT NULL REFERENCES listing(rowid), source_id TEXT NOT NULL REFERENCES source(id),
        source_row TEXT NOT NULL, as_of TEXT, agrees TEXT NOT NULL, differs TEXT NOT NULL,
        PRIMARY KEY (listing, source_id, source_row)
    ) STRICT, WITHOUT ROWID
    """,
    # Ids that a listing had before two of them were found to be one place: links that people keep go on working.
    """
    CREATE TABLE listing_alias (
        id TEXT PRIMARY KEY, listing INTEGER NOT NULL REFERENCES listing(rowid)
    ) STRICT, WITHOUT ROWID
    """,
    # Only which listing has which word is kept: no text a second time.
    """
    CREATE VIRTUAL TABLE listing_word USING fts5
        (text, content = '', detail = 'none', prefix = '3', tokenize = 'unicode61 remove_diacritics 2')
    """,
    # What the search keeps in memory, as blobs (`directory.search.making`): made from the full tables above.
    "CREATE TABLE search_index (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    # `definition`: a hash of the code and data it was made with; other code makes the whole directory anew.
    "CREATE TABLE publication (id TEXT PRIMARY KEY, published_at TEXT NOT NULL, definition TEXT NOT NULL) STRICT",
)
_INDEXES = (
    "CREATE UNIQUE INDEX listing_by_id ON listing(id)",
    "CREATE INDEX listing_by_source ON listing(source_id, source_row)",
    "CREATE INDEX listing_confidential ON listing(id) WHERE confidential = 1",
    "CREATE INDEX listing_by_room ON listing(capacity_on) WHERE capacity_on IS NOT NULL",
    "CREATE INDEX listing_by_notice ON listing(alert_until) WHERE alert IS NOT NULL",
    "CREATE INDEX listing_by_place ON listing(place)",
    "CREATE INDEX said_by_row ON said(source_id, source_row)",
    "CREATE INDEX alias_by_listing ON listing_alias(listing)",
    "CREATE INDEX listing_by_age ON listing(dated_on, assured_on, place)",
)


def _many_of_a_listing() -> Iterator[str]:
    """The tables of what a listing has several of, found from either side."""
    for table, column in _MANY.items():
        yield f"""
            CREATE TABLE {table} (
                listing INTEGER NOT NULL REFERENCES listing(rowid), {column} TEXT NOT NULL,
                PRIMARY KEY (listing, {column})
            ) STRICT, WITHOUT ROWID
            """


work = Migrations("work")
"""`work.db`: what each list said, row by row, and what was made of it; private. The dictionary is docs/work_db.md."""


@work()
def lists(db: Database) -> None:
    for table in _WORK:
        db.execute(_spelled_out(table))


@work()
def doors(db: Database) -> None:
    db.execute("ALTER TABLE staged ADD COLUMN place TEXT")
    db.execute("ALTER TABLE staged ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1))")


@work()
def many_lists(db: Database) -> None:
    for statement in _MANY_LISTS:
        db.execute(_spelled_out(statement))


@work()
def streaming(db: Database) -> None:
    for statement in _STREAMING:
        db.execute(_spelled_out(statement))


@work()
def settled(db: Database) -> None:
    # A publication is noted before it takes its place: a kill in between, or just after, leaves no hole in the history.
    db.execute("ALTER TABLE publication ADD COLUMN settled INTEGER NOT NULL DEFAULT 1")


_WORK = (
    """
    CREATE TABLE list_file (
        source_id TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER NOT NULL,
        received_at TEXT NOT NULL, PRIMARY KEY (source_id, sha256)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE run (
        number INTEGER PRIMARY KEY, source_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('sync', 'removed')),
        list_sha256 TEXT, definition TEXT, started_at TEXT NOT NULL, as_of TEXT,
        records INTEGER NOT NULL, drafts INTEGER NOT NULL, refused INTEGER NOT NULL,
        added INTEGER NOT NULL, changed INTEGER NOT NULL, gone INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE raw_row (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, sha256 TEXT NOT NULL, cells TEXT NOT NULL,
        first_run INTEGER NOT NULL REFERENCES run(number), PRIMARY KEY (source_id, row_id, sha256)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE link (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, listing_id TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('new', 'same', 'different', 'ask')), reasons TEXT NOT NULL,
        since TEXT NOT NULL, PRIMARY KEY (source_id, row_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX link_by_listing ON link(listing_id)",
    """
    CREATE TABLE staged (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, raw_sha256 TEXT NOT NULL, line INTEGER NOT NULL,
        draft TEXT, problems TEXT NOT NULL, refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
        first_on TEXT NOT NULL, changed_on TEXT NOT NULL, ended_on TEXT, ended_why TEXT,
        PRIMARY KEY (source_id, row_id), CHECK (refused = 0 OR ended_on IS NOT NULL OR draft IS NULL)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE change (
        run INTEGER NOT NULL REFERENCES run(number), source_id TEXT NOT NULL, row_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'gone')),
        field TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (run, row_id, field)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE publication (
        id TEXT PRIMARY KEY, published_at TEXT NOT NULL, listings INTEGER NOT NULL, sha256 TEXT NOT NULL,
        sources TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_MANY_LISTS = (
    # A CHECK cannot be altered: the table is made anew with the two kinds that it lacked.
    """
    CREATE TABLE run_new (
        number INTEGER PRIMARY KEY, source_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('sync', 'hand', 'removed', 'stopped')),
        list_sha256 TEXT, definition TEXT, started_at TEXT NOT NULL, as_of TEXT,
        records INTEGER NOT NULL, drafts INTEGER NOT NULL, refused INTEGER NOT NULL,
        added INTEGER NOT NULL, changed INTEGER NOT NULL, gone INTEGER NOT NULL,
        who TEXT, why TEXT
    ) STRICT
    """,
    "INSERT INTO run_new SELECT *, NULL, NULL FROM run",
    "DROP TABLE run",
    "ALTER TABLE run_new RENAME TO run",
    "CREATE INDEX run_by_source ON run(source_id, number)",
    "ALTER TABLE staged ADD COLUMN changed_run INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE link ADD COLUMN changed_run INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE organization (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, npi TEXT, owner TEXT, partnership TEXT, note TEXT, since TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE organization_name (
        source_id TEXT NOT NULL, name TEXT NOT NULL, organization_id TEXT NOT NULL REFERENCES organization(id),
        reasons TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (source_id, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE candidate (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, listing_id TEXT NOT NULL, reasons TEXT NOT NULL,
        since TEXT NOT NULL, PRIMARY KEY (source_id, row_id, listing_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE decision (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('same', 'different', 'keep', 'not_listed', 'suspended', 'closed', 'notice')),
        listing_id TEXT NOT NULL, source_id TEXT, row_id TEXT, field TEXT, value TEXT, until TEXT,
        who TEXT NOT NULL, why TEXT NOT NULL, decided_at TEXT NOT NULL, undone_at TEXT, undone_by TEXT
    ) STRICT
    """,
    "CREATE INDEX decision_by_listing ON decision(listing_id)",
    "ALTER TABLE publication ADD COLUMN kind TEXT NOT NULL DEFAULT 'publish'",
    "ALTER TABLE publication ADD COLUMN file TEXT",
    "ALTER TABLE publication ADD COLUMN through_run INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE publication ADD COLUMN through_decision INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE publication ADD COLUMN who TEXT",
    """
    CREATE TABLE fetched (
        source_id TEXT PRIMARY KEY, url TEXT NOT NULL, sha256 TEXT NOT NULL, etag TEXT, last_modified TEXT,
        fetched_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_STREAMING = (
    # What a run has to know of the rows it met before, narrow: the fat rows are not touched when only places move.
    """
    CREATE TABLE list_row (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, sha256 TEXT NOT NULL, line INTEGER NOT NULL,
        run INTEGER NOT NULL, refused INTEGER NOT NULL CHECK (refused IN (0, 1)), PRIMARY KEY (source_id, row_id)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO list_row SELECT source_id, row_id, raw_sha256, line, 0, refused FROM staged WHERE ended_on IS NULL",
    # Wide rows in a table WITHOUT ROWID take four times their room: both are made anew.
    """
    CREATE TABLE raw_row_new (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, sha256 TEXT NOT NULL, cells TEXT NOT NULL,
        first_run INTEGER NOT NULL REFERENCES run(number), PRIMARY KEY (source_id, row_id, sha256)
    ) STRICT
    """,
    "INSERT INTO raw_row_new SELECT source_id, row_id, sha256, cells, first_run FROM raw_row",
    "DROP TABLE raw_row",
    "ALTER TABLE raw_row_new RENAME TO raw_row",
    """
    CREATE TABLE staged_new (
        source_id TEXT NOT NULL, row_id TEXT NOT NULL, raw_sha256 TEXT NOT NULL, line INTEGER NOT NULL,
        draft TEXT, problems TEXT NOT NULL, refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
        first_on TEXT NOT NULL, changed_on TEXT NOT NULL, ended_on TEXT, ended_why TEXT,
        place TEXT, marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1)),
        changed_run INTEGER NOT NULL DEFAULT 0,
        confidential INTEGER GENERATED ALWAYS AS (coalesce(instr(draft, '"confidential":true'), 0) > 0) VIRTUAL,
        PRIMARY KEY (source_id, row_id), CHECK (refused = 0 OR ended_on IS NOT NULL OR draft IS NULL)
    ) STRICT
    """,
    """
    INSERT INTO staged_new SELECT source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on,
        ended_on, ended_why, place, marked, changed_run FROM staged
    """,
    "DROP TABLE staged",
    "ALTER TABLE staged_new RENAME TO staged",
    "CREATE INDEX staged_by_run ON staged(changed_run)",
    "CREATE INDEX staged_by_place ON staged(place) WHERE place IS NOT NULL",
    "CREATE INDEX staged_by_refuge ON staged(source_id, place) WHERE confidential = 1",
    "CREATE INDEX staged_with_problems ON staged(source_id, row_id) WHERE problems <> '[]'",
    "CREATE INDEX link_by_run ON link(changed_run)",
    # Headings stand once for each run, not in each row; what was wrong with a list is kept with its run.
    "ALTER TABLE run ADD COLUMN headings TEXT",
    "ALTER TABLE run ADD COLUMN problems TEXT",
    # What publication says of a list; the source file may be gone while its rows are in force.
    """
    CREATE TABLE source (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, plan TEXT, url TEXT, licence TEXT, attribution TEXT, as_of TEXT,
        demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
)
