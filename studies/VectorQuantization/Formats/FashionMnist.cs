using System.Security.Cryptography;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>
/// 70,000 pictures of clothes, 28 × 28 bytes each: 60,000 as base, 10,000 as queries, 784 coordinates. Debian's package
/// <c>dataset-fashion-mnist</c>.
/// </summary>
/// <remarks>Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST" (2017). The same rows as ann-benchmarks' fashion-mnist-784-euclidean.</remarks>
public static class FashionMnist
{
    /// <summary>What it is called on the command line.</summary>
    public const string Name = "fashion-mnist";

    /// <summary>The Debian package.</summary>
    public const string Package = "dataset-fashion-mnist";

    /// <summary>Where the package puts its files.</summary>
    public const string SystemFolder = "/usr/share/datasets/fashion-mnist";

    private const string BaseFile = "train-images-idx3-ubyte.gz";
    private const string QueryFile = "t10k-images-idx3-ubyte.gz";

    private static readonly (string File, string Sha256)[] Files =
    [
        (BaseFile, "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"),
        (QueryFile, "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"),
    ];

    /// <summary>Where it lies, or null: the system's folder, or where <c>vq-benchmark data</c> unpacks it for one user.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static string? Find(Func<string, string?> variable) =>
        new[] { SystemFolder, UserFolder(variable) }.FirstOrDefault(folder =>
            Array.TrueForAll(Files, file => File.Exists(Path.Combine(folder, file.File)))
        );

    /// <summary>Where one user's copy lies: in the cache folder (<c>XDG_CACHE_HOME</c>, else ~/.cache).</summary>
    public static string UserFolder(Func<string, string?> variable) =>
        Path.Combine(CacheFolder(variable), "vq-benchmark", "fashion-mnist");

    /// <summary>The pictures to search in, 60,000.</summary>
    /// <param name="folder">From <see cref="Find"/>.</param>
    public static VectorSet OpenBase(string folder) => VectorFile.Open(Path.Combine(folder, BaseFile));

    /// <summary>The pictures to search for, 10,000.</summary>
    /// <param name="folder">From <see cref="Find"/>.</param>
    public static VectorSet OpenQueries(string folder) => VectorFile.Open(Path.Combine(folder, QueryFile));

    /// <summary>Where it lies.</summary>
    /// <exception cref="BadInputException">Nowhere; says how to get it.</exception>
    public static string Require(Func<string, string?> variable) =>
        Find(variable)
        ?? throw new BadInputException(
            $"'{Name}' is neither in '{SystemFolder}' nor in '{UserFolder(variable)}'. "
                + $"'vq-benchmark data {Name}' gets it from Debian's package {Package}."
        );

    /// <summary>Compares the files with what they must be.</summary>
    /// <exception cref="BadInputException">A file is another one, or damaged.</exception>
    public static void Check(string folder)
    {
        var problems = new ProblemList();
        foreach (var (file, expected) in Files)
        {
            using var stream = File.OpenRead(Path.Combine(folder, file));
            var found = Convert.ToHexStringLower(SHA256.HashData(stream));
            problems.Require(
                found == expected,
                $"'{Path.Combine(folder, file)}' has the SHA-256 {found}; Fashion-MNIST's is {expected}. Results on it can't be "
                    + $"compared with anybody's. Reinstall {Package}."
            );
        }
        problems.ThrowIfAny();
    }

    private static string CacheFolder(Func<string, string?> variable) =>
        variable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(variable("HOME") ?? "/", ".cache");
}
