using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark info FILE…</c>: what files of vectors hold.</summary>
internal static class InfoCommand
{
    private const int ShownValues = 8;

    public static Command Create(Composition with)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files or folders of vectors; 'file.hdf5:train' is one table of a file.",
            Arity = ArgumentArity.OneOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Read every row: find NaN, infinities, rows of zeros and the range of the values.",
        };
        var json = SharedOptions.Json();
        var threads = SharedOptions.Threads();
        var command = new Command("info", "Show what files of vectors hold: format, rows, dimension, elements.")
        {
            files,
            check,
            threads,
            json,
        };
        command.SetAction(
            (parsed, stop) =>
            {
                var checkingThreads = parsed.GetValue(check) ? parsed.GetValue(threads) ?? with.Threads : 0;
                return Task.FromResult(
                    Run(parsed.GetValue(files)!, checkingThreads, parsed.GetValue(json), with, stop)
                );
            }
        );
        return command;
    }

    private static int Run(string[] files, int checkingThreads, bool json, Composition with, CancellationToken stop)
    {
        var problems = new ProblemList();
        var found = new List<Facts>();
        foreach (var path in files)
        {
            foreach (var table in problems.Try(() => Tables(path)) ?? [])
            {
                if (problems.Try(() => Read(table, checkingThreads, stop)) is { } facts)
                    found.Add(facts);
            }
        }
        if (json)
            WriteJson(found, with.Out);
        else
            found.ForEach(facts => WriteText(facts, with.Out));
        problems.ThrowIfAny();
        return ExitCode.Done;
    }

    // A file of several tables stands for all of them.
    private static IReadOnlyList<string> Tables(string path)
    {
        var tables = VectorPath.Of(path).Element is null ? VectorFile.Elements(path) : [];
        return tables.Count == 0 ? [path] : [.. tables.Select(table => $"{path}:{table}")];
    }

    private static Facts Read(string path, int checkingThreads, CancellationToken stop)
    {
        using var vectors = VectorFile.Open(path);
        var first = new float[vectors.Count > 0 ? vectors.Dimension : 0];
        vectors.Read(0, first);
        return new Facts(
            path,
            VectorFile.FormatName(path),
            vectors.Count,
            vectors.Dimension,
            vectors.Element,
            first[..Math.Min(ShownValues, first.Length)],
            vectors.ResidentBytes,
            checkingThreads > 0 && vectors.Count > 0 ? VectorFacts.Of(vectors, checkingThreads, stop) : null
        );
    }

    private static void WriteText(Facts facts, TextWriter to)
    {
        var text = new StringBuilder();
        text.AppendLine(facts.Path);
        text.AppendLine(CultureInfo.InvariantCulture, $"  format     {facts.Format}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  rows       {facts.Rows}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  dimension  {facts.Dimension}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  element    {ElementTypes.Name(facts.Element)}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  size       {ByteText.Of(facts.FloatBytes)} as float32; {(facts.ResidentBytes > 0 ? $"up to {ByteText.Of(facts.ResidentBytes)} in memory while it is open" : "mapped")}"
        );
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  first row  {string.Join(", ", facts.First)}{(facts.First.Length < facts.Dimension ? ", …" : "")}"
        );
        if (facts.Checked is { } values)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  values     {values.Least} … {values.Most}, all finite; {values.ZeroRows} rows of zeros"
            );
        to.Write(text);
    }

    private static void WriteJson(List<Facts> found, TextWriter to)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            found.ForEach(facts => WriteJson(facts, writer));
            writer.WriteEndArray();
        }
        to.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteJson(Facts facts, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("path", facts.Path);
        writer.WriteString("format", facts.Format);
        writer.WriteNumber("rows", facts.Rows);
        writer.WriteNumber("dimension", facts.Dimension);
        writer.WriteString("element", ElementTypes.Name(facts.Element));
        writer.WriteNumber("float32_bytes", facts.FloatBytes);
        writer.WriteNumber("resident_bytes", facts.ResidentBytes);
        writer.WriteStartArray("first");
        foreach (var value in facts.First)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
        if (facts.Checked is { } values)
        {
            writer.WriteNumber("least", values.Least);
            writer.WriteNumber("most", values.Most);
            writer.WriteNumber("zero_rows", values.ZeroRows);
        }
        writer.WriteEndObject();
    }

    private sealed record Facts(
        string Path,
        string Format,
        long Rows,
        int Dimension,
        ElementType Element,
        float[] First,
        long ResidentBytes,
        VectorFacts? Checked
    )
    {
        public long FloatBytes => sizeof(float) * Rows * Dimension;
    }
}
