"""How many of our modules one module imports: fourteen, or a reason why here many parts meet."""

import ast
from pathlib import Path

from test_layout import PACKAGES, ROOT

IMPORTS_MAX = 14
WHERE_MANY_MEET = {
    "api.app": "puts the routes together",
    "api.http.receiving": "holds what every route needs, of the store and of the claims",
    "api.routes.evidence": "turns each kind of evidence into a command",
    "api.routes.layoff_reports": "turns a report into commands, people and a claim",
    "api.routes.questions": "answers for questions, documents and objections of a claim",
    "api.routes.status": "shows every subject of a claim",
    "activities.bank.transfer": "stands between an order, the bank and the step",
    "activities.bpjs": "stands between a person, BPJS Ketenagakerjaan and the step",
    "activities.mail.letters.rendering": "has the facts of every kind of letter",
    "activities.mail.notices": "stands between a letter, a person and the mail relay",
    "claims.deciding.dispatch": "leads each command to its subject",
    "claims.estimating": "decides a claim from its report to its last month",
    "claims.transitions.automatic": "asks every subject what follows without a command",
    "cli.officers.claim": "shows every subject of a claim",
    "cli.officers.decisions": "records each decision of an officer",
    "lawcases.lives.lived": "lives a whole claim",
    "lawcases.lives.running": "plays each command of a case",
    "sandbox.bench.speed.direct": "reports, files and approves claims without the API",
    "sandbox.bench.speed.claims_per_second": "wires a worker and people for a measurement",
    "sandbox.play.main_job": "runs the sandbox from its servers to its report",
    "store.claims.kind": "is the claim as the engine sees it: one value of its functions",
    "store.engine.step": "puts reading, deciding and writing together",
    "worker.wiring": "puts the worker process together",
}


def _modules() -> dict[str, Path]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    return {name.removesuffix(".__init__"): path for name, path in named.items()}


def _imported(path: Path, ours: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            found.update(
                full if (full := f"{node.module}.{alias.name}") in ours else node.module
                for alias in node.names
            )
    return found & ours


def test_a_module_imports_few_of_ours_or_says_why() -> None:
    ours = _modules()
    counted = {name: len(_imported(path, set(ours))) for name, path in ours.items()}
    many = {name for name, count in counted.items() if count > IMPORTS_MAX}
    assert many - WHERE_MANY_MEET.keys() == set()
    assert WHERE_MANY_MEET.keys() - many == set(), "no reason is needed any more"
