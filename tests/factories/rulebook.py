"""Made-up pack versions, limits and calendars for tests; `lay_rulebook` lays what other rooms need."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.rulebook.states import Strength, Unit, YearState

NEEDED = {
    "light.near_days": (5, Unit.WORKING_DAY),
    "claim.days": (5, Unit.WORKING_DAY),
    "match.confident": (Decimal("0.55"), Unit.SCORE),
    "match.possible": (Decimal("0.25"), Unit.SCORE),
    "basis.recheck_months": (12, Unit.MONTH),
    "proof.max_megabytes": (20, Unit.MEGABYTE),
    "document.max_megabytes": (20, Unit.MEGABYTE),
    "document.max_pages": (500, Unit.COUNT),
    "document.max_seconds": (25, Unit.SECOND),
    "document.max_unpacked_megabytes": (100, Unit.MEGABYTE),
    "burden.seconds_per_value": (20, Unit.SECOND),
    "api.token_days": (365, Unit.DAY),
    "api.requests_per_minute": (10_000, Unit.COUNT),
    "api.key_days": (7, Unit.DAY),
    "worker.attempts": (8, Unit.COUNT),
    "worker.first_wait_seconds": (30, Unit.SECOND),
}


class PackVersionFactory(DjangoModelFactory):
    """A pack loaded on 2026-01-05."""

    class Meta:
        model = PackVersion

    code = "town"
    name = "Town"
    version = "1"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    loaded_at = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


class LimitFactory(DjangoModelFactory):
    """A local rule of five working days in force since 2020, checked on 2026-01-05."""

    class Meta:
        model = Limit

    code = factory.Sequence(lambda n: f"limit.number_{n}")
    name = factory.Sequence(lambda n: f"时限{n}")
    value = Decimal(5)
    unit = Unit.WORKING_DAY
    basis = "工作规则"
    strength = Strength.LOCAL
    effective_on = date(2020, 1, 1)
    checked_on = date(2026, 1, 5)
    checked_by = "office"
    pack_version = factory.SubFactory(PackVersionFactory)


class CalendarFactory(DjangoModelFactory):
    """A published year without holidays."""

    class Meta:
        model = Calendar

    year = factory.Sequence(lambda n: 2020 + n)
    status = YearState.PUBLISHED
    weekend = [6, 7]
    days = []
    pack_version = factory.SubFactory(PackVersionFactory)


def lay_rulebook(years: range = range(2020, 2031)) -> PackVersion:
    """Every limit rooms ask for, and published years without holidays."""
    version = PackVersionFactory()
    for code, (value, unit) in NEEDED.items():
        LimitFactory(code=code, value=Decimal(value), unit=unit, pack_version=version)
    for year in years:
        CalendarFactory(year=year, pack_version=version)
    return version
