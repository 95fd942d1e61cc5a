using CsCheck;
using Expflow.Executors;
using Expflow.Manifests;
using Expflow.Runs;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class ReadyRunsTests
{
    private static readonly ResourceRequest OneCore = new(1, 0, 0);

    [Fact]
    public void Runs_start_in_the_order_of_the_manifest_while_there_is_room()
    {
        var ready = On(cores: 2, out _);
        Add(ready, 1, OneCore);
        Add(ready, 2, OneCore);
        Add(ready, 3, OneCore);
        Assert.Equal(1, Take(ready));
        Assert.Equal(2, Take(ready));
        Assert.Null(Take(ready));
    }

    [Fact]
    public void A_run_waits_until_all_that_it_needs_is_done()
    {
        var ready = On(cores: 4, out _);
        Add(ready, 3, OneCore, 1, 2);
        Add(ready, 1, OneCore);
        Add(ready, 2, OneCore);
        Assert.Equal((2, 1), (ready.Ready, ready.Waiting));
        ready.Done(RunId.FromBits(1));
        Assert.Equal(1, ready.Waiting);
        ready.Done(RunId.FromBits(2));
        Assert.Equal((3, 0), (ready.Ready, ready.Waiting));
    }

    [Fact]
    public void A_need_that_was_done_before_is_met() => Assert.Equal(1, WithDoneNeed().Ready);

    [Fact]
    public void A_wide_run_does_not_hold_up_a_narrow_one()
    {
        var ready = On(cores: 2, out var machine);
        var busy = machine.TryTake(OneCore);
        Add(ready, 1, new(2, 0, 0));
        Add(ready, 2, OneCore);
        Assert.Equal(2, Take(ready));
        machine.Return(busy!);
    }

    [Fact]
    public void Each_GPU_has_one_run_at_a_time()
    {
        var machine = new LocalMachine(8, 1 << 30, ["0", "1"]);
        var first = machine.TryTake(new(1, 0, 1))!;
        var second = machine.TryTake(new(1, 0, 1))!;
        Assert.Equal(["0", "1"], first.Gpus.Concat(second.Gpus));
        Assert.Null(machine.TryTake(new(1, 0, 1)));
        machine.Return(second);
        Assert.Equal(["1"], machine.TryTake(new(1, 0, 1))!.Gpus);
    }

    [Fact]
    public void A_dropped_run_is_not_started_and_can_come_back()
    {
        var ready = On(cores: 1, out _);
        Add(ready, 1, OneCore);
        ready.Drop(RunId.FromBits(1));
        Assert.Null(Take(ready));
        Add(ready, 1, OneCore);
        Assert.Equal(1, Take(ready));
    }

    [Theory]
    [InlineData(3, 0, 0, "asks for 3 cores, and this machine has 2")]
    [InlineData(1, 2048, 0, "asks for 2048M of memory, and this machine has 1024M")]
    [InlineData(1, 0, 1, "asks for 1 GPUs, and this machine has 0")]
    [InlineData(2, 1024, 0, null)]
    public void What_can_never_run_here_is_said(int cores, long mebibytes, int gpus, string? reason) =>
        Assert.Equal(reason, new LocalMachine(2, 1L << 30, []).WhyNever(new(cores, mebibytes << 20, gpus)));

    [Fact]
    public void Nothing_is_ever_given_twice_and_everything_is_given_back() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 8], Gen.Int[0, 2])
            .Select(r => new ResourceRequest(r.Item1, r.Item2, r.Item3))
            .Array[1, 20]
            .Sample(requests =>
            {
                var machine = new LocalMachine(4, 8, ["a", "b"]);
                var shares = requests.Select(machine.TryTake).OfType<MachineShare>().ToList();
                Assert.True(shares.Sum(share => share.Request.Cores) <= 4);
                Assert.True(shares.Sum(share => share.Request.Memory) <= 8);
                Assert.Equal(
                    shares.Sum(share => share.Request.Gpus),
                    shares.SelectMany(s => s.Gpus).Distinct().Count()
                );
                shares.ForEach(machine.Return);
                Assert.NotNull(machine.TryTake(new(4, 8, 2)));
            });

    private static ReadyRuns WithDoneNeed()
    {
        var ready = On(cores: 1, out _);
        ready.Add(Run(2, 1), OneCore, isDone: need => need.Bits == 1);
        return ready;
    }

    private static ReadyRuns On(int cores, out LocalMachine machine) => new(machine = new(cores, 1 << 30, []));

    private static void Add(ReadyRuns ready, int id, ResourceRequest request, params int[] needs) =>
        ready.Add(Run(id, needs), request, isDone: _ => false);

    private static ManifestRun Run(int id, params int[] needs) =>
        new(RunId.FromBits((ulong)id), "s", "{}", $"s/{id}", [.. needs.Select(n => RunId.FromBits((ulong)n))]);

    private static int? Take(ReadyRuns ready) => (int?)ready.TryTake()?.Run.Id.Bits;
}
