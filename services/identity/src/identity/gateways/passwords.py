"""The hasher that every service uses; identity counts its checks too."""

from common.passwords import AT_ONCE, MEMORY_KIB, Passwords

__all__ = ["AT_ONCE", "MEMORY_KIB", "Passwords"]
