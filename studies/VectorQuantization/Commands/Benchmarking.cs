using System.CommandLine;
using VectorQuantization.Benchmarks;
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
        var prints = new DataPrints(opened, plan.Threads);
        var identity = new CellIdentity(prints.Identity(plan));
        var rows = new RowMaker(
            identity,
            prints.Facts,
            ThisMachine.Facts(with),
            sweep([.. asked.Cells.Select(identity.IdOf)]),
            with.Clock
        );
        var done = evaluation.Again(parsed) ? new HashSet<string>() : asked.Database.DoneCells();
        // Exact neighbours of data on which all is done would be computed for nothing.
        var truth = cells.All(cell => done.Contains(rows.IdOf(cell))) ? null : Truth(opened, plan);
        var evaluated = new CellEvaluation(
            opened,
            plan,
            truth,
            PreparedData.Of(opened, plan.Threads, stop),
            with.Clock
        );
        return new Sweep(evaluated, rows, asked.Database).Run(cells, done, told, stop);
    }

    private static NeighbourTable? Truth(BenchmarkData opened, EvaluationPlan plan)
    {
        if (plan.Timing is null)
            return null;
        var (rows, queries) = (opened.Split.Base, opened.Split.Queries);
        return ExactSearch.Find(rows, queries, opened.Metric, plan.K, plan.Threads);
    }
}
