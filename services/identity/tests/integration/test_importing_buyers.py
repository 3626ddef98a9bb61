"""Files of buyers: every row's fate is shown before anything is written; the result says it all."""

import io
from typing import Any

import pytest
from identity_orders import buyer_now
from identity_staff import API, log_of, make_key, set_role, sign_in
from openpyxl import load_workbook
from sqlalchemy import text

from common.delivery import JobRun
from common.tables import read_table
from devstack.world import cast
from identity.jobs.imports import apply_imports

HEADER = "Unique code,Name,Country,Trade term,Currency,Language,Ratio,Tags\n"
FILE = (
    HEADER
    + "KYOTO-9,京都ストア,JP,wholesale,JPY,ja,0.6,\n"
    + "AOYAMA-01,ブティック青山,JP,wholesale,JPY,ja,0.55,VIP\n"
    + ",No code,FR,wholesale,EUR,en,0.5,\n"
    + "BAD-1,,XX,vip,GBP,ko,cheap,\n"
)


def upload(person: Any, content: bytes, name: str = "buyers.csv", brand: Any = cast.NORD) -> Any:
    return person.send(
        "/buyers/imports/new", brand_id=str(brand.id), file=(io.BytesIO(content), name)
    )


def planned(person: Any, content: bytes | str, name: str = "buyers.csv") -> str:
    data = content.encode() if isinstance(content, str) else content
    reply = upload(person, data, name)
    assert reply.status_code == 302, reply.text[-2000:]
    return str(reply.location)


def fates(house: Any) -> dict[int, str]:
    with house.database.transaction(cast.MAKER_ID) as session:
        rows = session.execute(text("select number, fate from buyer_import_rows order by 1"))
        return dict(rows.all())


def count(house: Any, table: str = "buyers") -> int:
    with house.database.transaction(cast.MAKER_ID) as session:
        return int(session.scalar(text(f"select count(*) from {table}")) or 0)  # noqa: S608


def by_code(house: Any, code: str) -> Any:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select * from buyers where unique_code = :c")
        return session.execute(query, {"c": code}).mappings().one_or_none()


def test_the_dry_run_lists_every_rows_fate_and_writes_nothing(house: Any, person: Any) -> None:
    before = count(house)
    here = planned(sign_in(person), FILE)
    assert fates(house) == {2: "create", 3: "update", 4: "create", 5: "error"}
    assert count(house) == before
    page = person.open(here).text
    assert "Nothing is written yet" in page
    assert "2 new, 1 changed, 0 unchanged, 1 not possible." in page
    for told in ("<del>0.6</del> → <ins>0.55</ins>", "Please choose a country.", "京都ストア"):
        assert told in page
    assert person.open(f"{here}?fate=error").text.count("<tr>") == 2


def rate_now(house: Any, code: str = "AOYAMA-01") -> tuple[str, str]:
    row = by_code(house, code)
    return row["rate_kind"], f"{row['rate_value']:.4f}"


def imported(house: Any, person: Any, content: str) -> str:
    """Import the file and return what its page told of it before."""
    here = planned(person, content)
    page = str(person.open(here).text)
    person.send(f"{here}/confirmation", on=here)
    return page


def test_a_rate_changes_its_kind_by_the_column_that_is_filled(house: Any, person: Any) -> None:
    sign_in(person)
    page = imported(house, person, "Unique code,Ratio,Percent off\nAOYAMA-01,,45%\n")
    assert rate_now(house) == ("percent_off", "45.0000")
    for told in ("<del>0.6</del> → <ins>–</ins>", "<del>–</del> → <ins>45</ins>"):
        assert told in page
    page = imported(house, person, "固有コード,掛け率\nAOYAMA-01,０．５\n")
    assert rate_now(house) == ("ratio", "0.5000")
    assert "<del>45</del> → <ins>–</ins>" in page, (
        "What goes is told, though its column is not there."
    )
    imported(house, person, "Unique code,Percent off,Tags\nAOYAMA-01,,VIP\n")
    assert rate_now(house) == ("ratio", "0.5000")
    assert by_code(house, "AOYAMA-01")["tags"] == ["VIP"]


