namespace Expflow.EndToEnd;

/// <summary>This repository's own files, found from the folder that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The published binary: <c>EXPFLOW_BINARY</c>, or where the scripts put it.</summary>
    public static string Binary { get; } =
        Environment.GetEnvironmentVariable("EXPFLOW_BINARY") ?? Path.Combine(Root, "artifacts/publish/expflow");

    /// <summary>The quickstart's compiled program.</summary>
    public static string QuickstartBinary { get; } =
        Environment.GetEnvironmentVariable("QUICKSTART_BINARY")
        ?? Path.Combine(Root, "artifacts/publish-digits/digits");

    /// <summary>The first study's compiled program; the one for AVX-512 stands beside it.</summary>
    public static string VectorQuantizationBinary { get; } =
        Environment.GetEnvironmentVariable("VQ_BINARY") ?? Path.Combine(Root, "artifacts/publish-vq/vq-benchmark");

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Expflow.slnx")))
                return folder;
        throw new InvalidOperationException($"No 'Expflow.slnx' above '{AppContext.BaseDirectory}'.");
    }
}
