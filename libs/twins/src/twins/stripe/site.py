"""Everything of this twin under one blueprint."""

from flask import Blueprint, Flask

from twins.settings import Settings
from twins.stripe import api, control, hosted, pages
from twins.stripe.state import KEY
from twins.stripe.world import World, seed


def add_stripe(app: Flask, settings: Settings) -> Blueprint:
    """Give the app a freshly seeded Stripe and return its pages, API and control."""
    world = World(webhook_url=settings.stripe_webhook_url)
    seed(world)
    app.extensions[KEY] = world
    site = Blueprint("stripe", __name__)
    for part in (api.bp, hosted.bp, pages.bp, control.bp):
        site.register_blueprint(part)
    return site
