"""Every life of the main job, on the stepped clock and the real parts: nothing sleeps, all is stated."""

import json
from pathlib import Path

import pytest

from law.nik import Nik
from sandbox.play.lives.cast import CAST
from sandbox.play.main_job import open_world, play
from sandbox.play.report import ReportFile
from sandbox.world import load_people

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


async def test_every_life_ends_as_stated_and_the_books_agree(
    run_folder: Path, subtests: pytest.Subtests
) -> None:
    async with open_world(run_folder / "lives", speed=0, progress=print) as world:
        report = await play(world)

    for life in report.lives:
        with subtests.test(life.name):
            assert [check for check in life.checks if not check.ok] == []
            assert life.ok
    assert len(report.lives) == 30
    assert [check for check in report.checks if not check.ok] == []
    assert report.ledger_idr == report.statement_idr == 359_220_000


def test_the_schema_in_the_docs_is_that_of_the_report() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == ReportFile.model_json_schema()


def test_every_person_has_a_nik_that_holds_the_birth_date_reported_and_a_name_of_their_own() -> None:
    people = load_people()
    workers = [person.reports[0]["data"]["worker"] for person in people.values()]

    assert len(people) == 30
    assert len({Nik(worker["nik"]).province for worker in workers}) >= 15
    assert len({worker["nik"] for worker in workers}) == 30
    assert len({worker["email"] for worker in workers}) == 30


def test_everybody_of_the_world_plays_one_life_of_their_own() -> None:
    assert sorted(part.person for part in CAST) == sorted(load_people())
    assert len({part.name for part in CAST}) == len(CAST)


def test_budi_of_the_source_document_earns_six_million_and_is_paid_eighteen_in_six_months() -> None:
    (budi,) = (part for part in CAST if part.person == "budi")

    assert load_people()["budi"].record["reported_wage_idr"] == 6_000_000
    assert sum(budi.outcome.paid.values()) == 18_000_000
