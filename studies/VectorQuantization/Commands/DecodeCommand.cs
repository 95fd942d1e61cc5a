using System.CommandLine;
using System.Globalization;
using VectorQuantization.Formats;
using VectorQuantization.Quantisers;
using VectorQuantization.Search;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark decode</c>: the vectors that codes stand for.</summary>
internal sealed class DecodeCommand(Composition with)
{
    private const string Description = """
        Turn codes back into vectors.

        Example:
          vq-benchmark decode --codes base.codes --codebook results/codebooks/pq-base-m16-bits8-seed1.codebook --out decoded.npy
        """;

    public static Command Create(Composition with)
    {
        var codes = new Option<string>("--codes") { Description = "A file that 'encode' wrote.", Required = true };
        var codebook = new Option<string>("--codebook")
        {
            Description = "The quantiser that made the codes.",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The vectors: .npy, .fvecs or .fbin.",
            Required = true,
        };
        var command = new Command("decode", Description) { codes, codebook, output };
        command.SetAction(parsed =>
            new DecodeCommand(with).Run(parsed.GetValue(codes)!, parsed.GetValue(codebook)!, parsed.GetValue(output)!)
        );
        return command;
    }

    private int Run(string codes, string codebook, string output)
    {
        var model = QuantiserFile.Load(codebook);
        var stored = CodeFile.Load(codes);
        stored.Origin.RequireModel(codes, codebook, model.Fingerprint);
        using var decoded = new DecodedVectors(model.Quantiser, stored.Codes, codes);
        TableFile.WriteVectors(output, decoded);
        with.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{decoded.Count:N0} vectors of {decoded.Dimension:N0} dimensions are in '{output}'."
            )
        );
        return ExitCode.Done;
    }
}
