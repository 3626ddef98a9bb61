import pytest

from common.ids import new_id
from identity.domain.claim import claim_recipient
from identity.domain.email import is_email, masked, normal
from identity.domain.mail_token import mail_token
from identity.domain.password import WeakPassword, check_password
from identity.domain.paths import local_path


class TestCheckPassword:
    @pytest.mark.rule("R52")
    @pytest.mark.parametrize("fine", ["Abcdef1!", "あいうえお12#$", "correct horse, 7 batteries"])
    def test_takes_letters_digits_and_symbols(self, fine: str) -> None:
        check_password(fine)

    @pytest.mark.rule("R52")
    @pytest.mark.parametrize("weak", ["Abcde1!", "abcdefgh", "12345678", "!!!!!!!!", "a1!" * 70])
    def test_refuses_what_lacks_one_or_is_endless(self, weak: str) -> None:
        with pytest.raises(WeakPassword):
            check_password(weak)


class TestEmail:
    def test_is_written_one_way(self) -> None:
        assert normal("  Hanako@Aoyama.Example ") == "hanako@aoyama.example"

    def test_shows_strangers_its_first_letter(self) -> None:
        assert masked("hanako@aoyama.example") == "h***@aoyama.example"

    @pytest.mark.parametrize("wrong", ["", "a", "a@b", "a b@c.de", "a@b@c.de", "@c.de", "a@.de"])
    def test_is_not_anything(self, wrong: str) -> None:
        assert not is_email(wrong)


class TestClaimRecipient:
    @pytest.mark.rule("R205")
    def test_is_the_login_then_the_contact_then_nobody(self) -> None:
        assert claim_recipient(login_email="l@x.y", contact_email="c@x.y") == "l@x.y"
        assert claim_recipient(login_email=None, contact_email="c@x.y") == "c@x.y"
        assert claim_recipient(login_email=None, contact_email=None) is None


class TestMailToken:
    def test_depends_on_key_kind_and_row(self) -> None:
        row = new_id()
        one = mail_token("claim", row, key="k")
        assert one == mail_token("claim", row, key="k")
        others = {
            mail_token("claim", row, key="other"),
            mail_token("invitation", row, key="k"),
            mail_token("claim", new_id(), key="k"),
        }
        assert one not in others
        assert len(others) == 3


class TestLocalPath:
    @pytest.mark.parametrize(
        "wish",
        ["", "//evil.example", "https://evil.example", "/\\evil.example", "/signin", "/a\nb", "x"],
    )
    def test_leads_nowhere_else(self, wish: str) -> None:
        assert local_path(wish, default="/links") == "/links"

    def test_leads_to_paths_of_this_site(self) -> None:
        assert local_path("/orders?q=1", default="/links") == "/orders?q=1"
