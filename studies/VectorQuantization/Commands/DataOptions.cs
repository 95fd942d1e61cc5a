using System.CommandLine;
using VectorQuantization.Benchmarks;
using VectorQuantization.Formats;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Commands;

/// <summary>The options that say which vectors are meant, the same for every command that reads some.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> dataset = new("--dataset")
    {
        Description =
            "What to measure on: a file or folder of vectors, 'fashion-mnist', or 'dummy' (10,000 x 1024 normal numbers).",
    };

    private readonly Option<string?> queries = new("--queries")
    {
        Description =
            "A file of queries; 'last:N' holds out the last N rows (the default where the data bring none, N = 1000 at most); "
            + "'base:N' takes the first N and leaves them in the base.",
    };

    private readonly Option<string?> train = new("--train")
    {
        Description =
            "A file to learn from; 'last:N' holds out the last N rows (the default, a quarter and 65536 at most); 'base' learns from the base itself.",
    };

    private readonly Option<long?> limit = new("--limit") { Description = "Only the first so many rows." };

    private readonly Option<long?> queryLimit = new("--query-limit")
    {
        Description = "Only the first so many queries of those that come in a file.",
    };

    private readonly Option<string?> metric = new("--metric")
    {
        Description = "What near means: l2, ip or cosine. What the data say by default, else l2.",
    };

    private readonly Option<long> dummyRows = new("--num-samples")
    {
        Description = "Rows of 'dummy'.",
        DefaultValueFactory = _ => 10_000,
    };

    private readonly Option<int> dummyDimension = new("--dim")
    {
        Description = "Dimensions of 'dummy'.",
        DefaultValueFactory = _ => 1024,
    };

    /// <summary>Gives the command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                dataset,
                queries,
                train,
                limit,
                queryLimit,
                metric,
                dummyRows,
                dummyDimension,
            }
        )
            command.Options.Add(option);
    }

    /// <summary>What the user chose.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="instead">What another option of the command gave instead of <c>--dataset</c>; null: nothing.</param>
    /// <exception cref="BadInputException">All that can't be read.</exception>
    public BenchmarkChoice Read(ParseResult parsed, string? instead = null)
    {
        var problems = new ProblemList();
        var name = instead ?? parsed.GetValue(dataset);
        problems.Require(
            instead is null || parsed.GetValue(dataset) is null,
            $"'--dataset' and '{instead}' both name the vectors to be searched. Give one of them."
        );
        problems.Require(
            name is not null,
            "'--dataset' is missing: name a file or folder of vectors, 'fashion-mnist', or 'dummy'."
        );
        problems.Require(
            name == DummyVectors.Name || (!Given(parsed, dummyRows) && !Given(parsed, dummyDimension)),
            $"'--num-samples' and '--dim' are for '--dataset dummy'. For '{name}', '--limit' takes the first rows."
        );
        var choice = new BenchmarkChoice
        {
            Data = new DataSetChoice
            {
                Dataset = name,
                Limit = parsed.GetValue(limit),
                QueryLimit = parsed.GetValue(queryLimit),
                Metric = MetricOf(parsed.GetValue(metric), problems),
                DummyRows = parsed.GetValue(dummyRows),
                DummyDimension = parsed.GetValue(dummyDimension),
            },
            Queries = SourceOf("--queries", parsed.GetValue(queries), problems),
            Training = SourceOf("--train", parsed.GetValue(train), problems),
        };
        problems.ThrowIfAny();
        return choice;
    }

    private static RowSource? SourceOf(string option, string? text, ProblemList problems) =>
        text is null ? null : problems.Try(() => RowSource.Parse(option, text));

    private static Metric? MetricOf(string? text, ProblemList problems)
    {
        switch (text?.ToLowerInvariant())
        {
            case null:
                return null;
            case "l2":
                return Metric.L2;
            case "ip":
                return Metric.InnerProduct;
            case "cosine":
                return Metric.Cosine;
            default:
                problems.Add($"'--metric {text}' is not known. Choose l2, ip or cosine.");
                return null;
        }
    }

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
