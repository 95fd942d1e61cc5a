namespace VectorQuantization.Formats;

/// <summary>What is to be read of a file, beyond its path.</summary>
public sealed record OpenSettings
{
    /// <summary>
    /// Data set of an HDF5 file, member of an npz, column of a Parquet file. Null: what a path of the form <c>file.npz:vectors</c>
    /// says, else the first of <see cref="Preferred"/> that is there, else the only one that holds vectors.
    /// </summary>
    public string? Element { get; init; }

    /// <summary>Names to look for when no element was asked for.</summary>
    public IReadOnlyList<string> Preferred { get; init; } = BaseNames;

    /// <summary>Only the first so many rows; null: all.</summary>
    public long? Limit { get; init; }

    /// <summary>Files that are packed as a whole (.gz, members of .npz) are unpacked into memory, up to so many bytes.</summary>
    public long UnpackAtMost { get; init; } = 4L << 30;

    /// <summary>What data sets of vectors to be searched are usually called.</summary>
    public static IReadOnlyList<string> BaseNames { get; } =
    ["train", "vectors", "base", "emb", "embedding", "embeddings", "vector", "data", "x", "X", "arr_0"];

    /// <summary>What data sets of queries are usually called.</summary>
    public static IReadOnlyList<string> QueryNames { get; } = ["test", "queries", "query"];
}
