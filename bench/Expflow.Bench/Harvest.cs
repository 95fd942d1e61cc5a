using System.Diagnostics;
using System.Globalization;
using Expflow.Exports;
using Expflow.Metrics;
using Expflow.Tables;
using Parquet;

namespace Expflow.Bench;

/// <summary>Exports generated metrics, then again with nothing new, and reads the table back where the format allows it.</summary>
internal static class Harvest
{
    public static int Run(string folder, string formatName)
    {
        var request = Request(folder, formatName);
        Directory.Delete(Path.GetDirectoryName(request.Path)!, recursive: true);
        var watch = Stopwatch.StartNew();
        var outcome = new Exporter(Environment.ProcessorCount).Write(request);
        var first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        var again = new Exporter(Environment.ProcessorCount).Write(request);
        var second = watch.Elapsed.TotalMilliseconds;
        if (outcome is not ExportOutcome.Written written || again is not ExportOutcome.Unchanged)
        {
            Console.Error.WriteLine($"{outcome} {again}");
            return 1;
        }
        var metrics = written.Files[1];
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        var checksum = formatName == "parquet" ? Checksum(metrics.Path) : "-";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"format\":\"{formatName}\",\"seconds\":{first / 1000:0.000},\"again_ms\":{second:0.0},\"peak_mb\":{peak},\"rows\":{metrics.Rows},\"bytes\":{metrics.Bytes},\"bits\":\"{checksum}\"}}"
            )
        );
        return 0;
    }

    private static ExportRequest Request(string folder, string format)
    {
        var files = Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).ToArray();
        var target = Directory.CreateDirectory(Path.Combine(folder, "export")).FullName;
        return new ExportRequest
        {
            Path = Path.Combine(target, "bench"),
            Format = format switch
            {
                "csv" => ExportFormat.Csv,
                "jsonl" => ExportFormat.JsonLines,
                _ => ExportFormat.Parquet,
            },
            Experiment = "bench",
            Version = "bench",
            Runs = Runs(files),
            Metrics =
            [
                .. files.Select(file => new RunMetricFiles(
                    Path.GetFileNameWithoutExtension(file),
                    [new AttemptMetrics(1, [new MetricSource(file, new MetricFormat.JsonLines())])]
                )),
            ],
            CacheFolder = Path.Combine(target, "cache"),
        };
    }

    // A column of each type: in the native binary this shows that Parquet has the code for all of them.
    private static Table Runs(string[] files) =>
        new([
            new TextColumn("run_id", [.. files.Select(Path.GetFileNameWithoutExtension)]),
            new IntegerColumn("seed", [.. files.Select((_, i) => i % 5 == 0 ? (long?)null : i)]),
            new NumberColumn("lr", [.. files.Select((_, i) => i % 5 == 0 ? (double?)null : i * 1e-3)]),
            new BooleanColumn("dirty", [.. files.Select((_, i) => i % 5 == 0 ? (bool?)null : i % 2 == 0)]),
            new TimestampColumn(
                "started",
                [.. files.Select((_, i) => i % 5 == 0 ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch.AddDays(i))]
            ),
        ]);

    // The sum of all values' bits modulo 2^64: exact, and independent of the order.
    private static string Checksum(string path)
    {
        using var stream = File.OpenRead(path);
        var reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        ulong sum = 0;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var values = new double[group.RowCount];
            group.ReadAsync<double>(reader.Schema.DataFields[4], values).AsTask().GetAwaiter().GetResult();
            foreach (var value in values)
                sum += BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value);
        }
        return sum.ToString("x16", CultureInfo.InvariantCulture);
    }
}
