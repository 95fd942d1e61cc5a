using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Processes;

public sealed class ProcessTreeTests : IDisposable
{
    private const string Mark = "EXPFLOW_TREE_MARK";
    private readonly string value = Guid.NewGuid().ToString();
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_daemon_that_left_session_and_parent_is_killed_by_its_mark()
    {
        // The middle shell ends: its sleeper becomes a child of the first process, in a session of its own.
        var child = Shell("setsid sh -c 'sleep 600 & echo $! > daemon' & wait; echo ready > ready; sleep 600");
        var daemon = ProcessIdentity.Of(NumberIn("daemon"))!;
        NumberOrWordIn("ready");
        Assert.DoesNotContain(daemon.Pid, ProcessTable.Read().TreeOf(child.Pid));
        Assert.True(ProcessTree.Kill(child.Pid, Mark, value) >= 2);
        Assert.True(daemon.WaitForEnd(TimeSpan.FromMinutes(1)));
        Assert.Equal(9, child.Wait().Signal);
    }

    [Fact]
    public void Nothing_is_killed_where_nothing_is_meant()
    {
        Assert.Equal(0, ProcessTree.Kill(0, Mark, "no such mark"));
        Assert.Equal(0, ProcessTree.Kill(1, Mark, "no such mark"));
        Assert.Throws<ArgumentException>(() => ProcessTree.Kill(0, Mark, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_number_that_means_many_processes_is_never_signalled(int pid)
    {
        // Were one of these sent, this test's own process would be gone.
        new ForeignProcess(pid).Kill();
        new ForeignProcess(pid).SignalGroup(9);
        Assert.False(new ProcessIdentity(pid, 0, "").Signal(9));
    }

    private int NumberIn(string name) => int.Parse(NumberOrWordIn(name));

    private string NumberOrWordIn(string name)
    {
        while (!File.Exists(folder[name]) || File.ReadAllText(folder[name]) is not [.., '\n'])
            Thread.Yield();
        return File.ReadAllText(folder[name]).Trim();
    }

    private ChildProcess Shell(string script) =>
        Assert
            .IsType<StartOutcome.Started>(
                ChildProcess.Start(
                    new()
                    {
                        Program = "/bin/sh",
                        Arguments = ["-c", script],
                        Environment = new EnvironmentBlock(EnvironmentBlock.OfThisProcess()),
                        Variables = [new(Mark, value)],
                        Folder = folder.Path,
                        Output = folder["out"],
                    }
                )
            )
            .Child;
}
