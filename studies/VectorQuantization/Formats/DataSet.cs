using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Formats;

/// <summary>Vectors to search in, vectors to search for, and what is known about them. Owns them.</summary>
public sealed class DataSet : IDisposable
{
    private DataSet(string name, VectorSet all, VectorSet? queries) => (Name, Base, Queries) = (name, all, queries);

    /// <summary>The name that the user gave: <c>fashion-mnist</c>, or a path.</summary>
    public string Name { get; }

    /// <summary>What is searched, as it is stored: under cosine, wrap it in <see cref="UnitVectors"/>.</summary>
    public VectorSet Base { get; }

    /// <summary>What is searched for, as it is stored; null when none came along and none were asked for.</summary>
    public VectorSet? Queries { get; }

    /// <summary>What the data set itself says that near means; null when it says nothing.</summary>
    public Metric? SuggestedMetric { get; private init; }

    /// <summary>What near means: what was asked for, else what is suggested, else L2.</summary>
    public Metric Metric { get; private init; }

    /// <summary>Exact neighbours that came along; null when there are none, or when they don't hold for what was asked for.</summary>
    public DataSetTruth? GroundTruth { get; private init; }

    /// <summary>Opens what was asked for.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <exception cref="BadInputException">All that is wrong with it.</exception>
    public static DataSet Open(DataSetChoice choice, Func<string, string?> variable)
    {
        RequireSense(choice);
        var problems = new ProblemList();
        VectorSet? all = null,
            queries = null;
        try
        {
            all = problems.Try(() => OpenBase(choice, variable));
            queries = problems.Try(() => OpenQueries(choice, variable));
            if (all is not null && queries is not null)
                problems.Require(
                    all.Dimension == queries.Dimension,
                    $"'{queries.Origin}' has {queries.Dimension} coordinates a row, '{all.Origin}' has {all.Dimension}: queries and "
                        + "base must have equally many."
                );
            problems.ThrowIfAny();
            return Described(choice, all!, queries);
        }
        catch
        {
            all?.Dispose();
            queries?.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Base.Dispose();
        Queries?.Dispose();
    }

    private static void RequireSense(DataSetChoice choice)
    {
        var problems = new ProblemList();
        problems.Require(
            choice.Dataset is null != choice.Base is null,
            choice.Dataset is null
                ? $"No data were named: '--dataset' takes {DummyVectors.Name}, {FashionMnist.Name} or a path; '--base' and '--queries' take paths."
                : "'--dataset' and '--base' both name the vectors to be searched. Give one of them."
        );
        problems.Require(choice.Limit is null or > 0, $"'--limit' is {choice.Limit}; at least 1 row is needed.");
        problems.Require(
            choice.QueryLimit is null or > 0,
            $"'--query-limit' is {choice.QueryLimit}; at least 1 query is needed."
        );
        problems.ThrowIfAny();
    }

    private static VectorSet OpenBase(DataSetChoice choice, Func<string, string?> variable) =>
        choice.Dataset switch
        {
            DummyVectors.Name => DummyVectors.Create(
                Math.Min(choice.DummyRows, choice.Limit ?? long.MaxValue),
                choice.DummyDimension
            ),
            FashionMnist.Name => Limited(FashionMnist.OpenBase(FashionMnist.Require(variable)), choice.Limit),
            null => VectorFile.Open(choice.Base!, new OpenSettings { Limit = choice.Limit }),
            var path => VectorFile.Open(path, new OpenSettings { Limit = choice.Limit }),
        };

    private static VectorSet? OpenQueries(DataSetChoice choice, Func<string, string?> variable)
    {
        if (choice.Queries is { } path)
            return VectorFile.Open(
                path,
                new OpenSettings { Limit = choice.QueryLimit, Preferred = OpenSettings.QueryNames }
            );
        return choice.Dataset switch
        {
            null or DummyVectors.Name => null,
            FashionMnist.Name => FashionMnist.Find(variable) is { } folder
                ? Limited(FashionMnist.OpenQueries(folder), choice.QueryLimit)
                : null,
            var whole => OpenQueriesBeside(whole, choice.QueryLimit),
        };
    }

    /// <summary>A path that names one table means that one alone; a file of several tables brings its queries along.</summary>
    private static VectorSet? OpenQueriesBeside(string path, long? limit) =>
        Path.Exists(path) && VectorFile.Elements(path).FirstOrDefault(OpenSettings.QueryNames.Contains) is { } queries
            ? VectorFile.Open(path, new OpenSettings { Element = queries, Limit = limit })
            : null;

    private static DataSet Described(DataSetChoice choice, VectorSet all, VectorSet? queries)
    {
        var path = choice.Dataset is DummyVectors.Name or FashionMnist.Name ? null : choice.Dataset ?? choice.Base;
        var suggested =
            path is not null ? AnnBenchmarksFile.MetricOfFile(path)
            : choice.Dataset == FashionMnist.Name ? Vectors.Metric.L2
            : (Metric?)null;
        var metric = choice.Metric ?? suggested ?? Vectors.Metric.L2;
        // The neighbours in the file are those of all its vectors under its own metric.
        var holds = queries is not null && choice.Queries is null && choice.Limit is null && metric == suggested;
        return new DataSet(choice.Dataset ?? choice.Base!, all, queries)
        {
            SuggestedMetric = suggested,
            Metric = metric,
            GroundTruth =
                holds && path is not null ? AnnBenchmarksFile.ReadTruth(path, metric, all.Count, queries!.Count) : null,
        };
    }

    private static VectorSet Limited(VectorSet whole, long? limit) =>
        limit < whole.Count ? new FirstRows(whole, limit.Value) : whole;
}
