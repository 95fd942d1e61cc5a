using Expflow.Detection;
using Xunit;

namespace Expflow.Tests.Detection;

/// <summary>That nothing is waited for longer than it may take.</summary>
public sealed class ProbeTests
{
    private readonly Probe probe = new(TimeSpan.FromMilliseconds(50), TimeProvider.System);

    [Fact]
    public async Task What_never_answers_is_said_not_to_have_answered()
    {
        var never = new TaskCompletionSource<Finding<int>>();
        Assert.Equal("no answer in 2.1 s", (await probe.AskAsync(_ => never.Task)).Trouble);
    }

    [Fact]
    public async Task What_the_kernel_holds_is_left_behind()
    {
        using var gate = new ManualResetEventSlim();
        var found = await probe.LookAsync<int>(() =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return new Finding<int>.Known(1);
        });
        gate.Set();
        Assert.IsType<Finding<int>.Unlearned>(found);
    }

    [Fact]
    public async Task An_answer_in_time_is_the_answer()
    {
        var patient = new Probe(TimeSpan.FromMinutes(1), TimeProvider.System);
        Assert.Equal(3, (await patient.LookAsync<int>(() => new Finding<int>.Known(3))).OrNull);
    }
}
