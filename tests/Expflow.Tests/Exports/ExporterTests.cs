using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Expflow.Exports;
using Expflow.Metrics;
using Expflow.Tables;
using Parquet;
using Xunit;

namespace Expflow.Tests.Exports;

public sealed class ExporterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("expflow 'export").FullName;

    public ExporterTests()
    {
        File.WriteAllText(
            Path.Combine(folder, "1.jsonl"),
            "{\"step\":1,\"loss\":0.5,\"acc\":0.1}\n{\"step\":2,\"loss\":9}\n"
        );
        File.WriteAllText(Path.Combine(folder, "2.jsonl"), "{\"step\":2,\"loss\":0.25}\n");
        File.WriteAllText(Path.Combine(folder, "3.jsonl"), "{\"step\":1,\"loss\":NaN}\n");
    }

    [Fact]
    public void Csv_quotes_what_needs_it_and_keeps_small_numbers()
    {
        Export(ExportFormat.Csv);

        Assert.Equal(
            "run_id,name,seed,lr,dirty,started\nr1,\"a, \"\"b\"\"\nc\",1,5E-324,true,2026-03-01T12:00:00.000Z\nr2,\"\",,nan,,\n",
            Read("out.csv")
        );
    }

    [Fact]
    public void Csv_metrics_are_long_in_the_order_of_runs_and_steps()
    {
        Export(ExportFormat.Csv);

        Assert.Equal(
            "run_id,attempt,step,metric,value\nr2,1,1,loss,nan\nr1,1,1,loss,0.5\nr1,1,1,acc,0.1\nr1,2,2,loss,0.25\n",
            Read("out.metrics.csv")
        );
    }

    [Fact]
    public void Json_lines_are_objects_with_typed_values()
    {
        Export(ExportFormat.JsonLines);

        var rows = Read("out.jsonl")
            .TrimEnd('\n')
            .Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToArray();
        Assert.Equal("a, \"b\"\nc", rows[0].GetProperty("name").GetString());
        Assert.Equal(5e-324, rows[0].GetProperty("lr").GetDouble());
        Assert.Equal("nan", rows[1].GetProperty("lr").GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("seed").ValueKind);
        Assert.StartsWith(
            """{"run_id":"r2","attempt":1,"step":1,"metric":"loss","value":"nan"}""" + "\n",
            Read("out.metrics.jsonl"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Parquet_comes_back_as_it_was()
    {
        Export(ExportFormat.Parquet);

        await using var runs = await ParquetReader.CreateAsync(
            Path.Combine(folder, "out.parquet"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["run_id", "name", "seed", "lr", "dirty", "started"],
            runs.Schema.DataFields.Select(field => field.Name)
        );
        using var group = runs.OpenRowGroupReader(0);
        var lr = new double?[2];
        await group.ReadAsync<double>(
            runs.Schema.DataFields[3],
            lr,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal([5e-324, double.NaN], lr);
        var seeds = new long?[2];
        await group.ReadAsync<long>(
            runs.Schema.DataFields[2],
            seeds,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal([1, null], seeds);
        var started = new DateTime?[2];
        await group.ReadAsync<DateTime>(
            runs.Schema.DataFields[5],
            started,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal([new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), null], started);
    }

    [Fact]
    public async Task Parquet_metrics_come_back_as_they_were()
    {
        Export(ExportFormat.Parquet);

        await using var metrics = await ParquetReader.CreateAsync(
            Path.Combine(folder, "out.metrics.parquet"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        using var group = metrics.OpenRowGroupReader(0);
        Assert.Equal(4, group.RowCount);
        var values = new double[4];
        await group.ReadAsync<double>(
            metrics.Schema.DataFields[4],
            values,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal([double.NaN, 0.5, 0.1, 0.25], values);
        var names = new string[4];
        await group.ReadAsync(
            metrics.Schema.DataFields[3],
            names,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(["loss", "loss", "acc", "loss"], names);
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.JsonLines)]
    [InlineData(ExportFormat.Parquet)]
    public void A_repeated_export_is_byte_identical_and_its_metadata_holds_the_hashes(ExportFormat format)
    {
        var first = Assert.IsType<ExportOutcome.Written>(Export(format));
        var before = Hashes();
        Export(format);

        Assert.Equal(before, Hashes());
        Assert.Equal(first.Files.ToDictionary(file => Path.GetFileName(file.Path), file => file.Sha256), before);
        using var metadata = JsonDocument.Parse(Read("out.metadata.json"));
        Assert.Equal(
            first.Files[1].Sha256,
            metadata.RootElement.GetProperty("files")[1].GetProperty("sha256").GetString()
        );
        Assert.Equal(4, metadata.RootElement.GetProperty("files")[1].GetProperty("rows").GetInt64());
    }

    [Fact]
    public void The_dictionary_says_what_columns_mean()
    {
        Export(ExportFormat.Csv);

        Assert.Contains(
            "| lr | number | 1/s | Learning \\| rate |\n",
            Read("out.dictionary.md"),
            StringComparison.Ordinal
        );
        Assert.Contains("Metrics: `acc`, `loss`.", Read("out.dictionary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_when_nothing_is_new_and_all_when_something_is()
    {
        Assert.IsType<ExportOutcome.Written>(Export(ExportFormat.Csv, cached: true));
        var again = Assert.IsType<ExportOutcome.Unchanged>(Export(ExportFormat.Csv, cached: true));
        Assert.Equal(4, again.Files[1].Rows);

        File.AppendAllText(Path.Combine(folder, "1.jsonl"), "{\"step\":9,\"loss\":1}\n");
        Assert.IsType<ExportOutcome.Written>(Export(ExportFormat.Csv, cached: true));
        File.AppendAllText(Path.Combine(folder, "out.csv"), "touched");
        Assert.IsType<ExportOutcome.Written>(Export(ExportFormat.Csv, cached: true));
    }

    [Fact]
    public void A_full_disk_leaves_earlier_files_whole()
    {
        Export(ExportFormat.Csv);
        var before = Hashes();
        // A folder where the file should be written stands for a disk that refuses it.
        Directory.CreateDirectory(Path.Combine(folder, $".out.dictionary.md.{Environment.ProcessId}.tmp"));

        var failed = Assert.IsType<ExportOutcome.Failed>(Export(ExportFormat.Csv));

        Assert.Contains("could not be exported", failed.Problem.Text, StringComparison.Ordinal);
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public void Invalid_lines_are_counted_in_the_outcome()
    {
        File.AppendAllText(Path.Combine(folder, "3.jsonl"), "torn\n");

        var written = Assert.IsType<ExportOutcome.Written>(Export(ExportFormat.Csv));

        Assert.Equal(1, written.InvalidLines);
        Assert.EndsWith("3.jsonl:2", Assert.Single(written.Problems).Place.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ExportOutcome Export(ExportFormat format, bool cached = false)
    {
        return new Exporter(2).Write(
            new ExportRequest
            {
                Path = Path.Combine(folder, "out"),
                Format = format,
                Experiment = "quick start",
                Version = "0.1.0",
                Runs = Runs(),
                Metrics =
                [
                    new("r2", [Attempt(1, "3.jsonl")]),
                    new("r1", [Attempt(1, "1.jsonl"), Attempt(2, "2.jsonl")]),
                ],
                CacheFolder = cached ? Path.Combine(folder, "cache") : null,
            }
        );
    }

    private static Table Runs() =>
        new([
            new TextColumn("run_id", ["r1", "r2"]),
            new TextColumn("name", ["a, \"b\"\nc", ""]),
            new IntegerColumn("seed", [1, null]),
            new NumberColumn("lr", [5e-324, double.NaN]) { Unit = "1/s", Meaning = "Learning | rate" },
            new BooleanColumn("dirty", [true, null]),
            new TimestampColumn(
                "started",
                [DateTimeOffset.Parse("2026-03-01T13:00:00+01:00", CultureInfo.InvariantCulture), null]
            ),
        ]);

    private AttemptMetrics Attempt(int number, string name) =>
        new(number, [new(Path.Combine(folder, name), new MetricFormat.JsonLines())]);

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    private Dictionary<string, string> Hashes() =>
        Directory
            .GetFiles(folder, "out.*")
            .ToDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))
            );
}
