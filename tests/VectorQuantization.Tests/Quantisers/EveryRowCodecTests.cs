using VectorQuantization.Quantisers;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Quantisers;

/// <summary>What holds of every method that codes each row by itself, at odd dimensions too.</summary>
public sealed class EveryRowCodecTests
{
    public static TheoryData<string, string, int> Cells =>
        new()
        {
            { "sq", "bits=8", 33 },
            { "sq", "bits=16", 7 },
            { "sq", "bits=3", 21 },
            { "sq", "bits=4 range=quantile", 70 },
            { "sq", "bits=5 decode=centre", 32 },
            { "sq", "bits=2 range=lloyd", 19 },
            { "sq", "bits=6 range=gaussian", 9 },
            { "rabitq", "bits=1", 33 },
            { "rabitq", "bits=1 query-bits=4", 130 },
            { "rabitq", "bits=1 rotation=none centre=origin", 5 },
            { "rabitq", "bits=2", 64 },
            { "rabitq", "bits=2 rotation=hadamard", 50 },
            { "rabitq", "bits=5", 19 },
            { "rabitq", "bits=9", 40 },
            { "lvq", "bits=8", 33 },
            { "lvq", "bits=1", 12 },
            { "lvq", "bits=5", 70 },
            { "saq", "bits=4", 33 },
            { "saq", "bits=1.5 segments=4", 96 },
            { "saq", "bits=0.4", 64 },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_was_written_loads_and_codes_the_same(string method, string settings, int dimension)
    {
        var rows = Codes.Gaussian(50, dimension, 3);
        var quantiser = Codes.Train(Codes.Settings(method, settings), rows);
        var codes = quantiser.Encode(rows);

        var loaded = quantiser.WrittenAndLoaded();

        Assert.Equal(codes, loaded.Encode(rows));
        Assert.Equal(quantiser.Decode(codes), loaded.Decode(codes));
        Assert.Equal(quantiser.ModelBytes, loaded.ModelBytes);
        Assert.Equal(
            quantiser.Distances(Metric.L2, rows.Values[..dimension], codes),
            loaded.Distances(Metric.L2, rows.Values[..dimension], codes)
        );
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_row_is_coded_and_decoded_the_same_alone_as_among_others(string method, string settings, int dimension)
    {
        var rows = Codes.Gaussian(40, dimension, 4);
        var quantiser = Codes.Train(Codes.Settings(method, settings), rows);
        var codes = quantiser.Encode(rows);
        var decoded = quantiser.Decode(codes);
        Assert.Equal(quantiser.CodeBytes, Codes.Settings(method, settings).CodeBytes(dimension));

        for (var row = 0; row < 40; row += 13)
        {
            var alone = new byte[quantiser.CodeBytes];
            quantiser.Encode(rows.Values.Slice(row * dimension, dimension), alone);

            Assert.Equal(codes[(row * alone.Length)..((row + 1) * alone.Length)], alone);
            Assert.Equal(decoded[(row * dimension)..((row + 1) * dimension)], quantiser.Decode(alone));
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Threads_do_not_change_a_bit_of_what_is_learnt(string method, string settings, int dimension)
    {
        var rows = Codes.Gaussian(9000, dimension, 5);
        var checkedSettings = Codes.Settings(method, settings);

        Assert.Equal(
            Written(Codes.Train(checkedSettings, rows, threads: 1)),
            Written(Codes.Train(checkedSettings, rows, threads: 3))
        );
    }

    private static byte[] Written(Quantiser quantiser)
    {
        var file = new MemoryStream();
        using (var writer = new BinaryWriter(file))
            quantiser.Write(writer);
        return file.ToArray();
    }
}
