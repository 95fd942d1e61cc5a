using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VectorQuantization.Neighbours;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Commands;

/// <summary>What <c>precompute-gt</c> and <c>precompute-gt merge</c> share: where the result goes, and how it is told.</summary>
/// <param name="with">Where to tell it.</param>
internal sealed class GroundTruthReport(Composition with)
{
    private readonly Option<string> target = new("--out")
    {
        Description = "The file of ground truth.",
        Required = true,
    };

    private readonly Option<string[]> exports = new("--export")
    {
        Description = "Other programs' files as well: .npy, .ivecs, .ibin, .bin (Big-ANN), .hdf5 (ann-benchmarks).",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> json = SharedOptions.Json();

    /// <summary>Gives the command the options of its result.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(target);
        command.Options.Add(exports);
        command.Options.Add(json);
    }

    /// <summary>Where the result goes.</summary>
    public string Target(ParseResult parsed) => parsed.GetValue(target)!;

    /// <summary>Refuses exports that can't be written, before the work.</summary>
    public void Check(ParseResult parsed, ProblemList problems)
    {
        foreach (var path in parsed.GetValue(exports) ?? [])
            GroundTruthExport.Check(path, problems);
    }

    /// <summary>Writes exports, and tells what was done.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="truth">What was done.</param>
    /// <param name="vectors">Base and queries, if they are at hand.</param>
    /// <param name="resumed">Queries that an earlier run had answered.</param>
    /// <param name="took">What it took.</param>
    public void Tell(
        ParseResult parsed,
        DescribedTruth truth,
        (VectorSet Base, VectorSet Queries)? vectors,
        long resumed,
        TimeSpan took
    )
    {
        var paths = parsed.GetValue(exports) ?? [];
        if (paths.Length > 0 && !truth.Header.IsWhole)
            throw new BadInputException(
                $"'{truth.Path}' is written, but '--export' is for all of it, not for a shard. Give it to 'precompute-gt merge'."
            );
        foreach (var path in paths)
            GroundTruthExport.Write(path, truth, vectors);
        with.Out.WriteLine(parsed.GetValue(json) ? Json(truth, resumed, took) : Text(truth, resumed, took));
    }

    private static string Text(DescribedTruth truth, long resumed, TimeSpan took)
    {
        var header = truth.Header;
        var part = header.IsWhole
            ? $"{header.Base.Rows} rows"
            : $"base {header.Base.Range}, queries {header.Queries.Range}";
        var earlier = resumed > 0 ? $" ({resumed} queries answered before)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{truth.Path}: {truth.K} neighbours of {truth.Queries} queries by {MetricNames.Of(header.Metric)} among {part}; {took.TotalSeconds:0.0} s{earlier}"
        );
    }

    private static string Json(DescribedTruth truth, long resumed, TimeSpan took)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("path", truth.Path);
            writer.WritePropertyName("header");
            writer.WriteRawValue(truth.Header.ToJson());
            writer.WriteNumber("queries_answered_before", resumed);
            writer.WriteNumber("seconds", took.TotalSeconds);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
