using Expflow.Cli.Commands;
using Expflow.Cli.Screens;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tests.Golden;
using Expflow.Tracking;
using Xunit;

namespace Expflow.Tests.Screens;

/// <summary>What <c>pool status</c> shows.</summary>
public sealed class PoolScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly PoolFolder Pool = new(new ProjectFolder("/project"), PoolName.Default);

    private static readonly PoolPicture Busy = new()
    {
        Pool = PoolName.Default,
        State = PoolState.Open,
        Allocations =
        [
            new()
            {
                Job = "12_0",
                Row = Row("12_0", "RUNNING", "None", "gpu01"),
                Claim = new(Pool, "/a", Note("12_0", "gpu01"), null, []),
                Workers = 16,
            },
            new()
            {
                Job = "12_1",
                Row = Row("12_1", "PENDING", "Priority", null),
                Workers = 16,
            },
        ],
        Running = [Run(1, "12_0", "gpu01", "3"), Run(2, "12_0", "gpu01", "4")],
        Ready = 1200,
        Blocked = 30,
        Claimed = 4,
        Done = 96,
        Failed = 1,
        DoneLately = 50,
        Lately = TimeSpan.FromMinutes(10),
        Experiments = ["digits"],
        At = Now,
    };

    public static TheoryData<string> Cases => ["busy", "drained", "none", "silent"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pool_is_shown_with_what_to_do_next(string name)
    {
        var idle = Busy with { Allocations = [], Running = [], DoneLately = 0 };
        var picture = name switch
        {
            "drained" => idle with { State = PoolState.Draining },
            "none" => idle with { LastWords = "12_0: 'x' is no project on this node" },
            "silent" => idle with { Trouble = "Slurm gave no answer" },
            _ => Busy,
        };
        var text = new StringWriter();

        new PoolStatusScreen(new Terminal(text, text, interactive: false, colours: false, 200)).Show(picture);

        GoldenFile.Match($"pools/status-{name}", text.ToString());
    }

    private static QueuedJob Row(string job, string state, string reason, string? node) =>
        new()
        {
            Job = JobReference.TryParse(job, out var reference) ? reference : null!,
            OwnId = reference!.Id,
            State = JobState.Parse(state),
            Reason = WaitingReason.Parse(reason),
            Nodes = node,
            End = Now.AddHours(10.5),
        };

    private static AgentNote Note(string job, string host) =>
        new()
        {
            Agent = "a",
            Job = job,
            Host = host,
            At = Now.AddMinutes(-30),
            Workers = 16,
        };

    private static TrackedRun Run(ulong id, string job, string host, string gpu)
    {
        var run = RunId.FromBits(id << 40);
        var started = new JournalEvent.AttemptStarted
        {
            At = Now.AddSeconds(-42),
            Run = run,
            Attempt = 1,
            Token = "t",
            Submission = default,
            Host = host,
            Job = job,
            Gpus = gpu,
        };
        return new(
            "digits",
            new(run, "main", "{}", $"digits/main/lr=0.{id}-{run.Brief}", []),
            default,
            RunHistory.Empty.With(started)
        );
    }
}
