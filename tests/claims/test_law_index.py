"""A lawyer finds each article's code: the index says what the citations in the code say."""

import re

from law_index import PAGE, citations, page

from claims.provisions import PROVISIONS, provision
from claims.regimes import AMENDED, PP6, RULES_2025

REPLACED_BY_PP_6_2025 = {"4", "11", "19", "20", "21", "25", "31", "39", "39A", "40"}


def test_the_index_of_articles_is_what_the_code_cites() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew: python tests/law_index.py"


def test_the_articles_that_decide_a_claim_are_found_where_they_decide() -> None:
    found = citations()

    assert "eligibility._contract" in found["PP 37/2021 Pasal 20(2)"]
    assert "consequences._cessation" in found["PP 37/2021 Pasal 40(b)"]
    assert found["PP 37/2021 as amended by PP 6/2025 Pasal 21(1)"] == {
        "regimes.replacement_rates",
        "months.authorize",
        "rules.rate_of_month",
    }
    assert "deciding.CompleteSelfAssessment" in found["Permenaker 15/2021 Pasal 13(2)"]
    assert "awaiting.payment" in found["Permenaker 15/2021 Pasal 13(6)"]
    assert not [article for article in found if "?" in article]


def test_what_pp_6_2025_replaced_is_cited_as_amended_and_what_it_left_as_it_was() -> None:
    found = {part for _, cited in RULES_2025.cited() for part in cited.citation.split("; ")}
    found |= {said.citation for one in PROVISIONS if (said := provision(one.name, AMENDED)) is not None}
    pasal = {text: re.search(r" Pasal (\w+)", text) for text in found if text.startswith("PP 37/2021")}
    wrong = [
        text
        for text, number in pasal.items()
        if number and (number[1] in REPLACED_BY_PP_6_2025) is not text.startswith(PP6)
    ]

    assert len(pasal) >= 20
    assert wrong == []


def test_our_own_rules_and_readings_name_their_record_and_the_source_that_they_read() -> None:
    said = dict(RULES_2025.cited())

    assert said["reports_must_agree"].citation == "assumption: docs/decisions/0017-proofs-and-disputes.md"
    assert said["proofs"].citation.startswith("assumption: docs/decisions/0017-proofs-and-disputes.md; ")
    assert said["proofs"].article == "Permenaker 2/2025 Pasal 9(3)"
    assert said["transition.running_claims"].article == "Permenaker 2/2025 Pasal II"
    assert "0010-deciding-date" in said["transition.running_claims"].citation
