"""The tables of `directory.db` (published, replaced whole) and `work.db` (history, private), as migrations.

Every column is typed; ids, ZIPs and phones are text; days are ISO text; three-valued columns say yes, no or unknown.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

__all__ = ["published"]

published = Migrations("directory")
"""`directory.db`: what people are shown. Nothing in it says who asked, decided or was refused."""


@published()
def listings(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE source (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, plan TEXT, url TEXT, licence TEXT, attribution TEXT,
            as_of TEXT, demo INTEGER NOT NULL CHECK (demo IN (0, 1))
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE listing (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE, organization TEXT NOT NULL, name TEXT NOT NULL, description TEXT,
            source_id TEXT NOT NULL REFERENCES source(id), source_row TEXT NOT NULL,
            statewide INTEGER NOT NULL CHECK (statewide IN (0, 1)),
            reach TEXT NOT NULL CHECK (reach IN ('county', 'distance')),
            address_1 TEXT, city TEXT, postal_code TEXT, state TEXT,
            latitude REAL, longitude REAL,
            url TEXT, email TEXT, hours_text TEXT, schedule TEXT,
            wheelchair TEXT NOT NULL CHECK (wheelchair IN ('yes', 'no', 'unknown')),
            eligibility_text TEXT, fees_text TEXT, how_to_apply TEXT, documents TEXT,
            taking_referrals TEXT NOT NULL CHECK (taking_referrals IN ('yes', 'no', 'unknown')),
            capacity TEXT NOT NULL
                CHECK (capacity IN ('open', 'wait_list', 'full', 'assessment_first', 'unknown')),
            capacity_on TEXT, assured_on TEXT,
            confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
            CHECK (confidential = 0 OR coalesce(address_1, city, postal_code, latitude, longitude) IS NULL)
        ) STRICT
        """
    )
    for table, column in (
        ("listing_need", "need"),
        ("listing_program", "program"),
        ("listing_plan", "plan"),
        ("service_area", "county"),
        ("listing_language", "language"),
    ):
        db.execute(
            f"""
            CREATE TABLE {table} (
                {column} TEXT NOT NULL, listing INTEGER NOT NULL REFERENCES listing(rowid),
                PRIMARY KEY ({column}, listing)
            ) STRICT, WITHOUT ROWID
            """
        )
        db.execute(f"CREATE INDEX {table}_by_listing ON {table}(listing)")
    db.execute(
        """
        CREATE TABLE phone (
            listing INTEGER NOT NULL REFERENCES listing(rowid), position INTEGER NOT NULL,
            number TEXT NOT NULL CHECK (number <> ''), extension TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('voice', 'tty', 'fax', 'text')), label TEXT,
            PRIMARY KEY (listing, position)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX listing_by_source ON listing(source_id)")
    db.execute("CREATE INDEX listing_by_position ON listing(latitude, longitude)")
    db.execute("CREATE TABLE publication (id TEXT PRIMARY KEY, published_at TEXT NOT NULL) STRICT")
