"""The statements that an ingest runs for all rows of a page: see `storage.sql.bulk`."""

from storage.sql.bulk import BulkInsert

UPSERT_AUTHOR = BulkInsert(
    into="authors (platform, remote_id, handle, display_name, link, labels, evidence, opted_out, "
    "made_at, do_not_quote, seen_at)",
    values="?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?",
    types=("text", "text", "text", "text", "text", "json", "json", "bool", "timestamptz", "timestamptz"),
    conflict="""
        ON CONFLICT (platform, remote_id) DO UPDATE SET
            handle = excluded.handle, display_name = excluded.display_name, link = excluded.link,
            labels = excluded.labels, evidence = excluded.evidence, opted_out = excluded.opted_out,
            made_at = COALESCE(excluded.made_at, authors.made_at), seen_at = excluded.seen_at
        WHERE (excluded.handle <> '' OR authors.handle = '')
            AND (authors.handle, authors.display_name, authors.link, CAST(authors.labels AS TEXT),
                 CAST(authors.evidence AS TEXT), authors.opted_out, authors.made_at IS NULL)
            <> (excluded.handle, excluded.display_name, excluded.link, CAST(excluded.labels AS TEXT),
                CAST(excluded.evidence AS TEXT), excluded.opted_out,
                authors.made_at IS NULL AND excluded.made_at IS NULL)
    """,
)

INSERT_REPLY = BulkInsert(
    into="""
        replies (question_id, post_id, account_id, platform, remote_id, parent_remote_id, link, origin, state,
                 posted_at, seen_at, extra, audience, source, source_id, author_id)
    """,
    values="?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM authors WHERE platform = ? AND remote_id = ?)",
    types=(*("int",) * 3, *("text",) * 6, "timestamptz", "timestamptz", "json", *("text",) * 5),
    conflict="ON CONFLICT DO NOTHING",
)

INSERT_FIRST_WORDING = BulkInsert(
    into='revisions (reply_id, number, text, original, version, language, "foreign", seen_at)',
    values="(SELECT id FROM replies WHERE question_id = ? AND platform = ? AND remote_id = ?), 1, ?, ?, ?, ?, ?, ?",
    types=("int", *("text",) * 6, "json", "timestamptz"),
    conflict="ON CONFLICT DO NOTHING",
)
