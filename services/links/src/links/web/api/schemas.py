"""Links as JSON. A link has no price, currency or language of its own: naming one is refused (R2)."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from common.local_time import LocalTimeRefused, instant_of
from links.domain.gate import Status
from links.domain.link_rules import LONGEST_NAME, LONGEST_TEXT, PAYMENT_METHODS
from links.domain.listing import Order, Show
from links.domain.media import KINDS, Background, Video


class StrictSchema(Schema):
    class Meta:
        unknown = RAISE


class Moment(fields.AwareDateTime):
    """An instant with its offset, or {"local", "zone"}: a wall clock's time in an IANA zone (D2)."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            return super()._deserialize(value, attr, data, **kwargs)
        if set(value) != {"local", "zone"} or not all(isinstance(v, str) for v in value.values()):
            raise ValidationError("Give an instant with offset, or local and zone.")
        try:
            return instant_of(value["local"], value["zone"])
        except LocalTimeRefused as refused:
            raise ValidationError(str(refused)) from refused


class ShippingRowSchema(StrictSchema):
    """Which rate group applies for a currency and a country; country null is All Countries."""

    currency = fields.String(required=True, validate=validate.Length(equal=3))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Length(equal=2))
    rate_group_id = fields.String(required=True)


class ContactSchema(StrictSchema):
    first_name = fields.String(load_default="")
    last_name = fields.String(load_default="")
    email = fields.String(load_default="")
    phone = fields.String(load_default="")
    note = fields.String(load_default="")


class VideoSchema(StrictSchema):
    """A video at YouTube or Vimeo by its address, or an uploaded file: one of the two."""

    url = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    upload_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def as_video(self, given: dict[str, Any], **_more: Any) -> Video:
        return Video(**given)


class BackgroundSchema(StrictSchema):
    """What stands behind the gate: nothing, an uploaded image, or a video by its address."""

    kind = fields.String(load_default="empty", validate=validate.OneOf(KINDS))
    url = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    upload_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def as_background(self, given: dict[str, Any], **_more: Any) -> Background:
        return Background(**given)


class LinkFields(StrictSchema):
    """What can be set on a link. `passcode` null: none."""

    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    description = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
    view_only = fields.Boolean(load_default=False)
    transition = fields.Boolean(load_default=False)
    address_shown = fields.Boolean(load_default=True)
    release_at = Moment(load_default=None, allow_none=True)
    expires_at = Moment(load_default=None, allow_none=True)
    catalog_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1))
    lookbook_ids = fields.List(fields.UUID(), load_default=list)
    payment_methods = fields.List(
        fields.String(validate=validate.OneOf(PAYMENT_METHODS)), load_default=list
    )
    shipping_rows = fields.List(fields.Nested(ShippingRowSchema), load_default=list)
    videos = fields.List(fields.Nested(VideoSchema), load_default=list)
    background = fields.Nested(BackgroundSchema, load_default=Background)
    contacts = fields.List(fields.Nested(ContactSchema), load_default=list)


class LinkReplaced(LinkFields):
    """A passcode left out stays as it is; null takes it away; it is never shown."""

    passcode = fields.String(allow_none=True, load_only=True)


class LinkChanged(LinkReplaced):
    """Some fields of a link; those left out stay as they are."""


class LinkIn(LinkReplaced):
    brand_id = fields.UUID(required=True)


class LinkOut(LinkFields):
    id = fields.UUID()
    brand_id = fields.UUID()
    token = fields.String()
    url = fields.String()
    status = fields.String()
    state = fields.String()
    has_passcode = fields.Boolean()
    version = fields.Integer()
    created_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()


class ListedLinkOut(LinkOut):
    signed_in = fields.Integer()
    orders = fields.Integer()


class LinksOut(Schema):
    """`next` and `previous` are the `page` of the neighbours, null at the ends."""

    links = fields.List(fields.Nested(ListedLinkOut))
    next = fields.String(allow_none=True)
    previous = fields.String(allow_none=True)


class PageIn(StrictSchema):
    brand_id = fields.UUID()
    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    show = fields.Enum(Show, by_value=True, load_default=Show.ALL)
    sort = fields.Enum(Order, by_value=True, load_default=Order.NEWEST)
    page = fields.String()
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class StatusIn(StrictSchema):
    """Deleted is for ever (R11)."""

    status = fields.Enum(Status, by_value=True, required=True)


class CopyIn(StrictSchema):
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))


class IfMatch(Schema):
    """The version that you have read, as its ETag said it."""

    if_match = fields.String(data_key="If-Match")
