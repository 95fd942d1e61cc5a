using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Processes;

[Collection(Alone.Name)]
public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_holds_the_lock_and_is_named_until_it_gives_it_back()
    {
        Assert.Null(FileLock.Holder(folder["lock"]));
        using (FileLock.TryTake(folder["lock"]))
        {
            Assert.Null(FileLock.TryTake(folder["lock"]));
            Assert.Equal(Environment.ProcessId, FileLock.Holder(folder["lock"]));
        }
        Assert.Null(FileLock.Holder(folder["lock"]));
        using var again = FileLock.TryTake(folder["lock"]);
        Assert.NotNull(again);
    }

    [Fact]
    public void Who_is_about_to_leave_says_so_and_may_change_their_mind()
    {
        using var held = FileLock.TryTake(folder["lock"])!;
        Assert.False(FileLock.IsLeaving(folder["lock"]));
        held.Withdraw();
        Assert.True(FileLock.IsLeaving(folder["lock"]));
        Assert.Equal(Environment.ProcessId, FileLock.Holder(folder["lock"]));
        held.Announce();
        Assert.False(FileLock.IsLeaving(folder["lock"]));
    }

    [Fact]
    public void A_holder_on_another_host_has_no_pid_here()
    {
        using var held = FileLock.TryTake(folder["lock"])!;
        // As the other host would have written it; .NET's own files refuse to open a locked one.
        Assert.Equal(0, Shell("printf '1 another-host at work\\n' > \"$FILE\""));
        Assert.Equal(0, FileLock.Holder(folder["lock"]));
        Assert.False(FileLock.IsLeaving(folder["lock"]));
    }

    private int? Shell(string script)
    {
        var start = new ProcessStart
        {
            Program = "/bin/sh",
            Arguments = ["-c", script],
            Environment = new EnvironmentBlock([new("FILE", folder["lock"])]),
            Folder = "/",
            Output = "/dev/null",
        };
        return Assert.IsType<StartOutcome.Started>(ChildProcess.Start(start)).Child.Wait().ExitCode;
    }

    [Fact]
    public void A_lock_whose_file_was_taken_away_is_known()
    {
        using var held = FileLock.TryTake(folder["lock"])!;
        Assert.True(held.IsInPlace);
        File.Delete(folder["lock"]);
        using var other = FileLock.TryTake(folder["lock"])!;
        Assert.False(held.IsInPlace);
        Assert.True(other.IsInPlace);
    }

    [Fact]
    public void Asking_for_the_holder_keeps_nobody_from_taking_the_lock()
    {
        FileLock.TryTake(folder["lock"])!.Dispose();
        // The shared lock that .NET takes on a file is the one that asking for the holder takes.
        var asking = File.OpenHandle(folder["lock"], FileMode.Open, FileAccess.Read, FileShare.Read);
        using var taken = FileLock.TryTake(folder["lock"], asking.Dispose);
        Assert.NotNull(taken);
    }

    [Fact]
    public void Two_who_ask_do_not_take_each_other_for_the_holder()
    {
        FileLock.TryTake(folder["lock"])!.Dispose();
        using var asking = File.OpenHandle(folder["lock"], FileMode.Open, FileAccess.Read, FileShare.Read);
        Assert.Null(FileLock.Holder(folder["lock"]));
    }

    [Fact]
    public void A_child_does_not_inherit_the_lock()
    {
        var taken = FileLock.TryTake(folder["lock"])!;
        var outcome = ChildProcess.Start(
            new()
            {
                Program = "/bin/sleep",
                Arguments = ["60"],
                Environment = new EnvironmentBlock([]),
                Folder = "/",
                Output = folder["out"],
            }
        );
        taken.Dispose();
        // Children of other tests hold a copy for the moment between their fork and their exec.
        Assert.True(SpinWait.SpinUntil(() => FileLock.Holder(folder["lock"]) is null, TimeSpan.FromSeconds(30)));
        var child = Assert.IsType<StartOutcome.Started>(outcome).Child;
        child.Signal(9);
        child.Wait();
    }
}
