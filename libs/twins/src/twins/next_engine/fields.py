"""The fields of every searchable thing, with their kinds."""

from twins.next_engine.tables import Kind, kinds


def _audit(prefix: str) -> dict[str, Kind]:
    return kinds(
        moments=f"{prefix}creation_date {prefix}last_modified_date {prefix}last_modified_null_safe_date",
        texts=f"{prefix}creator_id {prefix}creator_name {prefix}last_modified_by_id "
        f"{prefix}last_modified_by_name",
    )


def _prefixed(prefix: str, names: str) -> str:
    return " ".join(prefix + name for name in names.split())


SHOPS = {
    **kinds(
        numbers="shop_id",
        moments="shop_close_date",
        texts=_prefixed(
            "shop_",
            "name kana abbreviated_name handling_goods_name note mall_id authorization_type_id "
            "authorization_type_name type_id tax_id tax_name tax_calculation_sequence_id "
            "currency_unit_id currency_unit_name deleted_flag",
        ),
    ),
    **_audit("shop_"),
}

PATTERNS = {
    **kinds(
        numbers=_prefixed("receive_order_upload_pattern_", "id format_id shop_id"),
        texts=_prefixed("receive_order_upload_pattern_", "name deleted_flag"),
    ),
    **_audit("receive_order_upload_pattern_"),
}

QUEUE = {
    **kinds(
        numbers="que_id que_shop_id que_status_id",
        texts="que_method_name que_upload_name que_client_file_name que_file_name que_message "
        "que_deleted_flag",
    ),
    **_audit("que_"),
}

_PERSON = "name kana zip_code address1 address2 tel fax"

SLIPS = {
    **kinds(
        numbers=_prefixed(
            "receive_order_",
            "id shop_id total_amount tax_amount charge_amount delivery_fee_amount other_amount "
            "point_amount goods_amount",
        ),
        moments=_prefixed("receive_order_", "date import_date cancel_date hope_delivery_date"),
        texts=_prefixed(
            "receive_order_",
            "shop_cut_form_id import_type_id import_type_name order_status_id order_status_name "
            "cancel_type_id cancel_type_name confirm_check_id confirm_check_name confirm_ids "
            "payment_method_id payment_method_name delivery_id delivery_name gift_flag "
            "hope_delivery_time_slot_id hope_delivery_time_slot_name worker_text note "
            "customer_type_id customer_id gruoping_tag purchaser_mail_address",
        ),
    ),
    **kinds(texts=_prefixed("receive_order_purchaser_", _PERSON)),
    **kinds(texts=_prefixed("receive_order_consignee_", _PERSON)),
    **_audit("receive_order_"),
}

LINES = {
    **kinds(
        numbers=_prefixed(
            "receive_order_row_",
            "receive_order_id no quantity unit_price tax_rate sub_total_price",
        ),
        texts=_prefixed(
            "receive_order_row_",
            "shop_cut_form_id goods_id goods_name goods_option cancel_flag deleted_flag",
        ),
    ),
    **_audit("receive_order_row_"),
}

OPTIONS = {
    **kinds(
        numbers="receive_order_option_receive_order_id",
        texts=_prefixed(
            "receive_order_option_", "message noshi rapping 1 2 3 4 5 6 7 8 9 10 single_word_memo"
        ),
    ),
}

CONVERSIONS = kinds(
    numbers="payment_delivery_convert_multi_id payment_delivery_convert_delivery_id",
    texts="payment_delivery_convert_text payment_delivery_convert_type",
)
