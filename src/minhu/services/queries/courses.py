"""Which course of a version an applicant takes, by the answers to its situation questions."""

from collections.abc import Mapping

from minhu.services.models import Course, ThingVersion


class NoCourse(LookupError):
    """The answers lead to no course of this version."""


def course_for(version: ThingVersion, answers: Mapping[str, str]) -> Course:
    """The course for these answers; answers to questions that are not asked there change nothing.

    Raises NoCourse where a question that is asked has no answer yet, or one the version does not know.
    """
    for course in version.courses.select_related("kind").defer("proof", "kind__spec", "kind__traces"):
        for situation in course.situations:
            if all(answers.get(code) == option for code, option in situation.items()):
                return course
    raise NoCourse(f"{version}: no course for {dict(answers)}")