def test_a_row_with_both_rates_or_none_for_a_new_buyer_is_an_error(house: Any, person: Any) -> None:
    rest = "JP,wholesale,JPY,ja"
    here = planned(
        sign_in(person),
        "Unique code,Name,Country,Trade term,Currency,Language,Ratio,Percent off\n"
        f"AOYAMA-01,A,{rest},0.6,40\nN-1,B,{rest},,\nN-2,C,{rest},,101\nN-3,D,{rest},55,\n",
    )
    assert set(fates(house).values()) == {"error"}
    with house.database.transaction(cast.MAKER_ID) as session:
        rows = session.execute(text("select errors from buyer_import_rows order by number"))
        found = [(row.errors[0]["field"], row.errors[0]["code"]) for row in rows]
    assert found == [
        ("rate_percent_off", "both"),
        ("rate_ratio", "required"),
        ("rate_percent_off", "range"),
        ("rate_ratio", "range"),
    ]
    assert "Percent off: Fill in the ratio or the percentage, not both." in person.open(here).text


def test_a_file_that_was_exported_before_the_columns_changed_is_still_read(
    house: Any, person: Any
) -> None:
    sign_in(person)
    imported(house, person, "Unique code,Rate is a,Rate\nAOYAMA-01,percent_off,30\n")
    assert rate_now(house) == ("percent_off", "30.0000")
    imported(house, person, "固有コード,掛け率の種類,掛け率\nAOYAMA-01,掛率,0.7\n")
    assert rate_now(house) == ("ratio", "0.7000")
    reply = upload(person, b"Unique code,Rate\nAOYAMA-01,0.5\n")
    assert reply.status_code == 422, "Of which kind it is nobody knows."


@pytest.mark.rule("R47", "R48", "R61")
def test_what_is_confirmed_is_written_and_errors_are_left_out(house: Any, person: Any) -> None:
    here = planned(sign_in(person), FILE)
    before = count(house)
    person.send(f"{here}/confirmation", on=here)
    assert count(house) == before + 2
    assert by_code(house, "KYOTO-9")["name"] == "京都ストア"
    assert f"{buyer_now(house.database, cast.AOYAMA).rate_value:.4f}" == "0.5500"
    assert buyer_now(house.database, cast.AOYAMA).tags == ["VIP"]
    assert by_code(house, "BAD-1") is None
    page = person.open(here).text
    assert "2 created, 1 changed, 0 unchanged, 1 not imported." in page
    assert [e["action"] for e in log_of(house, cast.AOYAMA.id)] == ["buyer_edited"]


def test_confirming_twice_writes_once(house: Any, person: Any) -> None:
    here = planned(sign_in(person), FILE)
    person.send(f"{here}/confirmation", on=here)
    before = count(house)
    person.send(f"{here}/confirmation", on=here)
    assert count(house) == before
    assert "confirmed or cancelled before" in person.open(here).text


def test_the_result_is_the_file_with_a_status_and_a_note(house: Any, person: Any) -> None:
    here = planned(sign_in(person), FILE)
    person.send(f"{here}/confirmation", on=here)
    for kind in ("csv", "xlsx"):
        table = read_table(person.client.get(f"{here}/result.{kind}").data)
        assert [row["Status"] for row in table.rows] == [
            "created",
            "updated",
            "created",
            "not imported",
        ]
        assert "Country: Please choose a country." in table.rows[3]["Note"]
        assert table.rows[0]["Name"] == "京都ストア"
    again = person.client.get(f"{here}/result.csv").data
    assert upload(person, again).status_code == 302


