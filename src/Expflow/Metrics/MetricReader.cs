using Expflow.Problems;

namespace Expflow.Metrics;

/// <summary>Reads metrics out of a file's bytes as they grow. Lines that can't be read are counted and told, and never end the reading.</summary>
/// <remarks>One reader a file; for one thread.</remarks>
public abstract class MetricReader
{
    private const int MostProblems = 20;
    private readonly List<Problem> problems = [];

    private protected MetricReader(string file, MetricNames names)
    {
        File = file;
        Names = names;
        Line = new MetricLine(names);
    }

    /// <summary>The path that problems name.</summary>
    public string File { get; }

    /// <summary>The names that the numbers given to the sink stand for.</summary>
    public MetricNames Names { get; }

    /// <summary>How many whole lines have been read.</summary>
    public long Lines { get; private set; }

    /// <summary>How many of them could not be read.</summary>
    public long Invalid { get; private set; }

    /// <summary>The first 20 lines that could not be read, each with file and line.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    private protected MetricLine Line { get; }

    /// <summary>The reader for a format.</summary>
    /// <param name="format">How metrics stand in the file.</param>
    /// <param name="file">The path as problems should name it.</param>
    /// <param name="names">Where names get their numbers; may be shared by readers on the same thread.</param>
    public static MetricReader For(MetricFormat format, string file, MetricNames names) =>
        format switch
        {
            MetricFormat.JsonLines => new JsonLinesReader(file, names),
            MetricFormat.Json => new JsonReader(file, names),
            MetricFormat.Csv csv => new CsvReader(file, names, csv.StepColumn),
            MetricFormat.Output output => new OutputReader(file, names, output.Pattern),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Reads the whole lines at the start of <paramref name="bytes"/> and returns how many bytes they took; the rest is offered again with more behind it.</summary>
    /// <param name="bytes">What follows the bytes taken so far.</param>
    /// <param name="complete">Nothing more will come: a last line without an end counts as whole.</param>
    /// <param name="sink">Takes the values.</param>
    public virtual int Read(ReadOnlySpan<byte> bytes, bool complete, MetricSink sink)
    {
        var taken = 0;
        while (taken < bytes.Length)
        {
            var rest = bytes[taken..];
            var length = LineLength(rest, complete);
            if (length < 0)
            {
                if (!complete)
                    break;
                length = rest.Length;
            }
            ReadOne(rest[..Math.Min(length, rest.Length)], sink);
            taken += Math.Min(length + 1, rest.Length);
        }
        return taken;
    }

    /// <summary>Counts a line, or a document, that is too long to be read and was passed over.</summary>
    internal void PassOver(int limitBytes)
    {
        Lines++;
        Fault(
            $"What begins here is longer than {limitBytes >> 20} MB and was passed over. Write one short line a step."
        );
    }

    /// <summary>The length of the first line without its end, or -1 when its end has not come.</summary>
    private protected virtual int LineLength(ReadOnlySpan<byte> bytes, bool complete) => bytes.IndexOf((byte)'\n');

    /// <summary>Reads one line without its end.</summary>
    private protected abstract void ReadLine(ReadOnlySpan<byte> line, MetricSink sink);

    private protected void Fault(string text)
    {
        Invalid++;
        if (problems.Count < MostProblems)
            problems.Add(new Problem(text, new SourcePlace(File, (int)Math.Min(Lines, int.MaxValue))));
    }

    private void ReadOne(ReadOnlySpan<byte> line, MetricSink sink)
    {
        Lines++;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        if (!line.IsEmpty)
            ReadLine(line, sink);
    }
}
