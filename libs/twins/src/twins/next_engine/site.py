"""Everything of this twin under one blueprint."""

from flask import Blueprint, Flask

from twins.next_engine import api, browser, pages
from twins.next_engine.control import behaviour, companies, orders
from twins.next_engine.seed import seed_company
from twins.next_engine.state import KEY
from twins.next_engine.world import World
from twins.settings import Settings


def add_next_engine(app: Flask, settings: Settings) -> Blueprint:
    """Give the app a freshly seeded NEXT ENGINE and return its pages, API and control."""
    world = World(settings.redirect_uri)
    seed_company(world)
    app.extensions[KEY] = world
    site = Blueprint("next_engine", __name__)
    for part in (api.bp, browser.bp, pages.bp, behaviour.bp, companies.bp, orders.bp):
        site.register_blueprint(part)
    return site
