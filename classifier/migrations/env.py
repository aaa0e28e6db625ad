"""What alembic runs: the migrations on the connection that `classifier.database` gives."""

from alembic import context

from classifier.store_schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
