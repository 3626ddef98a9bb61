"""The baseline of a page: Flask, one query by an index through SQLAlchemy, one template."""

from flask import Flask, abort, render_template_string
from sqlalchemy import create_engine, text

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{{ row.token }}</title>
<main><h1>{{ row.token }}</h1>{% for contact in row.contacts %}<p>{{ contact.email }}</p>{% endfor %}
<form method="post"><input name="passcode"><button>Go on</button></form></main></html>"""


def bare_app(database_url: str, table: str, key: str) -> Flask:
    """Return an app whose /<value> shows the row of `table` with that `key`."""
    app = Flask("bare")
    engine = create_engine(database_url, pool_size=4)
    query = text(f"select * from {table} where {key} = :value")  # noqa: S608

    @app.get("/<value>")
    def show(value: str) -> str:
        with engine.connect() as connection:
            row = connection.execute(query, {"value": value}).one_or_none()
        return render_template_string(PAGE, row=row) if row else abort(404)

    return app
