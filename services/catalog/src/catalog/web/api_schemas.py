"""Products as JSON. Amounts are whole minor units; texts are by language."""

from marshmallow import RAISE, Schema, fields, validate

from catalog.domain.product_rules import LONGEST_CATEGORY, LONGEST_NUMBER


class StrictSchema(Schema):
    class Meta:
        unknown = RAISE


def texts(**given: object) -> fields.Dict:
    """Return a field of texts by language."""
    return fields.Dict(keys=fields.String(), values=fields.String(), **given)  # type: ignore[arg-type]


class ColourSchema(StrictSchema):
    code = fields.String(required=True)
    names = texts(load_default=dict)
    hex = fields.String(required=True, metadata={"description": "#rrggbb"})


class SkuIn(StrictSchema):
    colour = fields.String(required=True, metadata={"description": "The colour's code."})
    size = fields.String(required=True)
    number = fields.String(load_default="", metadata={"description": "Empty: made for you."})
    minimum = fields.Integer(load_default=None, allow_none=True, strict=True)
    multiple = fields.Integer(load_default=None, allow_none=True, strict=True)


class SkuOut(Schema):
    id = fields.UUID()
    number = fields.String()
    colour = fields.String()
    size = fields.String()
    minimum = fields.Integer(allow_none=True)
    multiple = fields.Integer(allow_none=True)


class PriceSchema(StrictSchema):
    trade_term_id = fields.UUID(required=True)
    currency = fields.String(required=True, validate=validate.Length(equal=3))
    minor = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**12 - 1))


class ImageOut(Schema):
    id = fields.UUID()
    url = fields.String()
    colour = fields.String(allow_none=True)
    alts = texts()


class ProductReplaced(StrictSchema):
    model_number = fields.String(required=True, validate=validate.Length(max=LONGEST_NUMBER))
    names = texts(required=True)
    descriptions = texts(load_default=dict)
    materials = texts(load_default=dict)
    category = fields.String(load_default="", validate=validate.Length(max=LONGEST_CATEGORY))
    tax_id = fields.UUID(load_default=None, allow_none=True)
    colours = fields.List(fields.Nested(ColourSchema), required=True)
    sizes = fields.List(fields.String(), required=True)
    skus = fields.List(
        fields.Nested(SkuIn),
        load_default=None,
        allow_none=True,
        metadata={"description": "Left out: every colour in every size; known ones as they are."},
    )
    prices = fields.List(fields.Nested(PriceSchema), load_default=list)


class ProductIn(ProductReplaced):
    brand_id = fields.UUID(required=True)


class ProductOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
    model_number = fields.String()
    names = texts()
    descriptions = texts()
    materials = texts()
    category = fields.String()
    tax_id = fields.UUID(allow_none=True)


class WholeProductOut(ProductOut):
    colours = fields.List(fields.Nested(ColourSchema))
    sizes = fields.List(fields.String())
    skus = fields.List(fields.Nested(SkuOut))
    prices = fields.List(fields.Nested(PriceSchema))
    images = fields.List(fields.Nested(ImageOut))


class ProductsOut(Schema):
    products = fields.List(fields.Nested(ProductOut))
    next = fields.UUID(allow_none=True)


class ProductsAsked(Schema):
    before = fields.UUID(load_default=None)
    search = fields.String(load_default="", validate=validate.Length(max=200))
    category = fields.String(load_default=None)
    brand_id = fields.UUID(load_default=None)


class WordIn(StrictSchema):
    word = fields.String(required=True, metadata={"description": "confirm"})


class CopyIn(StrictSchema):
    names = texts(load_default=None, allow_none=True)


class ManyIn(StrictSchema):
    """What to change of many products; what is left out stays."""

    product_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))
    category = fields.String(validate=validate.Length(max=LONGEST_CATEGORY))
    tax_id = fields.UUID(allow_none=True, metadata={"description": "null: no tax."})
    percent = fields.Decimal(
        as_string=True, metadata={"description": "Raises or lowers list prices."}
    )
    currency = fields.String(validate=validate.Length(equal=3))


class ImageWishIn(StrictSchema):
    id = fields.UUID(required=True)
    colour = fields.String(load_default=None, allow_none=True)
    alts = texts(load_default=dict)


class ImagesIn(StrictSchema):
    images = fields.List(
        fields.Nested(ImageWishIn),
        required=True,
        metadata={"description": "In their order; one that is left out is taken out."},
    )


class IfMatch(Schema):
    if_match = fields.String(data_key="If-Match", metadata={"description": "The version's ETag."})
