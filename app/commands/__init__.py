"""Groups of commands, each in a module of its own; `app.cli` puts them together."""
