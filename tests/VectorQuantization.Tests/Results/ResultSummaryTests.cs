using Microsoft.Data.Sqlite;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

/// <summary>The view <c>summary</c>. Expected: R, <c>t.test(c(0.52, 0.50, 0.54))</c>, and by the definition.</summary>
public sealed class ResultSummaryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Seeds_of_a_configuration_become_mean_deviation_and_95_percent_interval()
    {
        Write(0.52, 0.50, 0.54);
        var (n, mean, sd, low, high) = Summary("intersection_10");
        Assert.Equal(3, n);
        Assert.Equal(0.52, mean, 12);
        Assert.Equal(0.02, sd!.Value, 12);
        Assert.Equal(0.4703, low!.Value, 4);
        Assert.Equal(0.5697, high!.Value, 4);
    }

    [Fact]
    public void One_seed_has_a_mean_and_no_deviation()
    {
        Write(0.52);
        Assert.Equal((1, 0.52, null, null, null), Summary("intersection_10"));
    }

    [Fact]
    public void Equal_values_have_no_spread_and_large_ones_keep_theirs()
    {
        Write(1e12, 1e12);
        Assert.Equal((2, 1e12, 0, 1e12, 1e12), Summary("intersection_10"));
        Write(1e12 + 1, 1e12 - 1);
        Assert.Equal(Math.Sqrt(2), Summary("intersection_10").Sd!.Value, 9);
    }

    [Fact]
    public void Beyond_the_table_the_interval_goes_by_the_expansion()
    {
        Assert.Equal(2.0395, StudentT.Reach95(31), 0.0002);
        Assert.Equal(1.9842, StudentT.Reach95(99), 0.0002);
        Write([.. Enumerable.Range(0, 32).Select(i => (double)(i % 2))]);
        var (n, mean, sd, low, _) = Summary("intersection_10");
        Assert.Equal(mean - 2.0395 * sd!.Value / Math.Sqrt(n), low!.Value, 0.0002);
    }

    [Fact]
    public void Failed_rows_do_not_count()
    {
        Write(0.5, 0.7);
        new ResultDatabase(folder.File("vq.db")).Write(
            Example.Row(seed: 9) with
            {
                Failure = "killed",
                Retrieval = new RetrievalFacts { IntersectionAt10 = 0 },
            },
            RepeatedCell.Skip
        );
        Assert.Equal(0.6, Summary("intersection_10").Mean, 12);
    }

    public void Dispose() => folder.Dispose();

    private void Write(params double[] values)
    {
        for (var seed = 0; seed < values.Length; seed++)
            new ResultDatabase(folder.File("vq.db")).Write(
                Example.Row(seed: (ulong)seed) with
                {
                    Retrieval = new RetrievalFacts { IntersectionAt10 = values[seed] },
                },
                RepeatedCell.Replace
            );
    }

    private (long N, double Mean, double? Sd, double? Low, double? High) Summary(string measure)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = folder.File("vq.db"), Pooling = false }.ToString()
        );
        connection.Open();
        return connection
            .Query($"SELECT n, mean, sd, low95, high95 FROM summary WHERE measure = '{measure}'")
            .Select(found => (found.GetInt64(0), found.GetDouble(1), Real(found, 2), Real(found, 3), Real(found, 4)))
            .Single();
    }

    private static double? Real(SqliteDataReader found, int column) =>
        found.IsDBNull(column) ? null : found.GetDouble(column);
}
