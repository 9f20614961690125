"""What client, worker and replayer must share: converter, interceptors, the sandbox's pass-through list."""

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.outages import OutageLog
from worker.heartbeats import Heartbeats
from workflows.inbox import SignalGuard

PASSED_THROUGH = (
    "activities",
    "aiosmtplib",
    "asyncpg",
    "claims",
    "cryptography",
    "holidays",
    "httpx2",
    "jinja2",
    "law",
    "pydantic",
    "store",
    "uuid_utils",
)


def _sandboxed(_: WorkflowRunner | None = None) -> WorkflowRunner:
    """The sandbox stays on; what is pure, or only named by reference, passes through."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )


def claims_plugin() -> SimplePlugin:
    """The plugin of the claims engine."""
    return SimplePlugin(
        "jkp.claims",
        data_converter=pydantic_data_converter,
        interceptors=[SignalGuard(), Heartbeats(), OutageLog()],
        workflow_runner=_sandboxed,
    )
