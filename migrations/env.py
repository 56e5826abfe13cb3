"""Runs the migrations for `app.db.engine`, which hands over an open connection in the config's attributes.

There is no alembic.ini. With a `url` in the attributes in place of the connection, the SQL is printed
(`sql=True`).
"""

from alembic import context

from app.db.tables import metadata

attributes = context.config.attributes

if context.is_offline_mode():
    context.configure(url=attributes["url"], target_metadata=metadata, literal_binds=True)
else:
    context.configure(connection=attributes["connection"], target_metadata=metadata, render_as_batch=True)

with context.begin_transaction():
    context.run_migrations()
