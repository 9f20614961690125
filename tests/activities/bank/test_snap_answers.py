"""What each answer of a bank means, row by row, and that everything else means nothing for sure."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.bank.snap.answers import (
    Asked,
    Certainty,
    CommandResult,
    Outcome,
    StatusAnswer,
    TransferStatus,
    certainty,
    classify,
    money_from_rupiah,
    read_status,
    rupiah_from_money,
)
from activities.bank.snap.statement import join, read_page

HTTP_STATUSES = (200, 201, 202, 204, 302, 400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504)
REFERENCE = "JKP0000000000010101A"
EXTERNAL = "20261123000000000001"
ASKED = Asked(REFERENCE, 3_000_000, "1234567890")
CONFIRMED: dict[str, object] = {
    "responseCode": "2001800",
    "referenceNo": "BNK1",
    "partnerReferenceNo": REFERENCE,
    "amount": {"value": "3000000.00", "currency": "IDR"},
    "beneficiaryAccountNo": "1234567890",
}
STATUS: dict[str, object] = {
    "responseCode": "2003600",
    "originalReferenceNo": "BNK1",
    "originalPartnerReferenceNo": REFERENCE,
    "originalExternalId": EXTERNAL,
    "serviceCode": "18",
    "amount": {"value": "3000000.00", "currency": "IDR"},
    "beneficiaryAccountNo": "1234567890",
    "latestTransactionStatus": "00",
}


def answer(http_status: int, code: str, service: str = "18") -> CommandResult:
    return classify(service, http_status, json.dumps({"responseCode": code}).encode())


def transferred(http_status: int = 200, /, **changed: object) -> CommandResult:
    return classify("18", http_status, json.dumps(CONFIRMED | changed).encode(), ASKED)


def status(http_status: int = 200, /, **changed: object) -> StatusAnswer:
    return read_status(http_status, json.dumps(STATUS | changed).encode(), ASKED, EXTERNAL)


@pytest.mark.parametrize(
    ("service", "code", "outcome"),
    [
        ("17", "2001700", "settled"),
        ("18", "2001800", "settled"),
        ("22", "2002200", "accepted"),
        ("23", "2002300", "accepted"),
        ("18", "2021800", "accepted"),
        ("18", "4001800", "our_bug"),
        ("18", "4001801", "our_bug"),
        ("18", "4001802", "our_bug"),
        ("18", "4011800", "our_bug"),
        ("18", "4011801", "retry_same"),
        ("18", "4011803", "retry_same"),
        ("18", "4031801", "review"),
        ("18", "4031802", "limit"),
        ("18", "4031803", "review"),
        ("18", "4031804", "limit"),
        ("18", "4031805", "account_problem"),
        ("18", "4031806", "wait_window"),
        ("18", "4031809", "account_problem"),
        ("18", "4031814", "wait_funds"),
        ("18", "4031815", "change_rail"),
        ("18", "4031816", "review"),
        ("18", "4031818", "account_problem"),
        ("18", "4031820", "limit"),
        ("18", "4031823", "limit"),
        ("18", "4041802", "change_rail"),
        ("18", "4041803", "change_rail"),
        ("18", "4041811", "account_problem"),
        ("18", "4041813", "review"),
        ("18", "4041816", "review"),
        ("18", "4041818", "maybe_paid_other"),
        ("18", "4051800", "review"),
        ("18", "4051801", "review"),
        ("18", "4091800", "duplicate_id"),
        ("18", "4091801", "duplicate_ok"),
        ("18", "4291800", "retry_same"),
        ("18", "5001800", "unknown"),
        ("18", "5001801", "unknown"),
        ("18", "5001802", "unknown"),
        ("18", "5041800", "unknown"),
        ("18", "5031800", "unknown"),
        ("18", "2001801", "unknown"),
        ("16", "2001600", "unknown"),
        ("18", "4011802", "unknown"),
        ("18", "4031800", "unknown"),
        ("18", "4031819", "unknown"),
        ("18", "4041801", "unknown"),
        ("18", "4091802", "unknown"),
    ],
)
def test_each_code_has_its_outcome(service: str, code: str, outcome: str) -> None:
    assert answer(int(code[:3]), code, service).outcome == outcome


def test_only_the_closed_list_is_surely_not_executed_and_nothing_is_surely_done() -> None:
    codes = [f"{http}18{case:02d}" for http in HTTP_STATUSES for case in range(100)]
    sure = {code: answer(int(code[:3]), code).certainty for code in codes}
    malformed = {f"40018{case:02d}" for case in range(100)}
    unauthorised = {"4011800", "4011801", "4011803"}
    refused = {"4031809", "4031814", "4031818", "4041811", "4291800"}
    assert {code for code in codes if sure[code] == "not_executed"} == malformed | unauthorised | refused
    assert "done" not in sure.values()


def test_the_certainty_of_each_outcome() -> None:
    assert {outcome for outcome in Outcome if certainty(outcome) is Certainty.NOT_EXECUTED} == {
        Outcome.RETRY_SAME,
        Outcome.WAIT_FUNDS,
        Outcome.ACCOUNT_PROBLEM,
        Outcome.OUR_BUG,
    }
    assert certainty(Outcome.SETTLED) is Certainty.UNKNOWN


def test_do_not_honor_is_an_account_problem_but_proves_nothing() -> None:
    assert answer(403, "4031805").outcome == "account_problem"
    assert answer(403, "4031805").certainty == "unknown"
    assert answer(403, "4031809").certainty == "not_executed"


def test_a_confirmed_transfer_is_settled_with_the_banks_reference() -> None:
    assert transferred() == CommandResult(Outcome.SETTLED, "2001800", "", "BNK1")


@pytest.mark.parametrize(
    "changed",
    [
        {"responseCode": "2001700"},
        {"responseCode": "2021800"},
        {"responseCode": 2001800},
        {"responseCode": "200180"},
        {"responseCode": "\uff12001800"},
        {"amount": {"value": "3000001.00", "currency": "IDR"}},
        {"amount": {"value": "3000000.00", "currency": "USD"}},
        {"amount": {"value": 3000000, "currency": "IDR"}},
        {"amount": None},
        {"partnerReferenceNo": "JKP0000000000010101B"},
        {"partnerReferenceNo": None},
        {"beneficiaryAccountNo": "1234567891"},
        {"beneficiaryAccountNo": None},
    ],
)
def test_a_success_that_does_not_speak_of_our_transfer_is_unknown(changed: dict[str, object]) -> None:
    assert transferred(**changed).outcome == "unknown"


def test_an_acceptance_must_name_our_transfer_as_well() -> None:
    assert transferred(202, responseCode="2021800").outcome == "accepted"
    assert transferred(202, responseCode="2021800", amount=None).outcome == "unknown"


def test_a_refusal_may_leave_the_transfer_out_but_not_name_another() -> None:
    assert classify("18", 403, b'{"responseCode":"4031814"}', ASKED).outcome == "wait_funds"
    other = b'{"responseCode":"4031814","partnerReferenceNo":"JKP0000000000010101B"}'
    assert classify("18", 403, other, ASKED).outcome == "unknown"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b"\xff\xfe", b'{"responseCode":', b"[" * 100_000, b"{}"]
)
def test_what_cannot_be_read_is_unknown(body: bytes) -> None:
    assert classify("18", 200, body, ASKED).outcome == "unknown"
    assert classify("18", 401, body, ASKED).outcome == "unknown"
    assert read_status(200, body, ASKED, EXTERNAL).status == "unknown"


def test_a_gateway_that_throttles_without_a_response_code_proves_nothing() -> None:
    assert classify("18", 429, b"slow down").certainty == "unknown"


@given(st.integers(-1, 999), st.binary(max_size=40), st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from([*CONFIRMED, *STATUS, "value", "currency"]), inner, max_size=6),
    max_leaves=8,
))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_reading_is_total(http_status: int, raw: bytes, shaped: object) -> None:
    for body in (raw, json.dumps(shaped).encode()):
        assert classify("18", http_status, body, ASKED).outcome in Outcome
        assert read_status(http_status, body, ASKED, EXTERNAL).status in TransferStatus
        assert join([read_page({"detailData": shaped})]).complete is False


@pytest.mark.parametrize(
    ("latest", "meaning", "sure"),
    [
        ("00", "done", "done"),
        ("01", "pending", "unknown"),
        ("02", "pending", "unknown"),
        ("03", "pending", "unknown"),
        ("04", "returned", "unknown"),
        ("05", "failed", "not_executed"),
        ("06", "failed", "not_executed"),
        ("07", "not_found", "unknown"),
        ("08", "unknown", "unknown"),
        ("", "unknown", "unknown"),
        (0, "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_each_transaction_status(latest: object, meaning: str, sure: str) -> None:
    told = status(latestTransactionStatus=latest)
    assert (told.status, told.certainty) == (meaning, sure)


def test_not_found_by_response_code() -> None:
    told = read_status(404, b'{"responseCode":"4043601"}', ASKED, EXTERNAL)
    assert (told.status, told.certainty) == ("not_found", "unknown")


@pytest.mark.parametrize(
    ("http_status", "code"),
    [(404, "4041801"), (404, "4043600"), (500, "5003600"), (504, "5043600"), (401, "4013601"),
     (409, "4093600"), (200, "2001800"), (200, "2003601"), (500, "2003600")],
)  # fmt: skip
def test_other_answers_to_a_status_inquiry_say_nothing(http_status: int, code: str) -> None:
    assert status(http_status, responseCode=code).status == "unknown"


@pytest.mark.parametrize("latest", ["00", "06"])
def test_a_final_status_of_another_amount_or_account_is_not_sure(latest: str) -> None:
    other_amount = status(latestTransactionStatus=latest, amount={"value": "2999999.00", "currency": "IDR"})
    other_account = status(latestTransactionStatus=latest, beneficiaryAccountNo="1234567891")
    assert (other_amount.amount_matches, other_amount.certainty) == (False, "unknown")
    assert (other_account.account_matches, other_account.certainty) == (False, "unknown")


@pytest.mark.parametrize(
    "changed",
    [
        {"originalPartnerReferenceNo": "JKP0000000000010101B"},
        {"originalExternalId": "20261123000000000002"},
        {"serviceCode": "17"},
        {"originalPartnerReferenceNo": None, "originalExternalId": None},
    ],
)
def test_a_status_of_another_transfer_is_unknown(changed: dict[str, object]) -> None:
    assert status(**changed).status == "unknown"


def test_a_bank_may_name_the_transfer_by_one_of_its_two_numbers() -> None:
    assert status(originalPartnerReferenceNo=None).status == "done"
    assert status(originalExternalId="").status == "done"


@pytest.mark.parametrize(
    ("value", "rupiah"),
    [("3000000.00", 3_000_000), ("0.00", 0), ("1.00", 1), ("9999999999999999.00", 9_999_999_999_999_999)],
)
def test_money_is_read_and_written_exactly(value: str, rupiah: int) -> None:
    assert rupiah_from_money({"value": value, "currency": "IDR"}) == rupiah
    assert money_from_rupiah(rupiah) == {"value": value, "currency": "IDR"}


@pytest.mark.parametrize(
    "value",
    ["3000000", "3000000.0", "3000000.50", "-1.00", "1e6", " 1.00", "1.00\n", "٣.00", "1,000.00", 1, None],
)
def test_anything_else_is_no_money(value: object) -> None:
    assert rupiah_from_money({"value": value, "currency": "IDR"}) is None


def line(**changed: object) -> dict[str, object]:
    row = {
        "transactionId": "TRX1",
        "amount": {"value": "3000000.00", "currency": "IDR"},
        "type": "DEBIT",
        "transactionDate": "2026-11-23T09:00:00+07:00",
        "remark": f"JKP {REFERENCE} 1234567890",
        "beneficiaryAccountNo": "1234567890",
    }
    return row | changed


def page(*rows: dict[str, object], complete: object = True) -> dict[str, object]:
    return {"detailData": list(rows), "additionalInfo": {"complete": complete}}


def test_a_line_names_its_order_in_the_remark_and_a_return_in_its_own_field() -> None:
    returned = line(transactionId="TRX2", type="CREDIT", remark="RETUR", originalPartnerReferenceNo=REFERENCE)
    debit, credit = join([read_page(page(line(), returned))]).lines
    assert (debit.direction, debit.reference, debit.amount_idr) == ("debit", REFERENCE, 3_000_000)
    assert (credit.direction, credit.reference, credit.line_id) == ("credit", REFERENCE, "TRX2")
    assert debit.at.isoformat() == "2026-11-23T09:00:00+07:00"


def test_a_remark_that_could_name_two_orders_names_none() -> None:
    two = line(remark=f"{REFERENCE} JKP0000000000010101B")
    assert join([read_page(page(two))]).lines[0].reference is None


def test_overlapping_pages_count_a_line_once() -> None:
    pages = [read_page(page(line(), line(transactionId="TRX2"))), read_page(page(line(transactionId="TRX2")))]
    whole = join(pages)
    assert [each.line_id for each in whole.lines] == ["TRX1", "TRX2"]
    assert whole.complete


@pytest.mark.parametrize(
    "pages",
    [
        [page(line(), complete=False)],
        [page(line(), complete="true")],
        [page(line()), page(line(transactionId="TRX2"), complete=False)],
        [page(line(), line(amount={"value": "1.00", "currency": "IDR"}))],
        [page(line(amount={"value": "12.50", "currency": "IDR"}))],
        [page(line(type="SUSPENSE"))],
        [page(line(transactionId=None))],
        [page(line(transactionDate="yesterday"))],
        [{"additionalInfo": {"complete": True}}],
        [{"detailData": []}],
    ],
)
def test_a_statement_with_a_gap_is_not_complete(pages: list[dict[str, object]]) -> None:
    whole = join([read_page(each) for each in pages])
    assert not whole.complete
    assert whole.detail


def test_a_day_without_bookings_can_be_complete() -> None:
    assert join([read_page(page())]).complete


def test_account_numbers_are_not_printed() -> None:
    shown = repr(ASKED) + repr(join([read_page(page(line()))]))
    assert "1234567890" not in shown


@pytest.mark.parametrize(
    ("named", "kept"),
    [("BNK\x001", "BNK\ufffd1"), ("BNK\ud800", "BNK\ufffd"), ("B" * 80, "B" * 64), (7, None), ("", None)],
)
def test_a_reference_of_the_bank_is_kept_as_a_line_that_can_be_stored(
    named: object, kept: str | None
) -> None:
    answer = classify("18", 200, json.dumps({"responseCode": "2001800", "referenceNo": named}).encode())
    assert answer.bank_reference == kept
