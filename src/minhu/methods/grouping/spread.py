"""The stages of `near_duplicates` as Arrow record batches, for more texts than one machine holds.

Rows are signed and banded one by one; a shard of bands is linked and a shard of components is parted without
knowing of the others. Digests and words are 64-bit signed here, as Spark has no others. Needs pyarrow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from minhu.methods.grouping.kernels import link, split
from minhu.methods.grouping.near import WINDOW, runs
from minhu.methods.grouping.recipe import BANDS, BINS, Recipe
from minhu.methods.grouping.signing import signed

SIGNED = pa.schema([("id", pa.int64()), ("digest", pa.int64()), ("signature", pa.binary())])
BANDED = pa.schema([("shard", pa.int64()), ("band", pa.int64()), *list(SIGNED)[1:]])
LINKED = pa.schema([("one", pa.int64()), ("other", pa.int64())])
JOINED = pa.schema([("digest", pa.int64()), ("component", pa.int64())])
PARTED = pa.schema([("digest", pa.int64()), ("centre", pa.int64())])
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    """The recipe, and into how many shards each of the 32 bands is cut by its words."""

    recipe: Recipe = field(default_factory=Recipe)
    shards: int = 4


def sign_batches(batches: Iterable[pa.RecordBatch], plan: Plan) -> Iterator[pa.RecordBatch]:
    """(id, text) → (id, digest, signature); a text that is null counts as blank."""
    for batch in batches:
        made = signed([text or "" for text in batch.column("text").to_pylist()], plan.recipe)
        columns = [batch.column("id").cast(pa.int64()), made.digests.view(np.int64), binary(made.signatures)]
        yield pa.record_batch(columns, schema=SIGNED)


def band_batches(batches: Iterable[pa.RecordBatch], plan: Plan) -> Iterator[pa.RecordBatch]:
    """(digest, signature) → 32 rows each, (shard, band, digest, signature): equal words share a shard."""
    for batch in batches:
        words = signatures_of(batch).view(np.uint32)
        digests, rows = longs(batch, "digest"), np.arange(batch.num_rows)
        for band in range(BANDS):
            shard = words[:, band].astype(np.int64) % plan.shards + band * plan.shards
            columns = [shard, np.full(len(rows), band), digests, batch.column("signature").cast(pa.binary())]
            yield pa.record_batch(columns, schema=BANDED)


def link_shard(shard: pa.Table, plan: Plan) -> pa.Table:
    """Pairs (one, other) of digests that hold the components of a shard together."""
    digests = longs(shard, "digest").view(np.uint64)
    known, first, ranks = np.unique(digests, return_index=True, return_inverse=True)
    every = signatures_of(shard)
    signatures = np.ascontiguousarray(every[first])
    words, bands = every.view(np.uint32), longs(shard, "band")
    parents = np.arange(len(known), dtype=np.int32)
    for band in np.unique(bands):
        rows = np.flatnonzero(bands == band)
        keys = (words[rows, band].astype(np.uint64) << np.uint64(32)) | ranks[rows].astype(np.uint64)
        keys.sort()
        link(keys, signatures, parents, plan.recipe.need, WINDOW)
    linked = np.flatnonzero(parents != np.arange(len(known)))
    ends = [known[linked].view(np.int64), known[parents[linked]].view(np.int64)]
    return pa.table(ends, schema=LINKED)


def join_pairs(pairs: pa.Table) -> pa.Table:
    """Components of linked digests; the one step in one place: it sees 16 bytes a pair, and no text."""
    ends = np.concatenate([longs(pairs, "one"), longs(pairs, "other")])
    known, at = np.unique(ends, return_inverse=True)
    one, other = at[: len(at) // 2], at[len(at) // 2 :]
    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(len(known), len(known)))
    _, component = connected_components(graph, directed=False)
    return pa.table([known, component.astype(np.int64)], schema=JOINED)


def part_shard(shard: pa.Table, plan: Plan) -> pa.Table:
    """(component, digest, signature, weight), whole components → the digest of the centre of each digest."""
    order = np.argsort(longs(shard, "digest").view(np.uint64))
    digests, components = longs(shard, "digest")[order], longs(shard, "component")[order]
    members = np.argsort(components, kind="stable").astype(np.int32)
    starts = np.append(runs(components[members]), len(members))
    signatures, weights = np.ascontiguousarray(signatures_of(shard)[order]), longs(shard, "weight")[order]
    centre_of = np.empty(len(members), np.int32)
    split(members, starts, signatures, weights, plan.recipe.need, centre_of)
    return pa.table([digests, digests[centre_of]], schema=PARTED)


def group_batches(batches: Iterable[pa.RecordBatch], plan: Plan = Plan()) -> pa.Table:
    """(id, text) → (id, group) in this process, stage by stage as on a cluster; a group is named by the
    digest of its centre. The groups are those of `near_duplicates`."""
    rows = pa.Table.from_batches(sign_batches(batches, plan), SIGNED)
    known = rows.group_by("digest").aggregate([("signature", "min"), ("id", "count")])
    known = known.rename_columns({"signature_min": "signature", "id_count": "weight"})
    banded = pa.Table.from_batches(band_batches(known.to_batches(), plan), BANDED)
    pairs = [link_shard(shard, plan) for shard in shards_of(banded)]
    joined = join_pairs(pa.concat_tables([LINKED.empty_table(), *pairs]))
    parted = part_shard(known.join(joined, "digest", join_type="inner").combine_chunks(), plan)
    named = rows.select(["id", "digest"]).join(parted, "digest").sort_by("id")
    group = named.column("centre").combine_chunks().fill_null(0).to_numpy(zero_copy_only=False)
    alone = named.column("centre").is_null().to_numpy()
    return pa.table({"id": named.column("id"), "group": np.where(alone, longs(named, "digest"), group)})


def shards_of(banded: pa.Table) -> Iterator[pa.Table]:
    """The rows of each shard."""
    shard = longs(banded, "shard")
    order = np.argsort(shard, kind="stable")
    yield from map(partial(pa.Table.take, banded), np.split(order, runs(shard[order])[1:]))


def longs(rows: pa.RecordBatch | pa.Table, name: str) -> Longs:
    """A column as an array of its own."""
    return np.array(rows.column(name), dtype=np.int64)


def signatures_of(rows: pa.RecordBatch | pa.Table) -> NDArray[np.uint8]:
    """The column of signatures, (n, 128)."""
    joined = b"".join(rows.column("signature").to_pylist())
    return np.frombuffer(joined, np.uint8).reshape(-1, BINS)


def binary(signatures: NDArray[np.uint8]) -> pa.Array:
    """Signatures as a column."""
    offsets = np.arange(len(signatures) + 1, dtype=np.int32) * BINS
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(signatures))]
    return pa.Array.from_buffers(pa.binary(), len(signatures), buffers)
