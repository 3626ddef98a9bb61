"""The three ways into a link, and there is no fourth (R34)."""

from enum import StrEnum

from common.errors import Unauthorized


class Method(StrEnum):
    USER_ACCOUNT = "user_account"
    OFFLINE_LOGIN = "offline_login"
    BRAND_CREDENTIALS = "brand_credentials"


class WrongCredentials(Unauthorized):
    """The pair does not fit; which half was wrong is never said (R54)."""

    code = "wrong_credentials"
    rule = "R54"
