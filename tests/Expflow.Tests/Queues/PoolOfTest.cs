using Expflow.Arrays;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Tests.Queues;

/// <summary>A pool on a real disk, with batches whose runs are numbered.</summary>
internal sealed class PoolOfTest : IDisposable
{
    private static readonly ArrayHeader Header = new()
    {
        Array = ArrayId.TryParse("20261123-120000000-00000001", out var array) ? array : default,
        Submission = Submission(1),
        Experiment = "e",
        Stage = "s",
        At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
        Code = "/code",
        Script = "",
        Resolved = """{"experiment":"e"}""",
    };

    private readonly TemporaryFolder folder = new();
    private ulong ids;

    public PoolOfTest() => Pool.Prepare();

    public PoolFolder Pool => new(new ProjectFolder(folder.Path), PoolName.Default);

    public void Dispose() => folder.Dispose();

    public static SubmissionId Submission(int number) =>
        SubmissionId.TryParse($"20261123-120000000-{number:x8}", out var id) ? id : default;

    /// <summary>A batch of these runs.</summary>
    public Batch Batch(params int[] runs) =>
        new(
            new()
            {
                Sequence = (int)ids,
                Runs = runs.Length,
                Stage = BatchName.KeyOf("e", "s"),
                Id = ids++,
            },
            Header,
            [.. runs.Select(TaskOf)]
        );

    /// <summary>Submits batches.</summary>
    public void Submit(int submission, params IEnumerable<Batch> batches)
    {
        QueueDrafts.Write(Pool, Submission(submission), [.. batches]);
        QueueDrafts.Publish(Pool, Submission(submission));
    }

    /// <summary>The folder of a new agent.</summary>
    public ClaimFolder Agent(string name) =>
        ClaimFolder.Create(
            Pool,
            new()
            {
                Agent = name,
                Host = "cpu01",
                At = default,
            }
        );

    /// <summary>Takes for an agent.</summary>
    public BatchTaker Taker(ClaimFolder agent, int seed = 0) => new(Pool, agent, TimeProvider.System, new(seed));

    /// <summary>All runs that stand in the pool, each as often as it does.</summary>
    public IEnumerable<int> Standing() =>
        Directory
            .EnumerateFiles(Pool.Path, "*.jsonl", SearchOption.AllDirectories)
            .Where(path => BatchName.TryParse(Path.GetFileName(path)) is not null)
            .SelectMany(path => ArrayFile.ReadRunsFrom(path))
            .Select(placed => NumberOf(placed.Run));

    public static int NumberOf(RunId run) => (int)run.Bits;

    public static IEnumerable<int> NumbersOf(Batch batch) => batch.Tasks.Select(task => NumberOf(task.Run.Id));

    private static ArrayTask TaskOf(int number) =>
        new(
            number,
            new(RunId.FromBits((ulong)number), "s", $$"""{"n":{{number}}}""", $"e/s/{number}", []),
            0,
            new Dictionary<string, IReadOnlyList<string>>()
        );
}