def test_what_is_exported_is_imported_without_any_change(house: Any, person: Any) -> None:
    sign_in(person)
    for kind in ("csv", "xlsx"):
        content = person.client.get(f"/buyers/export.{kind}?brand_id={cast.NORD.id}").data
        planned(person, content, f"b.{kind}")
        with house.database.transaction(cast.MAKER_ID) as session:
            seen = session.execute(
                text("select fate, changes, errors from buyer_import_rows")
            ).all()
            assert {row[0] for row in seen} == {"unchanged"}, seen
            assert len(seen) == len([b for b in cast.BUYERS if b.brand is cast.NORD])
            session.execute(text("delete from buyer_imports"))


def test_the_export_speaks_the_pages_language_and_holds_no_secret(person: Any) -> None:
    sign_in(person)
    person.open("/buyers?language=ja")
    content = person.client.get(f"/buyers/export.csv?brand_id={cast.NORD.id}").data
    assert content.startswith("\ufeff固有コード,名称".encode())
    assert b"$argon2" not in content
    assert str(cast.AOYAMA.passcode).encode() not in content
    assert upload(person, content).status_code == 302


def test_a_formula_is_harmless_in_the_file_and_itself_when_it_comes_back(
    house: Any, person: Any
) -> None:
    name = '=HYPERLINK("http://evil.example","x")'
    quoted = name.replace('"', '""')
    here = planned(sign_in(person), HEADER + f'EVIL-1,"{quoted}",JP,wholesale,JPY,ja,0.6,@tag\n')
    person.send(f"{here}/confirmation", on=here)
    assert by_code(house, "EVIL-1")["name"] == name
    address = f"/buyers/export.csv?brand_id={cast.NORD.id}&q=evil-1"
    content = person.client.get(address).data.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in content
    assert ",'@tag," in content
    book = load_workbook(io.BytesIO(person.client.get(address.replace("csv", "xlsx")).data))
    assert all(c.data_type == "s" for row in book.active.iter_rows() for c in row if c.value)
    assert next(iter(read_table(content.encode()).rows))["Name"] == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_files_are_read_in_the_encodings_of_spreadsheets(
    house: Any, person: Any, encoding: str
) -> None:
    content = "固有コード,名称,国,取引区分,通貨,言語,掛け率,種別\nK-1,髙島屋①,JP,wholesale,JPY,ja,０．６,個人\n"
    here = planned(sign_in(person), content.encode(encoding))
    person.send(f"{here}/confirmation", on=here)
    row = by_code(house, "K-1")
    assert (row["name"], row["is_company"]) == ("髙島屋①", False)


def test_the_default_address_comes_along(house: Any, person: Any) -> None:
    content = (
        "Unique code,Name,Country,Trade term,Currency,Language,Ratio,"
        "Address: postal code,Address: state,Address: city,Address: line 1\n"
        "K-1,Kyoto,JP,wholesale,JPY,ja,0.6,６０４８００５,京都,京都市中京区,三条通1\n"
        "K-2,Kyoto,JP,wholesale,JPY,ja,0.6,12,京都,京都市中京区,三条通1\n"
    )
    here = planned(sign_in(person), content)
    assert fates(house) == {2: "create", 3: "error"}
    person.send(f"{here}/confirmation", on=here)
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text(
            "select zip, state from addresses a join buyers b on b.default_address_id = a.id where unique_code = 'K-1'"
        )
        assert session.execute(query).one() == ("604-8005", "京都府")


def test_a_buyer_changed_meanwhile_is_not_overwritten(house: Any, person: Any) -> None:
    here = planned(sign_in(person), "Unique code,Tags\nAOYAMA-01,A\nBKLYN-01,B\n")
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update buyers set version = version + 1 where id = :id"), {"id": cast.AOYAMA.id}
        )
    person.send(f"{here}/confirmation", on=here)
    assert buyer_now(house.database, cast.AOYAMA).tags == []
    assert buyer_now(house.database, cast.BROOKLYN).tags == ["B"]
    assert "changed after the file was checked" in person.open(here).text


