"""What is too large is refused before anything of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(settings) -> None:
    """One megabyte is the most."""
    settings.MINHU_MAX_REQUEST_MB = 1


@pytest.mark.parametrize("megabytes", [2, 9])
def test_a_large_request_is_refused_with_what_to_do(megabytes: int) -> None:
    upload = SimpleUploadedFile("proof.pdf", b"x" * megabytes * 1024 * 1024)
    answer = Client().post("/people/log-in/", {"file": upload})
    assert answer.status_code == 413
    assert f"本次发送 {megabytes + 1} MB，上限为 1 MB" in answer.content.decode()


def test_a_small_one_passes() -> None:
    upload = SimpleUploadedFile("proof.pdf", b"x" * 1000 * 1024)
    assert Client().post("/people/log-in/", {"file": upload}).status_code == 200
