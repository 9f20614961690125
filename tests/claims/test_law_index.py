"""A lawyer finds each article's code: the index says what the citations in the code say."""

from law_index import PAGE, citations, page


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
