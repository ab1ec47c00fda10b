"""Addresses of the reforms room."""

from django.urls import path

from minhu.reforms.views import coverage, coverage_deeds

app_name = "reforms"
# Coverage stands before the pages of reforms: a code comes last, for it may be nearly any word.
COVERAGE = [
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
]
urlpatterns = [*COVERAGE]
