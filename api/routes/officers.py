"""What officers, employers, inspectors and BPJS Ketenagakerjaan say to a claim.

A route that names an `actor` is for who acts in an office: the name stands beside what was said for ever.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Body

from api.examples import officers as examples
from api.http.claim_calls import TheCall
from api.http.receiving import Backend, claimant_of
from api.http.responses import messages_router, post
from api.http.shapes import MessageResponse
from api.routes.bodies import Correction, DocumentRequest, OfficerDecision, PersonDataDecision, TrueWage
from claims.commands import command as cmd
from claims.entitlement.contribution_answer import ContributionAnswer

router = messages_router("desk")


@post(router, "officer-decisions")
async def decide_by_officer(
    decision: Annotated[OfficerDecision, Body(openapi_examples=examples.OFFICER_DECISION)],
    call: TheCall,
) -> MessageResponse:
    """Keputusan petugas over a referred claim or a question, for the claimant or not.

    Against the claimant only once they answered or had the time to. Who decided stands beside it for ever.
    """
    message = cmd.DecideByOfficer(
        approves=decision.approves, reason=decision.reason, question=decision.question, payer=decision.payer
    )
    return await call.records_of("officer_decision", decision, message, f"officer:{decision.actor}")


@post(router, "corrections")
async def put_right(
    correction: Annotated[Correction, Body(openapi_examples=examples.CORRECTION)],
    call: TheCall,
) -> MessageResponse:
    """Perbaikan keputusan: an officer puts right what was decided on wrong facts, or dismisses an objection.

    Only for the claimant: months that were paid stay paid.
    """
    message = cmd.PutRight(
        what=correction.what,
        month=correction.month,
        reason=correction.reason,
        founded=correction.founded,
        payer=correction.payer,
    )
    return await call.records_of("put_right", correction, message, f"officer:{correction.actor}")


@post(router, "document-requests", examples.DOCUMENT_REQUEST_RESPONSE)
async def ask_for_documents(
    request: Annotated[DocumentRequest, Body(openapi_examples=examples.DOCUMENT_REQUEST)],
    call: TheCall,
) -> MessageResponse:
    """Permintaan dokumen over a referred claim: a question with time of its own to answer it."""
    message = cmd.AskForDocuments(documents=request.documents)
    return await call.records_of("document_request", request, message, f"officer:{request.actor}")


@post(router, "record-requests")
async def request_record(
    message: Annotated[cmd.RequestRecord, Body(openapi_examples=examples.RECORD_REQUEST)],
    call: TheCall,
) -> MessageResponse:
    """Permintaan catatan iuran: BPJS Ketenagakerjaan is asked again, and what it says decides anew."""
    return await call.records(message)


@post(router, "contribution-records")
async def record_contributions(
    answer: Annotated[ContributionAnswer, Body(openapi_examples=examples.CONTRIBUTION_RECORD)],
    call: TheCall,
) -> MessageResponse:
    """Catatan iuran that BPJS Ketenagakerjaan sends by itself (PP 37/2021 Pasal 19, 21(2)).

    What is better for the claimant follows at once; what is worse is asked about first.
    """
    message = cmd.RecordContributions(record=answer.record(await _born_on(call.backend, call.claim_id)))
    return await call.records_of("contribution_record", answer, message)


async def _born_on(backend: Backend, claim_id: UUID) -> date:
    async with backend.pool.acquire() as connection:
        claimant = await claimant_of(connection, claim_id)
        return (await backend.people.person(connection, claimant)).born_on


@post(router, "employer-payments")
async def record_employer_payment(
    message: Annotated[cmd.RecordEmployerPayment, Body(openapi_examples=examples.EMPLOYER_PAYMENT)],
    call: TheCall,
) -> MessageResponse:
    """Pembayaran oleh pengusaha of a month that the employer has to pay first (PP 37/2021 Pasal 39(3))."""
    return await call.records(message)


@post(router, "reimbursement-requests")
async def ask_reimbursement(
    message: Annotated[cmd.AskReimbursement, Body(openapi_examples=examples.REIMBURSEMENT_REQUEST)],
    call: TheCall,
) -> MessageResponse:
    """Permintaan penggantian by the employer, once arrears and fines are settled (Pasal 39(4)-(6))."""
    return await call.records(message)


@post(router, "true-wages")
async def find_true_wage(
    finding: Annotated[TrueWage, Body(openapi_examples=examples.TRUE_WAGE)],
    call: TheCall,
) -> MessageResponse:
    """Upah yang sebenarnya, found by an inspector: what the employer owes in one sum (Pasal 23, 37)."""
    message = cmd.FindTrueWage(true_wage_idr=finding.true_wage_idr, reference=finding.reference)
    return await call.records_of("true_wage", finding, message, f"inspector:{finding.actor}")


@post(router, "person-data-decisions")
async def decide_person_data(
    decision: Annotated[PersonDataDecision, Body(openapi_examples=examples.PERSON_DATA_DECISION)],
    call: TheCall,
) -> MessageResponse:
    """Keputusan petugas over data that a report told otherwise: adopt that version, or keep what stands."""
    message = cmd.DecidePersonData(version=decision.version, adopts=decision.adopts, reason=decision.reason)
    return await call.records_of("person_data_decision", decision, message, f"officer:{decision.actor}")
