using System.CommandLine;
using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Search;

namespace VectorQuantization.Commands;

/// <summary>The options that say what is measured of each cell, against which truth, and where rows go.</summary>
internal sealed class EvaluationOptions
{
    private const int UsualK = 100;

    private readonly Option<int?> k = new("--k")
    {
        Description = "Neighbours to search for; 100 by default, as far as there are so many rows.",
    };

    private readonly Option<long> trainRows = SharedOptions.TrainRows();

    private readonly Option<bool> noSearch = new("--no-search")
    {
        Description = "Measure what coding loses, and don't search: no recall, no speed.",
    };

    private readonly Option<int> repeats = new("--repeats")
    {
        Description = "How often a search is timed; the median is told.",
        DefaultValueFactory = _ => TimingPlan.Usual.Repeats,
    };

    private readonly Option<string?> truth = new("--ground-truth")
    {
        Description = "Exact neighbours from 'precompute-gt', or .npy, .ivecs, .hdf5; computed when not given.",
    };

    private readonly Option<string?> database = new("--db-path")
    {
        Description = "The SQLite file for results; $DB_PATH, else results/vq.db, by default.",
    };

    private readonly Option<bool> again = new("--again")
    {
        Description = "Measure cells once more that the database has already.",
    };

    private readonly Option<bool> anyway = new("--ignore-memory")
    {
        Description = "Begin even where the estimate says that memory won't do.",
    };

    private readonly Option<int?> threads = SharedOptions.Threads();

    /// <summary>Gives the command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[] { k, trainRows, noSearch, repeats, truth, database, again, anyway, threads }
        )
            command.Options.Add(option);
    }

    /// <summary>Where rows go, as given.</summary>
    public string? Database(ParseResult parsed) => parsed.GetValue(database);

    /// <summary>The file of exact neighbours, or null.</summary>
    public string? Truth(ParseResult parsed) => parsed.GetValue(truth);

    /// <summary>Whether done cells are measured once more.</summary>
    public bool Again(ParseResult parsed) => parsed.GetValue(again);

    /// <summary>Whether the memory estimate is no reason to refuse.</summary>
    public bool Anyway(ParseResult parsed) => parsed.GetValue(anyway);

    /// <summary>What is measured; <see cref="EvaluationPlan.K"/> is still to be held against the number of rows.</summary>
    public EvaluationPlan Read(ParseResult parsed, Composition with, ProblemList problems)
    {
        var asked = parsed.GetValue(k);
        problems.Require(asked is null or > 0, $"'--k {asked}' finds nothing. Ask for 1 at least.");
        problems.Require(
            parsed.GetValue(trainRows) > 0,
            $"'--train-rows {parsed.GetValue(trainRows)}' leaves nothing to learn from."
        );
        problems.Require(
            parsed.GetValue(repeats) > 0,
            $"'--repeats {parsed.GetValue(repeats)}' times nothing. Write 1 at least."
        );
        problems.Require(
            parsed.GetValue(threads) is null or > 0,
            $"'--threads {parsed.GetValue(threads)}' does nothing. Write 1 at least."
        );
        problems.Require(
            !parsed.GetValue(noSearch) || parsed.GetValue(truth) is null,
            "'--ground-truth' is for searches, and '--no-search' leaves them out. Give one of them."
        );
        return new EvaluationPlan(
            asked ?? UsualK,
            parsed.GetValue(trainRows),
            parsed.GetValue(threads) ?? with.Threads,
            parsed.GetValue(noSearch) ? null : TimingPlan.Usual with { Repeats = Math.Max(1, parsed.GetValue(repeats)) }
        );
    }

    /// <summary>Holds the k that was asked for against the rows that there are: the default gives way, a number that was given does not.</summary>
    /// <exception cref="BadInputException">k is beyond the number of rows.</exception>
    public EvaluationPlan Fit(ParseResult parsed, EvaluationPlan plan, long baseRows)
    {
        if (plan.K <= baseRows)
            return plan;
        if (parsed.GetValue(k) is { } asked)
            throw new BadInputException(
                $"'--k {asked}': the base has {baseRows} rows. Ask for {baseRows} neighbours at most."
            );
        return plan with { K = (int)baseRows };
    }
}
