"""Everything of the inbox under one blueprint."""

from flask import Blueprint, Flask

from twins.mail import control, pages
from twins.mail.inbox import Inbox
from twins.mail.state import KEY
from twins.settings import Settings


def add_mail(app: Flask, settings: Settings) -> Blueprint:
    """Give the app an empty inbox and return its pages and control."""
    app.extensions[KEY] = Inbox()
    site = Blueprint("mail", __name__)
    site.register_blueprint(pages.bp)
    site.register_blueprint(control.bp)
    return site
