using System.CommandLine;
using Expflow.Contract;
using VectorQuantization.Benchmarks;
using VectorQuantization.Neighbours;
using VectorQuantization.Problems;
using VectorQuantization.Vectors;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark precompute-gt</c>: exact neighbours into a file, once for all that need them.</summary>
internal sealed class PrecomputeGtCommand
{
    private const string Description = """
        Find the exact nearest neighbours of queries, ties to the lower row, and keep them in a file that says of which data they are.

        '--dataset', '--queries' and '--train' cut the data as 'run' and 'sweep' do with the same options; '--base' takes a file as it is.
        What is done is kept in '<out>.partial': after Ctrl-C, SIGTERM or a kill, the same command goes on from there.

        Examples:
          vq-benchmark precompute-gt --dataset fashion-mnist --out truth.vqt
          vq-benchmark precompute-gt --base sift_base.fvecs --queries sift_query.fvecs --out truth.vqt --export truth.ivecs
          vq-benchmark precompute-gt --base big.fbin --queries q.fbin --base-shard slurm --out truth-$SLURM_ARRAY_TASK_ID.vqt
          vq-benchmark precompute-gt merge truth-*.vqt --out truth.vqt
        """;

    private const int UsualK = 100;

    private readonly Composition with;
    private readonly GroundTruthReport report;
    private readonly DataOptions data = new();

    private readonly Option<string?> rows = new("--base")
    {
        Description =
            "A file or folder of vectors to search in, all of them; instead of '--dataset'. Without '--queries', its first rows are asked.",
    };

    private readonly Option<int?> k = new("--k")
    {
        Description = "Neighbours a query; 100 by default, as far as there are so many rows.",
    };

    private readonly Option<string> self = new("--self")
    {
        Description =
            "Of queries that are rows of the base ('--queries base:N'): keep or exclude each in its own answer.",
        DefaultValueFactory = _ => "keep",
    };

    private readonly Option<string?> baseShard = new("--base-shard")
    {
        Description = "Search only one of several equal parts of the base: '2/4', or 'slurm' in a job array.",
    };

    private readonly Option<string?> queryShard = new("--query-shard")
    {
        Description = "Answer only one of several equal parts of the queries: '2/4', or 'slurm' in a job array.",
    };

    private readonly Option<int?> block = new("--block")
    {
        Description = "Queries answered together: more take more memory, and a kill costs more.",
    };

    private readonly Option<int?> threads = SharedOptions.Threads();
    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress." };

    private PrecomputeGtCommand(Composition with) => (this.with, report) = (with, new GroundTruthReport(with));

    public static Command Create(Composition with)
    {
        var created = new PrecomputeGtCommand(with);
        var command = new Command("precompute-gt", Description);
        created.data.AddTo(command);
        created.report.AddTo(command);
        created.self.AcceptOnlyFromAmong("keep", "exclude");
        foreach (
            Option option in new Option[]
            {
                created.rows,
                created.k,
                created.self,
                created.baseShard,
                created.queryShard,
                created.block,
                created.threads,
                created.quiet,
            }
        )
            command.Options.Add(option);
        command.Subcommands.Add(MergeGtCommand.Create(with));
        command.SetAction(created.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var choice = Check(parsed);
        using var signals = new StopSignals();
        using var contract = RunContext.FromEnvironment();
        using var opened = BenchmarkData.Open(choice, with.Variable);
        var request = Request(parsed, opened, choice.Queries is RowSource.OfBase);
        request.Check();
        var target = report.Target(parsed);
        var job = new GroundTruthJob(
            request,
            $"vq-benchmark {ThisMachine.Version}",
            parsed.GetValue(threads) ?? with.Threads
        )
        {
            BlockQueries = parsed.GetValue(block),
        };
        var progress = new ShareProgress(
            with,
            contract,
            $"{request.QueryRange.End - request.QueryRange.First} queries",
            parsed.GetValue(quiet)
        );
        var start = with.Clock.GetTimestamp();
        DescribedTruth truth;
        try
        {
            truth = job.Run(target, progress.Tell, signals.Token);
        }
        catch (OperationCanceledException)
        {
            progress.Done();
            with.Error.WriteLine(
                $"Stopped. What was answered is kept beside '{target}'; the same command goes on from there."
            );
            return ExitCode.WhenAskedToEnd(with);
        }
        progress.Done();
        report.Tell(parsed, truth, (request.Base, request.Queries), job.Resumed, with.Clock.GetElapsedTime(start));
        return ExitCode.Done;
    }

    private BenchmarkChoice Check(ParseResult parsed)
    {
        var problems = new ProblemList();
        var whole = parsed.GetValue(rows);
        var choice = problems.Try(() => data.Read(parsed, whole));
        report.Check(parsed, problems);
        foreach (var option in new[] { k, block, threads })
            problems.Require(
                parsed.GetValue(option) is null or > 0,
                $"'{option.Name} {parsed.GetValue(option)}' does nothing. Write 1 at least."
            );
        problems.ThrowIfAny();
        return whole is null
            ? choice!
            : choice! with
            {
                Training = new RowSource.OfBase(null),
                Queries = choice.Queries ?? new RowSource.OfBase(null),
            };
    }

    private GroundTruthRequest Request(ParseResult parsed, BenchmarkData opened, bool queriesOfBase)
    {
        var (source, queries) = (UnitVectors.Stored(opened.Split.Base), UnitVectors.Stored(opened.Split.Queries));
        var excluded = parsed.GetValue(self) == "exclude";
        var most = Math.Max(1, source.Count - (excluded ? 1 : 0));
        return new GroundTruthRequest(source, queries, opened.Metric, parsed.GetValue(k) ?? (int)Math.Min(UsualK, most))
        {
            QueryIds = queriesOfBase ? [.. Enumerable.Range(0, (int)queries.Count).Select(id => (long)id)] : null,
            SelfExcluded = excluded,
            BaseShard = ShardOf(parsed, baseShard),
            QueryShard = ShardOf(parsed, queryShard),
        };
    }

    private Shard ShardOf(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return Shard.Whole;
        var share = Share.Parse(option.Name, text, with.Variable);
        return new Shard(share.Number - 1, share.Of);
    }
}
