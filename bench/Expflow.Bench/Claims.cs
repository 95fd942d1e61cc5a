using System.Diagnostics;
using System.Globalization;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Bench;

/// <summary>What it costs to take batches of one run from a pool's queue, one after the other.</summary>
/// <remarks>Under <c>strace -c</c> it tells how many calls to the file system that takes, which is what Lustre and NFS charge for.</remarks>
internal static class Claims
{
    public static int Run(string folder, int batches)
    {
        var (median, most) = Measure(folder, batches);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"batches\":{batches},\"median_ms\":{median:0.000},\"most_ms\":{most:0.0}}}"
            )
        );
        return 0;
    }

    /// <summary>Fills a queue and empties it; milliseconds.</summary>
    public static (double Median, double Most) Measure(string folder, int batches)
    {
        var pool = new PoolFolder(new ProjectFolder(Directory.CreateDirectory(folder).FullName), PoolName.Default);
        var submission = SubmissionId.New(TimeProvider.System, Random.Shared);
        QueueDrafts.Write(pool, submission, [.. Enumerable.Range(0, batches).Select(number => BatchOf(number, 1))]);
        QueueDrafts.Publish(pool, submission);
        var own = ClaimFolder.Create(
            pool,
            new()
            {
                Agent = submission.ToString(),
                Host = "here",
                At = TimeProvider.System.GetUtcNow(),
            }
        );
        var taker = new BatchTaker(pool, own, TimeProvider.System, Random.Shared);
        var took = new List<double>(batches);
        for (var begun = Stopwatch.GetTimestamp(); ; begun = Stopwatch.GetTimestamp())
        {
            if (taker.TryClaim(name => name.Request.Cores <= 1) is not ClaimOutcome.Claimed)
                break;
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return took.Count == batches
            ? (Sample.Middle(took), took.Max())
            : throw new InvalidOperationException($"{took.Count} of {batches} batches were taken.");
    }

    /// <summary>Fills a queue with runs of <c>true</c>, as a submission of so many does.</summary>
    public static int Fill(string folder, int runs)
    {
        var project = new ProjectFolder(Path.GetFullPath(folder));
        project.Prepare();
        File.WriteAllText(project.File, "");
        var pool = new PoolFolder(project, PoolName.Default);
        var submission = SubmissionId.New(TimeProvider.System, Random.Shared);
        var size = Batch.SizeFor(runs);
        QueueDrafts.Write(pool, submission, [.. Enumerable.Range(0, runs / size).Select(one => BatchOf(one, size))]);
        QueueDrafts.Publish(pool, submission);
        return 0;
    }

    private static Batch BatchOf(int number, int runs) =>
        new(
            new()
            {
                Sequence = number,
                Runs = runs,
                Stage = 1,
                Id = (ulong)Random.Shared.NextInt64(),
            },
            new()
            {
                Array = ArrayId.New(TimeProvider.System, Random.Shared),
                Submission = SubmissionId.New(TimeProvider.System, Random.Shared),
                Experiment = "many",
                Stage = "main",
                At = TimeProvider.System.GetUtcNow(),
                Code = "/",
                Script = "",
                Resolved =
                    """{"experiment":"many","snapshot":"off","keep":"packed","sweep":{"grid":{"n":"1..10000"}},"uses":["n"],"command":"true"}""",
            },
            [
                .. Enumerable
                    .Range(number * runs, runs)
                    .Select(run => new Arrays.ArrayTask(
                        run,
                        new(RunId.FromBits((ulong)run), "main", $$"""{"n":{{run}}}""", $"many/main/n={run}", []),
                        0,
                        new Dictionary<string, IReadOnlyList<string>>()
                    )),
            ]
        );
}
