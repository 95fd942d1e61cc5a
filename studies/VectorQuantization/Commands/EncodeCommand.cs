using System.CommandLine;
using System.Globalization;
using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;
using VectorQuantization.Results;
using VectorQuantization.Search;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark encode</c>: a trained quantiser and the codes of a base, in files.</summary>
internal sealed class EncodeCommand(Composition with)
{
    private static readonly string Description = $"""
        Train a quantiser, or take a trained one, and write the codes of all base rows. 'decode' turns them back into vectors.

        Examples:
          vq-benchmark encode --dataset base.fvecs --method pq --m 16 --out base.codes
          vq-benchmark encode --dataset more.fvecs --codebook results/codebooks/pq-16x8-base.codebook --out more.codes

        Methods:
        {CodecOptions.Methods}
        """;

    public static Command Create(Composition with)
    {
        var data = new DataOptions();
        var codecs = new CodecOptions();
        var codebook = new Option<string?>("--codebook")
        {
            Description = "A trained quantiser, to use instead of training one.",
        };
        var folder = new Option<string?>("--codebooks-dir")
        {
            Description = "Where trained quantisers go; $CODEBOOKS_DIR, else results/codebooks, by default.",
        };
        var output = new Option<string>("--out") { Description = "The file of the codes.", Required = true };
        var trainRows = SharedOptions.TrainRows();
        var threads = SharedOptions.Threads();
        var command = new Command("encode", Description);
        data.AddTo(command);
        codecs.AddTo(command);
        foreach (Option option in new Option[] { codebook, folder, output, trainRows, threads })
            command.Options.Add(option);
        command.SetAction(parsed =>
            new EncodeCommand(with).Run(
                data.Read(parsed),
                parsed.GetValue(codebook) is { } file
                    ? new Source.Trained(file)
                    : new Source.ToTrain(
                        codecs.Cells(parsed),
                        parsed.GetValue(trainRows),
                        ResultPaths.Codebooks(parsed.GetValue(folder), with.Variable)
                    ),
                parsed.GetValue(output)!,
                parsed.GetValue(threads) ?? with.Threads
            )
        );
        return command;
    }

    private int Run(BenchmarkChoice choice, Source source, string output, int threads)
    {
        using var signals = new StopSignals();
        // Learnt from the base's own rows unless told otherwise, all of which are to be encoded.
        using var data = BenchmarkData.Open(
            choice with
            {
                Training = choice.Training ?? new RowSource.OfBase(null),
                Queries = choice.Queries ?? new RowSource.OfBase(1),
            },
            with.Variable
        );
        var (model, path) = source switch
        {
            Source.Trained(var file) => (QuantiserFile.Load(file), file),
            Source.ToTrain made => Train(data, made, threads, signals.Token),
            _ => throw new InvalidOperationException(),
        };
        if (model.Quantiser.Dimension != data.Dimension)
            throw new BadInputException(
                $"'{path}' encodes {model.Quantiser.Dimension} dimensions, '{data.Name}' has {data.Dimension}. Train one on such data."
            );
        var codes = CodeSet.Encode(model.Quantiser, data.Split.Base, threads, signals.Token);
        CodeFile.Save(
            output,
            codes,
            new CodeOrigin(model.Quantiser.Method, model.Label, model.Quantiser.Dimension, model.Fingerprint)
        );
        with.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{codes.Count:N0} codes of {codes.CodeBytes} bytes ({model.Label}) are in '{output}', the quantiser in '{path}'."
            )
        );
        return ExitCode.Done;
    }

    private static (StoredQuantiser, string) Train(
        BenchmarkData data,
        Source.ToTrain made,
        int threads,
        CancellationToken stop
    )
    {
        var cell = made.OneCell;
        var sample = data.Split.TrainingSample(made.TrainRows, cell.Seed);
        var problems = new ProblemList();
        cell.Settings.Check(data.Dimension, sample.Count, problems);
        problems.ThrowIfAny();
        var quantiser = cell.Settings.Train(sample, new Training(cell.Seed, threads, stop));
        var path = Path.Combine(made.Folder, FileName(cell, data.Name));
        var print = QuantiserFile.Save(path, quantiser, cell.Settings.Label);
        return (new StoredQuantiser(quantiser, cell.Settings.Label, print), path);
    }

    // Named by method, every setting, seed and data: runs of other settings don't overwrite it.
    private static string FileName(Cell cell, string data)
    {
        var settings = string.Concat(cell.Settings.Values.Select(setting => $"-{setting.Name}{setting.Value}"));
        var name = $"{cell.Settings.Method}-{Path.GetFileNameWithoutExtension(data)}{settings}-seed{cell.Seed}";
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || "-_.".Contains(c) ? c : '_'))
            + ".codebook";
    }

    /// <summary>Where the quantiser comes from.</summary>
    private abstract record Source
    {
        private Source() { }

        public sealed record Trained(string File) : Source;

        public sealed record ToTrain(IReadOnlyList<Cell> Cells, long TrainRows, string Folder) : Source
        {
            public Cell OneCell =>
                Cells is [{ Search: { Lists: 0, Rerank: 0 } } cell]
                    ? cell
                    : throw new BadInputException(
                        "'encode' takes one method with one value for each setting, and neither --lists nor --rerank."
                    );
        }
    }
}
