using System.CommandLine;
using VectorQuantization.Benchmarks;
using VectorQuantization.Formats;
using VectorQuantization.Neighbours;
using VectorQuantization.Problems;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary>What <c>run</c> and <c>sweep</c> share: opens the data, finds the truth, and measures cell after cell.</summary>
internal sealed class Benchmarking(Composition with)
{
    private readonly DataOptions data = new();
    private readonly CodecOptions codecs = new();
    private readonly EvaluationOptions evaluation = new();

    /// <summary>Gives the command the options that both have.</summary>
    public void AddOptionsTo(Command command)
    {
        data.AddTo(command);
        codecs.AddTo(command);
        evaluation.AddTo(command);
    }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BadInputException">All that can't be read.</exception>
    public Asked Read(ParseResult parsed)
    {
        var problems = new ProblemList();
        var choice = problems.Try(() => data.Read(parsed));
        var plan = evaluation.Read(parsed, with, problems);
        var cells = problems.Try(() => codecs.Cells(parsed));
        problems.ThrowIfAny();
        var path = ResultPaths.Database(evaluation.Database(parsed), with.Variable);
        return new Asked(choice!, plan, cells!, new ResultDatabase(path));
    }

    /// <summary>Measures those cells that aren't done.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asked">What it says.</param>
    /// <param name="cells">Of the cells, those to carry out.</param>
    /// <param name="sweep">Makes the sweep's id, or null, of the ids of all cells that were asked for.</param>
    /// <param name="told">Takes each cell's end.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>How many cells failed.</returns>
    public int Run(
        ParseResult parsed,
        Asked asked,
        IReadOnlyList<Cell> cells,
        Func<IReadOnlyList<string>, string?> sweep,
        Action<SweepStep> told,
        CancellationToken stop
    )
    {
        asked.Database.Prepare();
        using var opened = BenchmarkData.Open(asked.Choice, with.Variable);
        var plan = evaluation.Fit(parsed, asked.Plan, opened.Split.Base.Count);
        var prints = new DataPrints(opened, plan.Threads, stop);
        var identity = new CellIdentity(prints.Identity(plan));
        var rows = new RowMaker(
            identity,
            prints.Facts,
            ThisMachine.Facts(with),
            sweep([.. asked.Cells.Select(identity.IdOf)]),
            with.Clock
        );
        var done = evaluation.Again(parsed) ? new HashSet<string>() : asked.Database.DoneCells();
        RequireMemory(parsed, opened, plan, cells.Where(cell => !done.Contains(rows.IdOf(cell))));
        // Exact neighbours of data on which all is done would be computed for nothing.
        var truth = cells.All(cell => done.Contains(rows.IdOf(cell))) ? null : Truth(parsed, opened, plan, stop);
        var evaluated = new CellEvaluation(
            opened,
            plan,
            truth,
            PreparedData.Of(opened, plan.Threads, stop),
            with.Clock
        );
        return new Sweep(evaluated, rows, asked.Database).Run(cells, done, told, stop);
    }

    /// <summary>Estimates every cell's memory, and says which of them are done; loads nothing.</summary>
    public (IReadOnlyList<(Cell Cell, MemoryPlan Memory)> Cells, MemoryLimit Limit) Plan(
        ParseResult parsed,
        Asked asked
    )
    {
        using var opened = BenchmarkData.Open(asked.Choice, with.Variable);
        var plan = evaluation.Fit(parsed, asked.Plan, opened.Split.Base.Count);
        var problems = new ProblemList();
        var sample = Math.Min(plan.TrainingRows, opened.Split.Training.Count);
        foreach (var cell in asked.Cells)
        {
            cell.Settings.Check(opened.Dimension, sample, problems);
            cell.Search.Check(opened.Split.Base.Count, problems);
        }
        problems.ThrowIfAny();
        return (
            [.. asked.Cells.Select(cell => (cell, MemoryPlan.Of(cell, opened, plan)))],
            MemoryLimit.OfThisProcess(with.Variable)
        );
    }

    private void RequireMemory(ParseResult parsed, BenchmarkData opened, EvaluationPlan plan, IEnumerable<Cell> cells)
    {
        var needed = cells
            .Select(cell => (cell.Label, MemoryPlan.Of(cell, opened, plan).Bytes))
            .OrderByDescending(pair => pair.Bytes)
            .Take(evaluation.Anyway(parsed) ? 0 : 1);
        foreach (var (label, bytes) in needed)
            MemoryLimit
                .OfThisProcess(with.Variable)
                .Require(
                    bytes,
                    $"cell '{label}'",
                    "Ask for more memory, learn from fewer rows ('--train-rows'), or measure without a search ('--no-search'); "
                        + "'--ignore-memory' begins all the same."
                );
    }

    private NeighbourTable? Truth(ParseResult parsed, BenchmarkData opened, EvaluationPlan plan, CancellationToken stop)
    {
        if (plan.Timing is null)
            return null;
        var (rows, queries) = (opened.Split.Base, opened.Split.Queries);
        if (evaluation.Truth(parsed) is not { } path)
            return ExactSearch.Find(rows, queries, opened.Metric, plan.K, plan.Threads, stop);
        var truth = GroundTruth.Load(path);
        if (truth.Caveat is { } caveat)
            with.Error.WriteLine(caveat);
        return truth.CheckFor(rows, queries, opened.Metric, plan.K, plan.Threads);
    }
}
