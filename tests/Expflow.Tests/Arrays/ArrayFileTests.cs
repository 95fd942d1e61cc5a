using Expflow.Arrays;
using Expflow.Runs;
using Xunit;

namespace Expflow.Tests.Arrays;

public sealed class ArrayFileTests
{
    private static readonly ArrayHeader Header = new()
    {
        Array = ArrayId.TryParse("20261123-120000000-00000001", out var array) ? array : default,
        Submission = SubmissionId.TryParse("20261123-120000000-00000002", out var submission) ? submission : default,
        Experiment = "kd-gat",
        Stage = "vgae",
        At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
        Code = "/home/anna/my code",
        Memory = 1 << 30,
        Walltime = 3600,
        Exclude = ["cpu02"],
        MayRequeue = true,
        Script = "#!/bin/sh\nexec 'it'\n",
        Resolved = """{"experiment":"kd-gat"}""",
    };

    [Fact]
    public void A_task_reads_back_with_its_array()
    {
        using var folder = new TemporaryFolder();
        ArrayFile.Write(folder.Path, Header, Enumerable.Range(0, 1000).Select(TaskOf));

        var (header, task) = ArrayFile.ReadTask(ArrayFile.PathOf(folder.Path, Header.Array), 417)!.Value;

        Assert.Equivalent(Header, header);
        Assert.Equivalent(TaskOf(417), task);
    }

    [Fact]
    public void An_index_that_no_task_has_is_no_task()
    {
        using var folder = new TemporaryFolder();
        ArrayFile.Write(folder.Path, Header, [TaskOf(1), TaskOf(11)]);

        Assert.Null(ArrayFile.ReadTask(ArrayFile.PathOf(folder.Path, Header.Array), 0));
    }

    [Fact]
    public void Which_run_each_task_is_reads_back_in_order()
    {
        using var folder = new TemporaryFolder();
        ArrayFile.Write(folder.Path, Header, [TaskOf(3), TaskOf(7)]);

        Assert.Equal(
            [new(3, RunId.FromBits(3), 2), new PlacedRun(7, RunId.FromBits(7), 2)],
            ArrayFile.ReadRuns(folder.Path, Header.Array)
        );
    }

    private static ArrayTask TaskOf(int index) =>
        new(
            index,
            new(
                RunId.FromBits((ulong)index),
                "vgae",
                """{"note":"\"},{\"task\":417,"}""",
                $"kd-gat/vgae/{index}",
                [RunId.FromBits(99)]
            ),
            2,
            new Dictionary<string, IReadOnlyList<string>> { ["data"] = ["kd-gat/data/x"] }
        )
        {
            After = index % 3,
        };
}
