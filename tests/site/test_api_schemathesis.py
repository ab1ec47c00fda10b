"""Schemathesis reads the description and asks whatever it allows and forbids; it must find nothing."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from minhu.people.states import Role
from minhu.site.api import schema_in
from minhu.site.wsgi import application
from tests.factories.api import Program
from tests.factories.mandates import make_articles
from tests.factories.reforms import AnswerFactory, InapplicableFactory, ReformFactory
from tests.factories.voices import lay_limits


def without_security(described: dict[str, Any]) -> dict[str, Any]:
    """The description as if no token were needed."""
    bare = deepcopy(described)
    for operations in bare["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return bare


EXAMPLES = 20
# What is described well may still be refused: an empty document, an answer that was decided meanwhile.
JUDGED = (positive_data_acceptance,)
# Every request here carries a token; test_api.py asks every operation without one.
schema = schemathesis.openapi.from_dict(without_security(schema_in("en")))
schema.app = application


@pytest.fixture
def _one_connection(db) -> Iterator[None]:
    """Requests through WSGI end by closing their connection; here the transaction of the test needs it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def program(_one_connection) -> Program:
    """A program of the reform office in a house that has something to read and to decide."""
    lay_limits()
    clauses = make_articles(["推进综合窗口改革", "建立服务经理人制度", "完善评价"])
    AnswerFactory(clause=clauses[0], reform=ReformFactory(), state="suggested", score=0.6)
    InapplicableFactory(clause=clauses[2])
    return Program(Role.OFFICE)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
          phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
def test_nothing_undeclared_comes_back(case, program) -> None:
    excluded = JUDGED if case.method == "POST" else ()
    case.call_and_validate(
        headers={"Authorization": f"Bearer {program.secret}"}, excluded_checks=[*excluded]
    )  # fmt: skip
