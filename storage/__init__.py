"""The store: tables, the engine and the queries, one file a subject. It knows no platform and no rule."""
