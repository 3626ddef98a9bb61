"""What identity does after its database was put back to an earlier moment (I18, I19)."""

AFTER_RESTORE = (
    # Sign-outs, revocations and used tokens since then are forgotten: fail closed.
    "delete from sessions",
    "delete from half_sign_ins",
    "update password_resets set expires_at = least(expires_at, now()) where used_at is null",
    "update email_changes set expires_at = least(expires_at, now()) where used_at is null",
)
