"""The audit log of a service: who changed what for whom. Its table is in each database that has one."""

from common.audit.entries import AuditEntry, AuditSearch, FoundEntries, search_audit
from common.audit.recording import NOTHING, Place, record_change
from common.audit.values import SYSTEM, Actor, Editor, Subject, check_harmless, differences

__all__ = [
    "NOTHING",
    "SYSTEM",
    "Actor",
    "AuditEntry",
    "AuditSearch",
    "Editor",
    "FoundEntries",
    "Place",
    "Subject",
    "check_harmless",
    "differences",
    "record_change",
    "search_audit",
]
