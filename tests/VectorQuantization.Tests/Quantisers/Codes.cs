using VectorQuantization.Formats;
using VectorQuantization.Numerics;
using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers;

/// <summary>What tests ask of any quantiser.</summary>
internal static class Codes
{
    public static MemoryVectors Gaussian(int rows, int dimension, ulong seed)
    {
        var random = new RandomSequence(seed);
        return new(
            "gaussian",
            [.. Enumerable.Range(0, rows * dimension).Select(_ => (float)random.NextGaussian())],
            dimension
        );
    }

    private static readonly Lazy<MemoryVectors> pictures = new(() =>
        new("pictures", FashionMnistRows.Base.ToArray(), 784)
    );

    private static readonly Lazy<MemoryVectors> dummy = new(() => DummyVectors.Create(10_000, 1024));

    /// <summary>Fashion-MNIST's 60,000 rows.</summary>
    public static MemoryVectors Pictures => pictures.Value;

    /// <summary>10,000 rows of 1024 of NumPy's RandomState(42).randn.</summary>
    public static MemoryVectors Dummy => dummy.Value;

    public static Quantiser Train(QuantiserSettings settings, VectorSet rows, ulong seed = 1, int threads = 2) =>
        settings.Train(rows, new Training(seed, threads));

    public static QuantiserSettings Settings(string method, string values) =>
        QuantiserCatalogue
            .Find(method)!
            .Read(
                new SettingValues(
                    method,
                    values
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(pair => pair.Split('='))
                        .ToDictionary(pair => pair[0], pair => pair[1])
                )
            );

    public static byte[] Encode(this Quantiser quantiser, MemoryVectors rows)
    {
        var codes = new byte[rows.Count * quantiser.CodeBytes];
        var d = rows.Dimension;
        RowBlocks.ForEach(
            rows.Count,
            512,
            2,
            (_, first, count) =>
                quantiser.Encode(
                    rows.Values.Slice((int)first * d, count * d),
                    codes.AsSpan((int)first * quantiser.CodeBytes, count * quantiser.CodeBytes)
                )
        );
        return codes;
    }

    public static float[] Decode(this Quantiser quantiser, byte[] codes)
    {
        var rows = new float[codes.Length / quantiser.CodeBytes * quantiser.Dimension];
        quantiser.Decode(codes, rows);
        return rows;
    }

    /// <summary>Mean over rows of the squared distance between a row and what is decoded of it.</summary>
    public static double Error(this Quantiser quantiser, MemoryVectors rows)
    {
        const int block = 1000;
        var codes = quantiser.Encode(rows);
        var d = rows.Dimension;
        var decoded = new float[block * d];
        double sum = 0;
        for (var first = 0; first < rows.Count; first += block)
        {
            var count = (int)Math.Min(block, rows.Count - first);
            quantiser.Decode(
                codes.AsSpan(first * quantiser.CodeBytes, count * quantiser.CodeBytes),
                decoded.AsSpan(0, count * d)
            );
            for (var i = 0; i < count; i++)
                sum += Kernels.SquaredDistance(rows.Values.Slice((first + i) * d, d), decoded.AsSpan(i * d, d));
        }
        return sum / rows.Count;
    }

    public static Quantiser WrittenAndLoaded(this Quantiser quantiser)
    {
        var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        quantiser.Write(writer);
        file.Position = 0;
        var loaded = QuantiserCatalogue.Find(quantiser.Method)!.Load(new BinaryReader(file));
        Assert.Equal(file.Length, file.Position);
        return loaded;
    }

    public static float[] Distances(this Quantiser quantiser, Metric metric, ReadOnlySpan<float> query, byte[] codes)
    {
        var estimator = quantiser.EstimatorOf(metric);
        estimator.Prepare(query);
        var distances = new float[codes.Length / quantiser.CodeBytes];
        estimator.Distances(codes, distances);
        return distances;
    }
}
