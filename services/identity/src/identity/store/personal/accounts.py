"""Nobody's rows: accounts, sessions, organisations, and what accounts wait for."""

from common.privacy import EMAIL, GONE, NAME, SECRET, Held

OF_USER = "user_id = any(:user_ids)"

ACCOUNTS = (
    Held(
        table="sessions",
        what="Where the person is signed in",
        where=f"{OF_USER} or buyer_id = any(:buyer_ids)",
        columns={"device": GONE, "operator": GONE, "token_hash": SECRET},
        shows=("kind", "method", "created_at", "expires_at"),
        goes=True,
    ),
    Held(
        table="registrations",
        what="Accounts that were begun",
        where="lower(email) = any(:account_emails)",
        columns={"email": GONE, "name": GONE, "organisation": GONE, "password_hash": SECRET},
        shows=("language", "expires_at"),
        goes=True,
    ),
    Held(
        table="password_resets",
        what="New passwords that were asked for",
        where=OF_USER,
        columns={},
        shows=("expires_at", "used_at"),
        goes=True,
    ),
    Held(
        table="email_changes",
        what="New addresses that were asked for",
        where=f"{OF_USER} or lower(new_email) = any(:account_emails)",
        columns={"new_email": GONE},
        shows=("expires_at", "used_at"),
        goes=True,
    ),
    Held(
        table="recovery_codes",
        what="Recovery codes of the second factor",
        where=OF_USER,
        columns={"code_hash": SECRET},
        shows=("used_at",),
        goes=True,
    ),
    Held(
        table="half_sign_ins",
        what="Sign-ins that wait for the second factor",
        where=OF_USER,
        columns={"token_hash": SECRET},
        shows=("expires_at",),
        goes=True,
    ),
    Held(
        table="buyer_choices",
        what="Sign-ins that wait for the choice of a buyer",
        where=OF_USER,
        columns={},
        shows=("expires_at",),
        goes=True,
    ),
    Held(
        table="organisation_invitations",
        what="Invitations into an organization",
        where="lower(email) = any(:account_emails)",
        columns={"email": EMAIL},
        shows=("role", "state", "expires_at"),
        stays="That somebody was invited.",
    ),
    Held(
        table="memberships",
        what="Organizations that the person is a member of",
        where=OF_USER,
        columns={},
        shows=("organisation_id", "role"),
        goes=True,
    ),
    Held(
        table="organisations",
        what="Organizations that are the person's alone",
        where="id = any(:organisation_ids)",
        columns={"name": NAME},
        shows=("created_at",),
        stays="The row: what was ordered belongs to it.",
    ),
    Held(
        table="users",
        what="The account",
        where="id = any(:user_ids)",
        columns={
            "email": EMAIL,
            "name": NAME,
            "password_hash": SECRET,
            "totp_sealed": SECRET,
        },
        shows=("language", "created_at"),
        stays="The row, which names nobody any more: others' entries point at it.",
    ),
)
