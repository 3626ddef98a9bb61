"""Backup and restore of one service: its database, its files, and what makes the rest converge."""

from common.backup.manifest import Manifest, UnusableBackup
from common.backup.resending import list_seen, resend
from common.backup.restoring import restore
from common.backup.saving import back_up

__all__ = ["Manifest", "UnusableBackup", "back_up", "list_seen", "resend", "restore"]
