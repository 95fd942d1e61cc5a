using System.Buffers;
using System.Text;
using Expflow.Problems;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>The metrics of all runs in long format: one row a value, streamed from the runs' files to one file.</summary>
internal sealed class MetricsTable(IReadOnlyList<RunMetricFiles> runs)
{
    private const int MostProblems = 20;
    private readonly SortedSet<string> names = new(StringComparer.Ordinal);
    private readonly List<Problem> problems = [];

    /// <summary>The columns, without values: what they mean.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new TextColumn("run_id", []) { Meaning = "The run's id, as in the table of runs" },
        new IntegerColumn("attempt", []) { Meaning = "The attempt that wrote the value, from 1" },
        new IntegerColumn("step", []) { Meaning = "The step that the program gave, or the line's place in its file" },
        new TextColumn("metric", []) { Meaning = "The metric's name" },
        new NumberColumn("value", []) { Meaning = "The value; NaN and infinities are kept" },
    ];

    /// <summary>How many rows have been written.</summary>
    public long Rows { get; private set; }

    /// <summary>How many lines could not be read.</summary>
    public long Invalid { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The names of the metrics, in order.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Reads on <paramref name="workers"/> threads, and writes on this one in the runs' order.</summary>
    public void Write(ExportFormat format, int workers, Stream to)
    {
        if (format == ExportFormat.Parquet)
            WriteParquet(workers, to);
        else
            WriteText(format == ExportFormat.Csv, workers, to);
    }

    private void WriteText(bool csv, int workers, Stream to)
    {
        if (csv)
            to.Write(Encoding.UTF8.GetBytes(TextRows.CsvHeader));
        using var pieces = new InOrder<ArraySegment<byte>>(
            runs.Count,
            (run, emit) => TextRows.Write(Read(run), csv, emit)
        );
        pieces.Run(
            workers,
            piece =>
            {
                to.Write(piece);
                ArrayPool<byte>.Shared.Return(piece.Array!);
            }
        );
    }

    private void WriteParquet(int workers, Stream to)
    {
        using var parquet = new ParquetRows(to);
        using var read = new InOrder<RunRows>(runs.Count, (run, emit) => emit(Read(run)));
        read.Run(workers, parquet.Add);
        parquet.Finish();
    }

    private RunRows Read(int run)
    {
        var rows = RunRows.Read(runs[run]);
        lock (names)
        {
            Rows += rows.Count;
            Invalid += rows.Invalid;
            problems.AddRange(rows.Problems.Take(MostProblems - problems.Count));
            for (var i = 0; i < rows.Names.Count; i++)
                names.Add(rows.Names[i]);
        }
        return rows;
    }
}
