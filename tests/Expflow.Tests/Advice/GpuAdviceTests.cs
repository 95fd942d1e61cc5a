using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Tests.Experiments;
using Expflow.Tests.Journal;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class GpuAdviceTests : IDisposable
{
    private const long GiB = 1L << 30;
    private const string Card = "NVIDIA A100-SXM4-40GB";
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // By memory 4, by use 2. By memory 1. One that is busy all the time.
    [InlineData(8, 45, 2)]
    [InlineData(20, 10, 1)]
    [InlineData(30, 10, 1)]
    [InlineData(2, 97, 1)]
    [InlineData(6, 20, 5)]
    public void As_many_runs_share_a_gpu_as_its_memory_and_its_use_leave_room_for(double gib, double use, int workers)
    {
        var gpus = Advise(Uses(4, one => one with { GpuMemory = (long)(gib * GiB), GpuUse = use }));
        Assert.Equal(workers, gpus.Workers);
    }

    [Fact]
    public void What_was_not_measured_is_unknown()
    {
        Assert.Equal(
            (null, "unknown: nobody looked at the GPUs"),
            (Advise(Uses(3, use => use)).Workers, Advise(Uses(3, use => use)).Words)
        );
        var unnamed = Advise(Uses(3, use => use with { GpuMemory = GiB, GpuUse = 5, Machine = MachineNote.None }));
        Assert.Equal((null, "unknown: nobody noted how much memory the GPU has"), (unnamed.Workers, unnamed.Words));
        var idle = Advise(Uses(3, use => use with { GpuMemory = GiB }));
        Assert.Equal(
            (null, "unknown: 1G of 37G of memory, but nobody measured how busy it was"),
            (idle.Workers, idle.Words)
        );
    }

    [Fact]
    public void The_memory_that_the_driver_names_counts_before_that_in_the_name()
    {
        var noted = MachineNote.Read($$"""{"gpus": ["Quadro RTX 8000"], "gpu_memory": {{48 * GiB}}}""");
        Assert.Equal(48.0 * GiB, Advise(Uses(1, use => use with { Machine = noted })).CardMemory);
    }

    [Fact]
    public void Types_are_held_against_each_other_among_runs_that_can_be_compared()
    {
        // Runs of size 2 take ten times as long; the second type is twice as slow, but had only small ones beside one large.
        AttemptUse[] uses =
        [
            .. Uses(6, use => use with { Elapsed = 100, Parameters = Size(1) }),
            .. Uses(6, use => use with { Elapsed = 1000, Parameters = Size(2) }),
            .. Uses(6, use => use with { Elapsed = 200, Parameters = Size(1), Machine = On("Quadro RTX 8000") }),
            .. Uses(1, use => use with { Elapsed = 2000, Parameters = Size(2), Machine = On("Quadro RTX 8000") }),
        ];
        Assert.Equal(
            [$"{Card} 12 1.00", "Quadro RTX 8000 7 2.00"],
            Advise(uses).Types.Select(type => $"{type.Type} {type.Runs} {type.Relative:0.00}")
        );
    }

    [Fact]
    public void Types_that_ran_nothing_alike_cannot_be_compared()
    {
        AttemptUse[] uses =
        [
            .. Uses(6, use => use with { Elapsed = 100, Parameters = Size(1) }),
            .. Uses(6, use => use with { Elapsed = 900, Parameters = Size(2), Machine = On("Quadro RTX 8000") }),
        ];
        Assert.Contains(Advise(uses).Types, type => type.Relative is null);
    }

    private GpuAdvice Advise(IReadOnlyList<AttemptUse> uses) =>
        new Adviser(uses, []).For(files.Good("experiment: e\nresources: {gpus: 1}\ncommand: x").Stages[0]).Gpus!;

    private static MachineNote On(string type) => new() { Gpus = [type] };

    private static ParameterSet Size(long size) =>
        ParameterSet.Of([KeyValuePair.Create("size", ParameterValue.Of(size))]);

    private static AttemptUse[] Uses(int runs, Func<AttemptUse, AttemptUse> with) =>
        [
            .. Enumerable
                .Range(0, runs)
                .Select(run =>
                    with(
                        new()
                        {
                            Run = JournalEvents.Run(run),
                            Stage = "main",
                            Attempt = 1,
                            Submission = JournalEvents.TheSubmission,
                            Parameters = ParameterSet.Empty,
                            Asked = Resources.Open with { Gpus = GpuRequest.TryParse("1", out var one) ? one : null },
                            Outcome = AttemptOutcome.Done,
                            Machine = On(Card),
                        }
                    )
                ),
        ];
}
