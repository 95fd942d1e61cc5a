using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Search;
using Xunit;

namespace VectorQuantization.Tests.Search;

public sealed class CodeFileTests : IDisposable
{
    private static readonly RoundingQuantiser Rounding = new(5);
    private readonly string folder = Directory.CreateTempSubdirectory("vq-codes").FullName;

    private string Model => Path.Combine(folder, "model.vqm");

    private string Codes => Path.Combine(folder, "codes.vqc");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Codes_and_their_quantiser_come_back_as_they_were()
    {
        var rows = SomeRows.Whole(1000, 5, 100, seed: 1);
        var fingerprint = QuantiserFile.Save(Model, Rounding, "Rounding 8");
        CodeFile.Save(Codes, Encoded(rows), new CodeOrigin("rounding", "Rounding 8", 5, fingerprint));

        var model = QuantiserFile.Load(Model, Known);
        var stored = CodeFile.Load(Codes);
        stored.Origin.RequireModel(Codes, Model, model.Fingerprint);

        Assert.Equal((5, "Rounding 8", fingerprint), (model.Quantiser.Dimension, model.Label, model.Fingerprint));
        Assert.Equal(new CodeOrigin("rounding", "Rounding 8", 5, fingerprint), stored.Origin);
        Assert.Equal(rows.ToArray(), new DecodedVectors(model.Quantiser, stored.Codes, Codes).ToArray());
        Assert.Equal(["codes.vqc", "model.vqm"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_is_noticed()
    {
        CodeFile.Save(Codes, Encoded(SomeRows.Whole(3, 5, 9, seed: 1)), new CodeOrigin("rounding", "R", 5, "00"));
        var whole = File.ReadAllBytes(Codes);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Codes, whole[..length]);
            Assert.Throws<BadInputException>(() => CodeFile.Load(Codes));
        }
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            File.WriteAllBytes(Codes, changed);
            Assert.Throws<BadInputException>(() => CodeFile.Load(Codes));
        }
    }

    [Fact]
    public void A_quantiser_that_did_not_make_the_codes_is_refused()
    {
        CodeFile.Save(Codes, Encoded(SomeRows.Whole(3, 5, 9, seed: 1)), new CodeOrigin("rounding", "R", 5, "00"));
        var other = QuantiserFile.Save(Model, Rounding, "R");

        var refused = Assert.Throws<BadInputException>(() =>
            CodeFile.Load(Codes).Origin.RequireModel(Codes, Model, other)
        );

        Assert.Contains($"'{Model}' is {other[..16]}", refused.Message);
    }

    [Fact]
    public void A_file_of_another_kind_is_named_as_such()
    {
        QuantiserFile.Save(Model, Rounding, "R");

        var refused = Assert.Throws<BadInputException>(() => CodeFile.Load(Model));

        Assert.Contains("no file of codes", refused.Message);
        Assert.Contains("'VQCODES1'", refused.Message);
    }

    [Fact]
    public void A_method_that_nobody_knows_is_named()
    {
        QuantiserFile.Save(Model, Rounding, "R");

        var refused = Assert.Throws<BadInputException>(() => QuantiserFile.Load(Model));

        Assert.Contains("'rounding'", refused.Message);
    }

    [Fact]
    public void A_place_that_can_t_be_written_to_is_told_and_nothing_is_left_behind()
    {
        File.WriteAllText(Codes, "");
        var below = Path.Combine(Codes, "model.vqm");

        var refused = Assert.Throws<BadInputException>(() => QuantiserFile.Save(below, Rounding, "R"));

        Assert.Contains($"'{below}'", refused.Message);
        Assert.Equal([Codes], Directory.GetFileSystemEntries(folder));
    }

    private static QuantiserMethod? Known(string name) => name == "rounding" ? RoundingQuantiser.Known : null;

    private static CodeSet Encoded(VectorQuantization.Vectors.VectorSet rows) =>
        CodeSet.Encode(Rounding, rows, 1, TestContext.Current.CancellationToken);
}
