using Expflow.Pools;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Templates;
using Expflow.Tests.Witnesses;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Expflow.Tests.Pools;

/// <summary>Allocations are asked for exactly once, whatever sbatch answers and whenever a command is killed.</summary>
public sealed class PoolStarterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeSlurm slurm = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
    {
        AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
    };
    private readonly PoolFolder pool;

    public PoolStarterTests() => pool = new(new ProjectFolder(folder.Path), PoolName.Default);

    public void Dispose()
    {
        slurm.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_is_written_down_before_it_is_asked_for_and_released_when_its_id_is()
    {
        var starts = ShellQuoting.Word(Path.Combine(folder.Path, ".expflow/pools/main/starts"));
        slurm.Script("sbatch", $"cp {starts}/*.json {starts}/before; echo 17");
        slurm.Script("scontrol", $"cp {starts}/*.json {starts}/held");

        var started = Assert.IsType<StartOutcome.Started>(await Start());

        Assert.Equal((null, "17"), (started.Held, started.Job.ToString()));
        var known = Assert.Single(PoolStart.All(pool));
        Assert.Equal(("17", true, 3), (known.Job, known.IsReleased, known.Allocations));
        Assert.Equal((1, 1), (slurm.Calls("sbatch"), slurm.Calls("scontrol")));
        Assert.DoesNotContain("\"job\"", Read("before"), StringComparison.Ordinal);
        Assert.Contains("\"job\": \"17\"", Read("held"), StringComparison.Ordinal);

        string Read(string name) => File.ReadAllText(folder[$".expflow/pools/main/starts/{name}"]);
    }

    [Fact]
    public async Task What_Slurm_refuses_is_forgotten()
    {
        slurm.Script(
            "sbatch",
            "echo 'sbatch: error: Batch job submission failed: Invalid qos specification' >&2; exit 1"
        );

        var refused = Assert.IsType<StartOutcome.Refused>(await Start());

        Assert.Equal(RefusalKind.InvalidQos, refused.Kind);
        Assert.Empty(PoolStart.All(pool));
    }

    [Fact]
    public async Task One_that_a_killed_command_left_without_an_id_is_taken_back_when_it_turns_up()
    {
        Intended().Write(pool);
        slurm.Script("squeue", "exit 0");
        slurm.Script("scancel", "exit 0");
        Assert.Null(await Starter().SettleAsync());
        Assert.Single(PoolStart.All(pool));

        slurm.Script("squeue", $"printf '%s' '{FakeSlurm.Row("17_[0-2]", "PENDING", "JobHeldUser")}'");
        Assert.Null(await Starter().SettleAsync());

        Assert.Equal(1, slurm.Calls("scancel"));
        Assert.Empty(PoolStart.All(pool));
    }

    [Fact]
    public async Task One_that_never_came_is_forgotten_once_it_cannot_come_any_more()
    {
        Intended().Write(pool);
        slurm.Script("squeue", "exit 0");
        time.Advance(TimeSpan.FromMinutes(4));

        Assert.Null(await Starter().SettleAsync());

        Assert.Empty(PoolStart.All(pool));
    }

    [Fact]
    public async Task While_Slurm_is_silent_nothing_is_settled()
    {
        Intended().Write(pool);
        slurm.Break("squeue");

        Assert.Contains("Slurm doesn't say", await Starter().SettleAsync(), StringComparison.Ordinal);

        Assert.Single(PoolStart.All(pool));
    }

    [Fact]
    public async Task One_whose_id_is_known_is_released_by_the_next_command()
    {
        (Intended() with { Job = "17" }).Write(pool);
        slurm.Script("scontrol", "exit 0");

        Assert.Null(await Starter().SettleAsync());

        Assert.True(Assert.Single(PoolStart.All(pool)).IsReleased);
    }

    private PoolStarter Starter() =>
        new(
            new SlurmClient(slurm.Programs, TimeProvider.System, new Random(1), new SlurmPatience { Tries = 1 }),
            pool,
            time
        );

    private Task<StartOutcome> Start() => Starter().StartAsync(Intended(), new SbatchRequest("#!/bin/sh\n"));

    private PoolStart Intended()
    {
        Assert.True(ArrayId.TryParse("20261123-120000000-1f3a9c00", out var id));
        return PoolStart.Intended(pool.Name, id, time.GetUtcNow(), 3, 8, "#!/bin/sh\n");
    }
}
