using System.Runtime.InteropServices;
using VectorQuantization.Files;
using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>Ground truth for other programs, in the format that the extension says. What it is the truth of is lost.</summary>
public static class GroundTruthExport
{
    private const string Formats =
        ".npy (ids as int64, and distances beside it), .ivecs, .ibin (ids), .bin (Big-ANN: ids and distances) or .hdf5 (ann-benchmarks)";

    /// <summary>Writes a file, or two for .npy: ids, and <c>.distances.npy</c> with distances as float32.</summary>
    /// <param name="path">Its extension says the format.</param>
    /// <param name="truth">All of it, not a shard.</param>
    /// <param name="vectors">Base and queries, for HDF5, which holds them too; null when they aren't at hand.</param>
    /// <exception cref="BadInputException">An unknown extension; or it can't be written.</exception>
    public static void Write(string path, DescribedTruth truth, (VectorSet Base, VectorSet Queries)? vectors)
    {
        var table = truth.Table(truth.Queries, truth.K);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npy":
                TableFile.WriteIds(path, truth.Sections.Ids, truth.K);
                TableFile.WriteFloats(Path.ChangeExtension(path, ".distances.npy"), table.Distances.ToArray(), truth.K);
                break;
            case ".ivecs" or ".ibin":
                TableFile.WriteIds(path, truth.Sections.Ids, truth.K);
                break;
            case ".bin":
                WriteBigAnn(path, table);
                break;
            case ".hdf5" or ".h5":
                WriteHdf5(path, truth, table, vectors);
                break;
            default:
                throw new BadInputException($"'--export {path}': the extension has to be {Formats}.");
        }
    }

    /// <summary>Refuses a path that <see cref="Write"/> could not write to, before hours of work.</summary>
    public static void Check(string path, ProblemList problems) =>
        problems.Require(
            Path.GetExtension(path).ToLowerInvariant() is ".npy" or ".ivecs" or ".ibin" or ".bin" or ".hdf5" or ".h5",
            $"'--export {path}': the extension has to be {Formats}."
        );

    private static void WriteHdf5(
        string path,
        DescribedTruth truth,
        NeighbourTable table,
        (VectorSet Base, VectorSet Queries)? vectors
    )
    {
        if (vectors is not { } sets)
            throw new BadInputException(
                $"'--export {path}': such a file holds base and queries, too, which are not at hand here. Give the command of the whole "
                    + "work with '--out' as it is now and this '--export'."
            );
        AnnBenchmarksFile.Write(
            path,
            truth.Header.Metric,
            sets.Base,
            sets.Queries,
            new DataSetTruth(truth.K, truth.Sections.Ids, table.Distances.ToArray())
        );
    }

    // uint32 queries, uint32 k, all ids as int32, all distances as float32.
    private static void WriteBigAnn(string path, NeighbourTable table)
    {
        if (table.Ids.ContainsAnyExceptInRange(0, int.MaxValue))
            throw new BadInputException(
                $"'--export {path}': ids go beyond 31 bits, all that this format holds. Write .npy."
            );
        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(MemoryMarshal.AsBytes<uint>([(uint)table.Queries, (uint)table.K]));
                var ids = new int[table.K];
                for (var query = 0; query < table.Queries; query++)
                {
                    for (var i = 0; i < ids.Length; i++)
                        ids[i] = (int)table.IdsOf(query)[i];
                    stream.Write(MemoryMarshal.AsBytes(ids.AsSpan()));
                }
                for (var query = 0; query < table.Queries; query++)
                    stream.Write(MemoryMarshal.AsBytes(table.DistancesOf(query)));
            }
        );
    }
}
