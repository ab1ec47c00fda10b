"""Addresses of the reforms room."""

from django.urls import path

from minhu.reforms.views import (
    coverage,
    coverage_deeds,
    ledger,
    milestones,
    postponements,
    proofs,
    reform,
    rules,
)

app_name = "reforms"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("late/", ledger.late, name="late"),
    path("new/", reform.start, name="new"),
    path("coverage/", coverage.overview, name="coverage"),
    path("coverage/<int:version>/", coverage.review, name="coverage_review"),
    path("coverage/<int:version>/matrix/", coverage.matrix, name="coverage_matrix"),
    path("coverage/<int:version>/gaps/", coverage.blind, name="coverage_blind"),
    path("coverage/<int:version>/claims/", coverage.claims, name="coverage_claims"),
    path("coverage/<int:version>/suggest/", coverage_deeds.suggest, name="coverage_suggest"),
    path("coverage/<int:version>/confirm/", coverage_deeds.confirm_sure, name="coverage_confirm_sure"),
    path("coverage/answers/<int:pk>/confirm/", coverage_deeds.confirm, name="coverage_confirm"),
    path("coverage/answers/<int:pk>/refuse/", coverage_deeds.refuse, name="coverage_refuse"),
    path("coverage/answers/<int:pk>/undo/", coverage_deeds.undo, name="coverage_undo"),
    path("coverage/clauses/<int:pk>/answer/", coverage_deeds.answer, name="coverage_answer"),
    path("coverage/clauses/<int:pk>/inapplicable/", coverage_deeds.propose, name="coverage_propose"),
    path("coverage/inapplicable/<int:pk>/decide/", coverage_deeds.decide, name="coverage_decide"),
    path("coverage/inapplicable/<int:pk>/reopen/", coverage_deeds.reopen, name="coverage_reopen"),
    path("measures/<int:pk>/", milestones.revise_measure, name="measure"),
    path("measures/<int:pk>/remove/", milestones.remove_measure, name="remove_measure"),
    path("measures/<int:pk>/milestones/", milestones.add, name="add_milestone"),
    path("milestones/<int:pk>/", milestones.revise, name="milestone"),
    path("milestones/<int:pk>/remove/", milestones.remove, name="remove_milestone"),
    path("milestones/<int:pk>/prove/", proofs.submit, name="prove"),
    path("milestones/<int:pk>/postpone/", postponements.ask, name="postpone"),
    path("proofs/<int:pk>/", proofs.decide, name="proof"),
    path("proofs/<int:pk>/file/", proofs.file, name="proof_file"),
    path("postponements/<int:pk>/", postponements.decide, name="postponement"),
    path("rules/<int:pk>/", rules.change, name="rule"),
    path("<str:code>/", reform.page, name="reform"),
    path("<str:code>/edit/", reform.edit, name="edit"),
    path("<str:code>/move/", reform.move, name="move"),
    path("<str:code>/measures/", milestones.add_measure, name="add_measure"),
    path("<str:code>/rules/", rules.write, name="write_rule"),
]
