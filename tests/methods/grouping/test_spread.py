"""The stages as Arrow batches, here and on Spark, give the groups of `near_duplicates`."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.grouping import Recipe, near_duplicates
from tests.methods.grouping.copies import partition, with_copies

pa = pytest.importorskip("pyarrow")
spread = pytest.importorskip("minhu.methods.grouping.spread")

WORDS = st.lists(st.text(st.sampled_from("路灯不亮小区停车😀é "), max_size=8), max_size=25)


def batches(texts: list[str], size: int) -> list[object]:
    table = pa.table({"id": pa.array(range(len(texts)), pa.int64()), "text": pa.array(texts, pa.string())})
    return table.to_batches(max_chunksize=size)


def mixed() -> list[str]:
    texts, _ = with_copies(150, seed=31, share=0.1)
    return [*texts, *texts[:40], "", " ", "😀", "😀"]


@settings(max_examples=30, deadline=None)
@given(WORDS, st.integers(1, 30), st.integers(1, 5))
def test_batches_give_the_same_groups(texts: list[str], size: int, shards: int) -> None:
    found = spread.group_batches(batches(texts, size), spread.Plan(shards=shards))
    assert found.column("id").to_pylist() == list(range(len(texts)))
    labels = near_duplicates(texts).labels.tolist()
    assert partition(texts, found.column("group").to_pylist()) == partition(texts, labels)


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(threshold=0.6, seed=5)])
def test_copies_give_the_same_groups_at_any_cut(recipe: Recipe) -> None:
    texts = mixed()
    expected = partition(texts, near_duplicates(texts, recipe).labels.tolist())
    assert max(map(len, expected)) > 3
    for size, shards in ((1000, 1), (7, 3)):
        found = spread.group_batches(batches(texts, size), spread.Plan(recipe, shards))
        assert partition(texts, found.column("group").to_pylist()) == expected


def test_a_group_is_named_by_its_centre() -> None:
    texts = mixed()
    groups = near_duplicates(texts)
    made = next(spread.sign_batches(batches(texts, len(texts)), spread.Plan()))
    digests = made.column("digest").to_pylist()
    found = spread.group_batches(batches(texts, 50)).column("group").to_pylist()
    assert found == [digests[groups.centres[label]] for label in groups.labels]


def test_a_null_is_a_blank() -> None:
    batch = pa.record_batch({"id": [1, 2, 3], "text": ["", None, "路灯"]})
    group = spread.group_batches([batch]).column("group").to_pylist()
    assert (group[0] == group[1], group[1] == group[2]) == (True, False)


def test_the_core_needs_no_pyarrow() -> None:
    import subprocess

    program = "import sys, minhu.methods.grouping; print('pyarrow' in sys.modules, 'pyspark' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout == "False False\n"


@pytest.fixture(scope="module")
def spark() -> Iterator[object]:
    """Spark as a cluster of two workers on this machine."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'minhu[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    settings_ = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.log.level": "ERROR",
                 "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}  # fmt: skip
    for name, value in settings_.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::FutureWarning")
def test_spark_gives_the_same_groups(spark) -> None:
    from minhu.methods.grouping.spark import group_frame

    texts = mixed()
    frame = spark.createDataFrame(list(enumerate(texts)), "id long, text string").repartition(3)
    found = {row.id: row.group for row in group_frame(frame, spread.Plan(shards=1)).collect()}
    here = spread.group_batches(batches(texts, 50))
    assert found == dict(zip(here.column("id").to_pylist(), here.column("group").to_pylist(), strict=True))
    assert partition(texts, [found[i] for i in range(len(texts))]) == partition(
        texts, near_duplicates(texts).labels.tolist()
    )
