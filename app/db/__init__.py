"""The only place with SQL: engine, tables, ledger (every write) and queries (read-only)."""
