using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Neighbours;

/// <summary>The true neighbours of some queries, from a file.</summary>
/// <param name="path">The file, for messages.</param>
public abstract class GroundTruth(string path)
{
    private static readonly string[] BareExtensions = [".npy", ".ivecs", ".ibin", ".hdf5", ".h5"];

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>What could not be checked about it, as a sentence for people; null when all was.</summary>
    public virtual string? Caveat => null;

    /// <summary>Reads this program's own file (<see cref="GroundTruthFile"/>), or others' ids: .npy, .ivecs, .ibin, ann-benchmarks HDF5.</summary>
    /// <exception cref="BadInputException">It is missing, damaged, or something else.</exception>
    public static GroundTruth Load(string path)
    {
        var bare = path.Split(':')[0];
        return Array.Exists(BareExtensions, known => bare.EndsWith(known, StringComparison.OrdinalIgnoreCase))
            ? new BareTruth(path, IdTable.Read(path))
            : GroundTruthFile.Read(path);
    }

    /// <summary>Makes sure that this is the truth of a search, by the contents of base and queries.</summary>
    /// <param name="rows">The base.</param>
    /// <param name="queries">The queries, or the first of them.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="k">Neighbours that are needed.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="selfExcluded">Whether that search leaves each query out of its own answer.</param>
    /// <returns>The first k neighbours of these queries.</returns>
    /// <exception cref="BadInputException">All in which they differ.</exception>
    public abstract NeighbourTable CheckFor(
        VectorSet rows,
        VectorSet queries,
        Metric metric,
        int k,
        int threads,
        bool selfExcluded = false
    );
}
