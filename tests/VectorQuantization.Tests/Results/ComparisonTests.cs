using VectorQuantization.Problems;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

public sealed class ComparisonTests
{
    [Fact]
    public void The_text_is_sorted_by_method_and_bytes_with_deviations_over_seeds() =>
        Assert.Equal(
            """
            fashion-mnist: 60,000 × 784, 10,000 queries, l2

            method  settings   search            bytes  compression              MSE              R@1    R@10   R@100  10@10    QPS  train s  encode s
            pq      PQ 8x8     flat                  8        392.0           676694  0.2389 ± 0.0012  0.7076  0.9770      -  20123     2.50    0.0123
            pq      PQ 16x8    ivf 1024 probe 8     16        196.0  560431 ± 282843                -       -       -      -      -        -         -
            rabitq  RaBitQ 1b  -                   106         29.6                -                -       -       -      -      -        -         -
            Failed: LVQ 8, seed 3: no finite value

            """,
            ComparisonText.Plain(DataGroup.Of(Rows()))
        );

    [Fact]
    public void Markdown_is_a_table() =>
        Assert.Equal(
            """
            fashion-mnist: 60,000 × 784, 10,000 queries, l2

            | method | settings | search | bytes | compression | MSE | R@1 | R@10 | R@100 | 10@10 | QPS | train s | encode s |
            | --- | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
            | rabitq | a \| b | - | 106 | 29.6 | - | - | - | - | - | - | - | - |

            """,
            ComparisonText.Markdown(DataGroup.Of([Example.Row("rabitq", "a | b", bytes: 106)]))
        );

    [Fact]
    public void Csv_has_every_measure_at_full_precision_and_quotes_what_needs_it()
    {
        var row = Example.Row(label: "a, \"b\"") with { Distortion = new DistortionFacts { MsePerVector = 0.1 + 0.2 } };
        var lines = ComparisonCsv.Of(DataGroup.Of([row])).Split('\n');
        Assert.StartsWith(
            "data,n,d,queries,metric,method,settings,search,seeds,bytes_per_vector,bytes_per_vector_sd",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "fashion-mnist,60000,784,10000,l2,pq,\"a, \"\"b\"\"\",,1,16,,0,,,,196,,196,,0.30000000000000004,,",
            lines[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Json_has_what_is_not_finite_as_null_and_settings_as_they_are()
    {
        var row = Example.Row() with { Distortion = new DistortionFacts { MsePerVector = double.PositiveInfinity } };
        using var json = System.Text.Json.JsonDocument.Parse(ComparisonJson.Of(DataGroup.Of([row])));
        var found = json.RootElement[0].GetProperty("configurations")[0];
        Assert.Equal(16, found.GetProperty("settings").GetProperty("m").GetInt32());
        Assert.Equal(16, found.GetProperty("bytes_per_vector").GetProperty("mean").GetDouble());
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null,
            found.GetProperty("mse_per_vector").GetProperty("mean").ValueKind
        );
        Assert.False(found.TryGetProperty("recall_at_1", out _));
    }

    [Fact]
    public void Rows_on_other_data_stand_apart_and_are_named_apart()
    {
        var row = Example.Row();
        var groups = DataGroup.Of([
            row,
            row with
            {
                Data = row.Data with { Metric = "ip" },
            },
            row with
            {
                Data = row.Data with { Name = "sift" },
            },
            row with
            {
                Data = row.Data with { Name = "sift", Count = 1000 },
            },
            row with
            {
                Data = row.Data with { TrainingRows = 5 },
            },
        ]);
        Assert.Equal(
            ["fashion-mnist", "fashion-mnist-ip", "sift-n1000-q10000-0f1e2d", "sift-n60000-q10000-0f1e2d"],
            groups.Select(group => group.Name)
        );
    }

    [Fact]
    public void Times_of_several_machines_are_said_not_to_compare()
    {
        var row = Example.Row();
        var other = Example.Row(seed: 2) with { Machine = row.Machine with { CpuModel = "Xeon" } };
        Assert.Contains(
            "don't compare: EPYC (avx512, 2 cores), Xeon (avx512, 2 cores).",
            ComparisonText.Plain(DataGroup.Of([row, other]))
        );
    }

    [Fact]
    public void A_sweep_or_data_set_that_is_not_there_is_refused_with_those_that_are()
    {
        using var folder = new TemporaryFolder();
        var database = new ResultDatabase(folder.File("vq.db"));
        database.Write(Example.Full(), RepeatedCell.Skip);
        Assert.Single(new ResultSelection("sweep 1", "fashion-mnist").Of(database));
        var refused = Assert.Throws<BadInputException>(() => new ResultSelection("s", "mnist").Of(database));
        Assert.Equal(
            [
                "'--sweep s' has no results. There are: 'sweep 1'.",
                "'--data mnist' has no results. There are: 'fashion-mnist'.",
            ],
            refused.Problems
        );
    }

    private static IEnumerable<ResultRow> Rows()
    {
        yield return Example.Row("rabitq", "RaBitQ 1b", bytes: 106);
        var ivf = new SearchFacts
        {
            Kind = "ivf",
            Lists = 1024,
            Probe = 8,
        };
        yield return Example.Row(seed: 1) with
        {
            Search = ivf,
            Distortion = new() { MsePerVector = 360_431 },
        };
        yield return Example.Row(seed: 2) with
        {
            Search = ivf,
            Distortion = new() { MsePerVector = 760_431 },
        };
        var small = Example.Row(label: "PQ 8x8", bytes: 8) with
        {
            Search = new SearchFacts { Kind = "flat", QpsOneThread = 20_123.4 },
            Effort = new EffortFacts { TrainSeconds = 2.5, EncodeSeconds = 0.0123 },
            Distortion = new DistortionFacts { MsePerVector = 676_694 },
        };
        yield return small with
        {
            Retrieval = new()
            {
                RecallAt1 = 0.2389 - 0.00085,
                RecallAt10 = 0.7076,
                RecallAt100 = 0.977,
            },
        };
        yield return small with
        {
            Cell = small.Cell with { Seed = 2 },
            Retrieval = new() { RecallAt1 = 0.2389 + 0.00085 },
        };
        yield return Example.Row("lvq", "LVQ 8", seed: 3) with
        {
            Failure = "no finite\nvalue",
        };
    }
}
