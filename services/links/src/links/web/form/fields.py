"""The form's fields as text, so that an error loses nothing that was typed."""

from dataclasses import dataclass, field

CONTACT_FIELDS = ("first_name", "last_name", "email", "phone", "note")


@dataclass(frozen=True)
class ShippingRow:
    """A combination and what was chosen for it; `country` is empty for All Countries."""

    currency: str
    country: str
    rate_group_id: str


@dataclass
class LinkForm:
    """What stands in each field; on the page a toggle is a truth and a moment is local text."""

    name: str = ""
    description: str = ""
    view_only: bool = False
    transition: bool = False
    address_shown: bool = True
    has_release: bool = False
    release_at: str = ""
    release_at_zone: str = ""
    has_expiration: bool = False
    expires_at: str = ""
    expires_at_zone: str = ""
    has_passcode: bool = False
    passcode: str = ""
    """A new one; empty keeps the one that is stored, which nobody can read back."""
    catalog_ids: list[str] = field(default_factory=list)
    lookbook_ids: list[str] = field(default_factory=list)
    payment_methods: list[str] = field(default_factory=list)
    shipping: list[ShippingRow] = field(default_factory=list)
    video_links: list[str] = field(default_factory=list)
    video_files: list[str] = field(default_factory=list)
    """Uploads by id."""
    background: str = "empty"
    background_image: str = ""
    """An upload's id."""
    background_url: str = ""
    unsent_files: tuple[str, ...] = ()
    """File fields in which a file was chosen that never came: only Upload sends it."""
    contacts: list[dict[str, str]] = field(default_factory=list)
    version: int = 0
