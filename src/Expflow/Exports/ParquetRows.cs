using Parquet;
using Parquet.Schema;

namespace Expflow.Exports;

/// <summary>Metric rows as Parquet: names as a dictionary, a quarter of a million rows a row group.</summary>
internal sealed class ParquetRows : IDisposable
{
    private const int GroupRows = 256 << 10;
    private static readonly DataField RunId = new DataField<string>("run_id", nullable: false);
    private static readonly DataField Attempt = new DataField<int>("attempt", nullable: false);
    private static readonly DataField Step = new DataField<long>("step", nullable: false);
    private static readonly DataField Metric = new DataField<string>("metric", nullable: false);
    private static readonly DataField Value = new DataField<double>("value", nullable: false);

    private readonly ParquetWriter writer;
    private readonly ReadOnlyMemory<char>[] runs = new ReadOnlyMemory<char>[GroupRows];
    private readonly ReadOnlyMemory<char>[] metrics = new ReadOnlyMemory<char>[GroupRows];
    private readonly int[] attempts = new int[GroupRows];
    private readonly long[] steps = new long[GroupRows];
    private readonly double[] values = new double[GroupRows];
    private int count;

    public ParquetRows(Stream to)
    {
        writer = ParquetFile.Writer(new ParquetSchema(RunId, Attempt, Step, Metric, Value), to);
    }

    public void Add(RunRows rows)
    {
        for (var from = 0; from < rows.Count; )
        {
            var part = Math.Min(rows.Count - from, GroupRows - count);
            Copy(rows, from, part);
            from += part;
            count += part;
            if (count == GroupRows)
                WriteGroup();
        }
    }

    public void Finish()
    {
        if (count > 0)
            WriteGroup();
    }

    public void Dispose() => ParquetFile.Wait(writer.DisposeAsync().AsTask());

    private void Copy(RunRows rows, int from, int part)
    {
        runs.AsSpan(count, part).Fill(rows.RunId.AsMemory());
        for (var i = 0; i < part; i++)
        {
            ref readonly var row = ref rows[from + i];
            attempts[count + i] = row.Attempt;
            steps[count + i] = row.Step;
            metrics[count + i] = rows.Names[row.Metric].AsMemory();
            values[count + i] = row.Value;
        }
    }

    private void WriteGroup()
    {
        using var group = writer.CreateRowGroup();
        ParquetFile.Wait(group.WriteAsync(RunId, Filled(runs)));
        ParquetFile.Wait(group.WriteAsync(Attempt, Filled(attempts)));
        ParquetFile.Wait(group.WriteAsync(Step, Filled(steps)));
        ParquetFile.Wait(group.WriteAsync(Metric, Filled(metrics)));
        ParquetFile.Wait(group.WriteAsync(Value, Filled(values)));
        group.CompleteValidate();
        count = 0;
    }

    private ReadOnlyMemory<T> Filled<T>(T[] column) => column.AsMemory(0, count);
}
