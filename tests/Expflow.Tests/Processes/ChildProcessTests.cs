using Expflow.Processes;
using Xunit;

namespace Expflow.Tests.Processes;

[Collection(Alone.Name)]
public sealed class ChildProcessTests : IDisposable
{
    private static readonly EnvironmentBlock Environment = new(EnvironmentBlock.OfThisProcess());
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 75", 75, null)]
    [InlineData("exit 255", 255, null)]
    [InlineData("kill -TERM $$", null, 15)]
    [InlineData("kill -KILL $$", null, 9)]
    public void An_end_is_an_exit_code_or_a_signal(string script, int? code, int? signal)
    {
        var end = Shell(script).Wait();
        Assert.Equal((code, signal), (end.ExitCode, end.Signal));
    }

    [Fact]
    public void Both_outputs_go_to_one_file_in_the_order_in_which_they_came()
    {
        Shell("echo one; echo two >&2; echo three").Wait();
        Shell("echo four").Wait();
        Assert.Equal("one\ntwo\nthree\nfour\n", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void A_variable_of_its_own_wins_over_a_shared_one_and_may_hold_anything()
    {
        Shell("printf '%s|%s' \"$HOME\" \"$WEIRD\"", new("HOME", "/elsewhere"), new("WEIRD", "a'b\n\"c\" ü=")).Wait();
        Assert.Equal("/elsewhere|a'b\n\"c\" ü=", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void It_starts_in_its_folder_with_nothing_to_read()
    {
        Shell("pwd -P; cat").Wait();
        Assert.Equal(folder.Path + "\n", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void Signals_that_this_process_ignores_are_not_ignored_by_the_child() =>
        Assert.Equal(13, Shell("kill -PIPE $$").Wait().Signal);

    [Fact]
    public void What_it_used_is_told()
    {
        var end = Shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").Wait();
        Assert.True(end.CpuTime > TimeSpan.Zero);
        Assert.InRange(end.PeakMemory, 100_000, 1L << 30);
    }

    [Theory]
    [InlineData("/bin/no such program", "/", "'/bin/no such program': No such file or directory")]
    [InlineData("/etc/passwd", "/", "'/etc/passwd': Permission denied")]
    [InlineData("/bin/true", "/no such folder", "'/no such folder': No such file or directory")]
    public void What_can_not_be_started_is_said_with_its_name(string program, string where, string reason)
    {
        var outcome = ChildProcess.Start(
            new()
            {
                Program = program,
                Arguments = [],
                Environment = Environment,
                Folder = where,
                Output = folder["out"],
            }
        );
        Assert.Equal(reason, Assert.IsType<StartOutcome.Refused>(outcome).Reason);
    }

    [Fact]
    public void An_argument_with_a_NUL_is_refused_rather_than_cut()
    {
        var refused = Assert.IsType<StartOutcome.Refused>(ChildProcess.Start(Of("/bin/echo", ["a\0b"])));
        Assert.Equal(("'a\\0b' holds a NUL, which no program can be given", 0), (refused.Reason, refused.Error));
    }

    [Fact]
    public void More_arguments_than_the_system_takes_are_refused_with_its_number()
    {
        var many = Enumerable.Repeat(new string('x', 100), 200_000).ToArray();
        var refused = Assert.IsType<StartOutcome.Refused>(ChildProcess.Start(Of("/bin/true", many)));
        Assert.Equal(("'/bin/true': Argument list too long", 7), (refused.Reason, refused.Error));
    }

    [Fact]
    public void An_output_that_is_a_folder_is_named()
    {
        Directory.CreateDirectory(folder["out"]);
        var refused = Assert.IsType<StartOutcome.Refused>(ChildProcess.Start(Of("/bin/true", [])));
        Assert.Equal($"'{folder["out"]}': Is a directory", refused.Reason);
    }

    [Fact]
    public void A_script_without_an_interpreter_line_is_run_by_the_shell()
    {
        var script = folder["train.sh"];
        File.WriteAllText(script, "echo \"$0|$1\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Start(script, ["a b"]).Wait();
        Assert.Equal($"{script}|a b\n", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void A_folder_with_blanks_quotes_and_a_newline_is_started_in()
    {
        var odd = Directory.CreateDirectory(folder["a 'b' \"c\"\nd"]).FullName;
        var outcome = ChildProcess.Start(Of("/bin/sh", ["-c", "pwd -P"]) with { Folder = odd });
        Assert.IsType<StartOutcome.Started>(outcome).Child.Wait();
        Assert.Equal(odd + "\n", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void A_child_ignores_and_blocks_no_signal_and_leads_its_own_session()
    {
        var child = Start("/bin/sh", ["-c", "grep -E '^Sig(Ign|Blk)' /proc/self/status; cut -d' ' -f6 /proc/$$/stat"]);
        child.Wait();
        Assert.Equal(
            $"SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n{child.Pid}\n",
            File.ReadAllText(folder["out"])
        );
    }

    [Fact]
    public void An_end_can_be_waited_for_with_a_limit_and_is_taken_once()
    {
        var child = Start("/bin/sleep", ["60"]);
        Assert.False(child.WaitForEnd(TimeSpan.FromMilliseconds(1)));
        child.Signal(9);
        Assert.True(child.WaitForEnd(TimeSpan.FromMinutes(1)));
        Assert.True(child.WaitForEnd());
        Assert.Equal(9, child.Wait().Signal);
        Assert.Equal(9, child.Wait().Signal);
        child.Signal(9);
    }

    [Fact]
    public void A_grandchild_that_left_the_session_is_still_found_as_part_of_the_tree()
    {
        var child = Shell("setsid sleep 60 & echo $! > pid; sleep 60");
        while (!File.Exists(folder["pid"]) || File.ReadAllText(folder["pid"]) is not [.., '\n'])
            Thread.Yield();
        var sleeper = int.Parse(File.ReadAllText(folder["pid"]));
        var tree = ProcessTable.Read().TreeOf(child.Pid);
        foreach (var pid in tree)
            new ForeignProcess(pid).Kill();
        child.Wait();
        Assert.Contains(child.Pid, tree);
        Assert.Contains(sleeper, tree);
    }

    [Fact]
    public void A_process_is_found_by_its_mark_and_its_end_can_be_waited_for()
    {
        var mark = Guid.NewGuid().ToString();
        var child = Shell("exec sleep 60", new KeyValuePair<string, string>("EXPFLOW_TEST_MARK", mark));
        // The kernel lets the parent go on a moment before the child's new environment can be read, and again while the shell becomes 'sleep'.
        var foreign = new ForeignProcess(child.Pid);
        while (foreign.IsAlive && !ProcessMarks.Find("EXPFLOW_TEST_MARK").Contains((child.Pid, mark)))
            Thread.Yield();
        Assert.True(foreign.IsAlive);
        foreign.Kill();
        foreign.WaitForEnd();
        Assert.False(foreign.IsAlive);
        child.Wait();
    }

    [Fact]
    public void A_thousand_starts_leave_no_descriptor_open()
    {
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 1000; i++)
            Assert.Equal(0, Start("/bin/true", []).Wait().ExitCode);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 5);
    }

    private ChildProcess Shell(string script, params KeyValuePair<string, string>[] variables) =>
        Start("/bin/sh", ["-c", script], variables);

    private ChildProcess Start(string program, string[] arguments, params KeyValuePair<string, string>[] variables) =>
        Assert
            .IsType<StartOutcome.Started>(ChildProcess.Start(Of(program, arguments) with { Variables = variables }))
            .Child;

    private ProcessStart Of(string program, string[] arguments) =>
        new()
        {
            Program = program,
            Arguments = arguments,
            Environment = Environment,
            Folder = folder.Path,
            Output = folder["out"],
        };
}
