"""The same stages on Spark: one shuffle by bands, one by components. Needs `minhu[spark]` and Java 17."""

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from minhu.methods.grouping.spread import (
    Plan,
    band_batches,
    join_pairs,
    link_shard,
    part_shard,
    sign_batches,
)

Stage = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def group_frame(texts: DataFrame, plan: Plan = Plan()) -> DataFrame:  # noqa: B008
    """(id long, text string) → (id, group); the groups of `near_duplicates`, named by their centres' digests.

    32 rows of 144 bytes a distinct text are shuffled; the driver holds 16 bytes a linked pair.
    """
    rows = texts.select("id", "text").mapInArrow(
        stage(sign_batches, plan), "id long, digest long, signature binary"
    )
    rows = rows.cache()
    known = rows.groupBy("digest").agg(f.min("signature").alias("signature"), f.count("id").alias("weight"))
    known = known.cache()
    banded = known.select("digest", "signature").mapInArrow(
        stage(band_batches, plan), "shard long, band long, digest long, signature binary"
    )
    pairs = banded.groupBy("shard").applyInArrow(shardwise(link_shard, plan), "one long, other long")
    joined = texts.sparkSession.createDataFrame(join_pairs(pairs.toArrow()))
    inside = known.join(joined, "digest").withColumn("shard", f.col("component") % (32 * plan.shards))
    parted = inside.groupBy("shard").applyInArrow(shardwise(part_shard, plan), "digest long, centre long")
    named = rows.select("id", "digest").join(parted, "digest", "left")
    return named.select("id", f.coalesce("centre", "digest").alias("group"))


def stage(of: Callable[..., Iterator[pa.RecordBatch]], plan: Plan) -> Stage:
    """A stage on batches with its plan."""
    return partial(of, plan=plan)


def shardwise(of: Callable[[pa.Table, Plan], pa.Table], plan: Plan) -> Callable[[pa.Table], pa.Table]:
    """A stage on shards with its plan; Spark reads from the hints that it takes tables."""

    def on_shard(shard: pa.Table) -> pa.Table:
        return of(shard, plan)

    return on_shard
