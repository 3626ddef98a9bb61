"""The web process: `python -m identity.app`."""

import os
from dataclasses import replace
from functools import partial

from flask import Flask

from common.operations.web import all_services
from common.sessions import SessionReader
from common.web.app import create_app as create_service_app
from common.web.serve import SECRET_THREADS, serve
from identity.deps import Deps, make_deps
from identity.settings import Settings
from identity.store.personal import REGISTER
from identity.web import (
    account,
    account_secrets,
    address_book,
    api_brands,
    api_buyer_imports,
    api_buyer_parts,
    api_buyers,
    api_keys,
    api_settings,
    api_team,
    api_team_invitations,
    audit,
    brands,
    buyer_addresses,
    buyer_app,
    buyer_choice,
    buyer_deleting,
    buyer_editing,
    buyer_export,
    buyer_imports,
    buyer_ways_in,
    buyers,
    claims,
    email_changes,
    invitations,
    link_sign_in,
    maker_settings,
    organisations,
    ownership,
    questions,
    questions_of_buyers,
    questions_of_sessions,
    registration,
    resets,
    second_factor,
    second_step,
    sign_in,
    team,
    team_invitations,
)

PAGES = (
    sign_in.bp,
    second_step.bp,
    registration.bp,
    resets.bp,
    email_changes.bp,
    invitations.bp,
    account_secrets.bp,
    second_factor.bp,
    link_sign_in.bp,
    buyer_choice.bp,
    claims.bp,
    account.bp,
    buyer_app.bp,
    address_book.bp,
    organisations.bp,
    buyers.bp,
    buyer_editing.bp,
    buyer_export.bp,
    buyer_imports.bp,
    buyer_ways_in.bp,
    buyer_addresses.bp,
    buyer_deleting.bp,
    ownership.bp,
    team.bp,
    team_invitations.bp,
    maker_settings.bp,
    brands.bp,
    api_keys.bp,
    audit.bp,
    all_services.bp,
)

API = (
    api_buyers.bp,
    api_buyer_parts.bp,
    api_buyer_imports.bp,
    api_team_invitations.bp,
    api_team.bp,
    api_settings.bp,
    api_brands.bp,
)
OWN_SCOPES = {
    api_team.bp.name: "team",
    api_team_invitations.bp.name: "team",
    api_settings.bp.name: "settings",
    api_brands.bp.name: "settings",
}
"""Apart from "identity": who may read buyers learns nothing of the team by that."""


def create_app(deps: Deps) -> Flask:
    """Return the app over these parts; see `read_own_sessions`."""
    return create_service_app(
        deps=deps,
        import_name=__name__,
        pages_=PAGES,
        api=API,
        own_scopes=OWN_SCOPES,
        privacy=REGISTER,
        internal_=[questions.bp, questions_of_buyers.bp, questions_of_sessions.bp],
    )


def read_own_sessions(deps: Deps) -> Deps:
    """Return parts that read sessions from identity's own rows, not by HTTP."""
    own = partial(questions_of_sessions.answer_session, deps)
    reader = SessionReader(cache=deps.cache, ask_identity=own, now=deps.now)
    return replace(deps, sessions=reader)


if __name__ == "__main__":
    own_settings = Settings.from_env(os.environ)
    serve(
        own_settings,
        lambda: create_app(read_own_sessions(make_deps(own_settings))),
        threads=SECRET_THREADS,
    )