@pytest.mark.rule("R47")
def test_a_code_that_stands_twice_in_the_file_is_refused_both_times(
    house: Any, person: Any
) -> None:
    planned(
        sign_in(person), HEADER + "A-1,One,JP,wholesale,JPY,ja,1,\na-1,Two,JP,wholesale,JPY,ja,1,\n"
    )
    assert fates(house) == {2: "error", 3: "error"}


def test_a_connected_buyers_own_things_are_not_read(house: Any, person: Any) -> None:
    content = "Unique code,Order mails go to,Tags\nGINZA-01,evil@x.example,VIP\n"
    here = planned(sign_in(person), content)
    person.send(f"{here}/confirmation", on=here)
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select email from recipients where buyer_id = :b")
        assert session.scalars(query, {"b": cast.GINZA.id}).all() == [cast.GINZA.contact_email]
    assert buyer_now(house.database, cast.GINZA).tags == ["VIP"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04x", b"Name,Colour\nA,B\n", b"Tags\nA\n", b"Name\n", b"\x89PNG\r\n\x00"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(person: Any, content: bytes) -> None:
    reply = upload(sign_in(person), content)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text


def test_many_rows_go_on_in_the_background(house: Any, person: Any) -> None:
    rows = "".join(f"M-{n},Shop {n},JP,wholesale,JPY,ja,0.6,\n" for n in range(250))
    here = planned(sign_in(person), HEADER + rows)
    before = count(house)
    person.send(f"{here}/confirmation", on=here)
    assert count(house) == before + 100
    assert "100 of 250 rows" in person.open(here).text
    apply_imports(house.deps, JobRun("identity.apply_imports", 1))
    assert count(house) == before + 250
    assert "The import is done" in person.open(here).text


@pytest.mark.rule("R203", "R16")
def test_imports_of_other_brands_are_not_there(house: Any, person: Any, newcomer: Any) -> None:
    reply = upload(sign_in(person), FILE.encode(), brand=cast.SOLEIL)
    here = reply.location
    sales = sign_in(newcomer(), cast.SALES)
    for path in (here, f"{here}/result.csv", f"/buyers/export.csv?brand_id={cast.SOLEIL.id}"):
        assert sales.open(path).status_code == 404
    assert sales.send(f"{here}/confirmation", on="/buyers").status_code == 404
    assert upload(sales, FILE.encode(), brand=cast.SOLEIL).status_code == 404
    set_role(house, cast.SALES, "member_read")
    assert sales.open("/buyers/imports/new").status_code == 403


def test_a_program_imports_by_the_same_steps(house: Any, person: Any) -> None:

    key = make_key(person, "identity:write")
    headers = {"Authorization": f"Bearer {key}"}
    client, api = house.client(), API.replace("buyers", "buyer-imports")
    made = client.post(
        f"{api}?brand_id={cast.NORD.id}",
        data={"file": (io.BytesIO(FILE.encode()), "b.csv")},
        headers=headers,
    )
    assert made.status_code == 201, made.text
    assert made.json["fates"] == {"create": 2, "update": 1, "error": 1}
    one = f"{api}/{made.json['import_id']}"
    assert [
        r["number"] for r in client.get(f"{one}/rows?limit=2", headers=headers).json["rows"]
    ] == [2, 3]
    done = client.put(f"{one}/confirmation", headers=headers).json
    assert (done["state"], done["results"]) == (
        "done",
        {"created": 2, "updated": 1, "failed": 1},
    )
    assert client.put(f"{one}/confirmation", headers=headers).json["code"] == "import_is_over"
    exported = client.get(f"{api}/export?brand_id={cast.NORD.id}", headers=headers)
    assert any(row["Name"] == "京都ストア" for row in read_table(exported.data).rows)
    [entry] = list(log_of(house, by_code(house, "KYOTO-9")["id"]))
    assert entry["actor_kind"] == "api_key"
