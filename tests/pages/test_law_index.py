"""A lawyer finds each article's code: the index says what the citations in the code say."""

import re

from pages.law_index import PAGE, articles_in, cases_of, citations, page, sections

from law.provisions import PROVISIONS, provision
from law.regimes import AMENDED, PP6, RULES_2025

REPLACED_BY_PP_6_2025 = {"4", "11", "19", "20", "21", "25", "31", "39", "39A", "40"}


def test_the_index_of_articles_is_what_the_code_cites() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew: python tests/pages/law_index.py"


def test_the_articles_that_decide_a_claim_are_found_where_they_decide() -> None:
    found = citations()

    assert "claims.entitlement.eligibility._contract" in found["PP 37/2021 Pasal 20(2)"]
    assert "claims.transitions.automatic._statutory_ends" in found["PP 37/2021 Pasal 40(b)"]
    assert found["PP 37/2021 as amended by PP 6/2025 Pasal 21(1)"] == {
        "law.regimes.replacement_rates",
        "claims.entitlement.months.authorize",
        "law.rules.rate_of_month",
    }
    assert "claims.deciding.evidence.complete_self_assessment" in found["Permenaker 15/2021 Pasal 13(2)"]
    assert "claims.agenda.obligations.payment" in found["Permenaker 15/2021 Pasal 13(6)"]
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


def test_a_case_stands_under_the_very_article_it_names() -> None:
    found = cases_of()

    assert found["PP 37/2021 Pasal 9"].keys() == {"employers.json"}
    assert not {*found["PP 37/2021 Pasal 4(2)"]["insured.json"]} & {
        *found["PP 37/2021 Pasal 4(2)a"]["insured.json"]
    }
    assert found["PP 37/2021 Pasal 4(3)b"] == {"seeds.json": ["row-15-micro-without-jht"]}


def test_a_citation_of_several_articles_names_each_of_them() -> None:
    assert articles_in("PP 37/2021 Pasal 19(3), 39(1)") == (
        "PP 37/2021 Pasal 19(3)",
        "PP 37/2021 Pasal 39(1)",
    )
    assert articles_in("PP 37/2021 Pasal 19(3), elucidation") == ("PP 37/2021 Pasal 19(3)",)
    assert articles_in("PP 37/2021 Pasal 39; PP 44/2015 Pasal 21(3)") == (
        "PP 37/2021 Pasal 39",
        "PP 44/2015 Pasal 21(3)",
    )


def test_articles_stand_in_the_order_of_their_numbers_and_parts_under_their_article() -> None:
    of_2021 = sections()["PP 37/2021"]

    order = list(of_2021)
    assert order[:5] == ["Pasal 4", "Pasal 5", "Pasal 6", "Pasal 8", "Pasal 9"]
    assert {"Pasal 44", "Pasal 45"} <= {*order}
    assert of_2021["Pasal 4"] == [f"PP 37/2021 Pasal 4{part}" for part in PARTS_OF_4]
    assert list(sections()["PP 37/2021 as amended by PP 6/2025"])[-3:] == [
        "Pasal 39",
        "Pasal 39A",
        "Pasal 40",
    ]


PARTS_OF_4 = ("", "(1)", "(2)", "(2)a", "(3)", "(3)b", "(4)")


def test_every_file_that_the_index_names_is_there_and_an_article_without_a_case_says_so() -> None:
    written = page()

    links = set(re.findall(r"\]\((\.\./\.\./[^)]+)\)", written))
    assert len(links) > 60
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
    of_16 = written.partition("### Pasal 16")[2].partition("###")[0]
    assert "- **no case**" in of_16
    assert "`law.contribution_rates.government_waits_for_arrears`" in of_16
