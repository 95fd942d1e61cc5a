using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Journal;
using Xunit;

namespace Expflow.Tests.Executors;

public sealed class JobAgentTests : IDisposable
{
    // Not one long sleep: a bash that is told to end in the moment before it becomes its last command forgets that.
    private const string Waiting = "while :; do sleep 0.02; done";

    private readonly JobProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("true", 0, "done", null)]
    [InlineData("exit 3", 3, "failed", "failed")]
    [InlineData("kill -KILL $$", 137, "failed", "signalled")]
    [InlineData("exit 75", 75, "pending", "again")]
    public void The_job_ends_with_the_commands_own_code(string command, int code, string state, string? cause)
    {
        Assert.Equal(code, project.Run(command));
        Assert.Equal((state, cause), (project.History.State.Word, project.History.Ended!.Cause));
    }

    [Fact]
    public void Exit_0_without_its_outputs_does_not_let_dependants_start()
    {
        Assert.Equal(JobExit.HollowSuccess, project.Run("true", "model.pt"));
        Assert.Equal("missing_outputs", project.History.Ended!.Cause);
    }

    [Fact]
    public void A_program_that_cannot_be_started_ends_the_job_as_a_shell_would()
    {
        project.Code = "/nowhere";
        Assert.Equal(127, project.Run("true"));
        Assert.Equal("not_started", project.History.Ended!.Cause);
    }

    [Fact]
    public void The_journal_says_which_job_on_which_machine()
    {
        project.Run("true");
        var started = project.History.Started!;
        Assert.Equal(("123_4", 0), (started.Job, started.Restarts));
        Assert.Equal("""{"partition":"main","node":"cpu01"}""", started.Machine);
    }

    [Fact]
    public void The_last_line_of_its_journal_file_says_that_nothing_will_follow()
    {
        project.Run("true");
        var last = new JournalFolder(project.Project.Journal).ReadNew().Events[^1];
        Assert.Equal(JournalEvent.AgentStopped.TaskOver, Assert.IsType<JournalEvent.AgentStopped>(last).Reason);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData(null, "unset")]
    public void What_slurm_says_of_gpus_and_deadline_reaches_the_program_as_it_is(string? gpus, string seen)
    {
        project.Variables["CUDA_VISIBLE_DEVICES"] = gpus;
        project.Variables["SLURM_JOB_END_TIME"] = "4000000000";
        project.Run("echo ${CUDA_VISIBLE_DEVICES-unset} $EXPFLOW_DEADLINE");
        Assert.Equal($"{seen} 4000000000\n", project.OutputOf(1));
    }

    [Fact]
    public void Exit_75_has_slurm_start_the_same_job_again_once_the_record_is_written()
    {
        project.MayRequeue = true;
        Assert.Equal(75, project.Run("exit 75"));
        Assert.Equal("requeue 123_4, 1 ends known", project.ScontrolCalls);
    }

    [Fact]
    public void Exit_75_of_a_job_that_may_not_be_started_again_is_left_to_recovery()
    {
        Assert.Equal(75, project.Run("exit 75"));
        Assert.Equal("", project.ScontrolCalls);
    }

    [Fact]
    public void Exit_75_without_anything_saved_does_not_go_on_for_ever()
    {
        project.MayRequeue = true;
        int[] codes = [.. Enumerable.Range(0, 4).Select(_ => project.Restart("exit 75"))];
        Assert.Equal([75, 75, 75, 1], codes);
        Assert.Equal(("failed", "asked_too_often"), (project.History.State.Word, project.History.Ended!.Cause));
    }

    [Fact]
    public void Exit_75_goes_on_as_long_as_something_new_is_saved()
    {
        var codes = Enumerable.Range(0, 6).Select(n => project.Restart($"touch \"$EXPFLOW_CHECKPOINTS/{n}\"; exit 75"));
        Assert.All(codes, code => Assert.Equal(75, code));
    }

    [Fact]
    public void A_command_that_saves_at_the_warning_is_started_again_under_the_same_job()
    {
        project.MayRequeue = true;
        var trap = "trap 'touch \"$EXPFLOW_CHECKPOINTS/a\"; exit 0' TERM; " + JobProject.Begun + Waiting;
        Assert.Equal(75, project.RunAndWarn(trap));
        Assert.Equal(("pending", "again"), (project.History.State.Word, project.History.Ended!.Cause));
        Assert.StartsWith("requeue 123_4", project.ScontrolCalls, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_the_warning_ends_without_anything_saved_has_reached_its_time_limit()
    {
        Assert.Equal(143, project.RunAndWarn(JobProject.Begun + Waiting));
        Assert.Equal("timed_out", project.History.Ended!.Cause);
    }

    [Fact]
    public void A_command_that_lost_the_signal_since_it_had_just_begun_is_asked_once_more()
    {
        var late = $"trap \"trap 'exit 75' TERM\" TERM; {JobProject.Begun}{Waiting}";
        Assert.Equal(75, project.RunAndWarn(late));
    }

    [Fact]
    public void A_command_that_is_done_when_the_warning_comes_is_done()
    {
        var trap = $"trap 'echo x > \"$EXPFLOW_RUN_DIR/model.pt\"; exit 0' TERM; {JobProject.Begun}{Waiting}";
        Assert.Equal(0, project.RunAndWarn(trap, "model.pt"));
    }

    [Fact]
    public void A_command_that_does_not_end_when_slurm_ends_its_job_is_killed_in_time_for_the_record()
    {
        Assert.Equal(75, project.RunAndTerminate($"trap '' TERM; {JobProject.Begun}{Waiting}"));
        Assert.Equal(("pending", "stopped"), (project.History.State.Word, project.History.Ended!.Cause));
        Assert.Equal("", project.ScontrolCalls);
    }

    [Fact]
    public void A_command_that_dies_of_slurms_signal_before_the_agent_has_heard_of_it_was_ended_by_slurm()
    {
        var later =
            "env -u EXPFLOW_ATTEMPT_TOKEN setsid sh -c 'sleep 0.3; echo > \"$BEGUN\"' & sleep 0.1; kill -TERM $$; sleep 9";
        Assert.Equal(75, project.RunAndTerminate(later));
        Assert.Equal(("pending", "stopped"), (project.History.State.Word, project.History.Ended!.Cause));
    }

    [Fact]
    public void A_job_that_is_ended_past_its_end_time_has_reached_its_time_limit()
    {
        project.Variables["SLURM_JOB_END_TIME"] = "1000000000";
        project.RunAndTerminate(JobProject.Begun + Waiting);
        Assert.Equal("timed_out", project.History.Ended!.Cause);
    }

    [Fact]
    public void A_restart_closes_the_attempt_that_an_agent_of_the_same_job_left_open()
    {
        project.LeaveOpen("true");
        Assert.Equal(0, project.Restart("true"));
        var ends = project.Events.OfType<JournalEvent.AttemptEnded>().Select(end => (end.Attempt, end.Cause));
        Assert.Equal([(1, "lost"), (2, null)], ends);
    }

    [Fact]
    public void A_restart_after_a_proved_success_starts_nothing()
    {
        project.LeaveOpen("echo x > \"$EXPFLOW_RUN_DIR/model.pt\"", "model.pt");
        Assert.Equal(0, project.Restart("exit 1", "model.pt"));
        Assert.Equal(("done", 1), (project.History.State.Word, project.History.Attempt));
    }

    [Fact]
    public void A_job_that_never_comes_to_save_anything_is_not_restarted_for_ever()
    {
        for (var n = 0; n < 10; n++)
        {
            project.LeaveOpen("exit 1");
            project.Restarts++;
        }
        Assert.Equal(1, project.Run("true"));
        Assert.Equal(("restarted_too_often", 10), (project.History.Ended!.Cause, project.History.Attempt));
    }

    [Fact]
    public void The_next_attempt_is_numbered_after_what_the_journal_knew_and_what_has_a_folder()
    {
        project.After = 4;
        project.Run("true");
        project.After = 2;
        project.Run("true");
        Assert.Equal([5, 6], project.Events.OfType<JournalEvent.AttemptEnded>().Select(end => end.Attempt));
    }

    [Fact]
    public void A_newer_attempt_takes_the_run_over_and_this_one_cannot_end_it()
    {
        Assert.Equal(JobExit.Superseded, project.Run("mkdir \"$EXPFLOW_RUN_DIR/attempt-2\""));
        Assert.Equal(("pending", "superseded"), (project.History.State.Word, project.History.Ended!.Cause));
    }

    [Theory]
    [InlineData("sys/fs/cgroup/memory.events", "0::/\n")]
    [InlineData("sys/fs/cgroup/memory/slurm/memory.oom_control", "4:memory:/slurm\n")]
    public void A_command_that_the_kernel_killed_for_memory_is_out_of_memory(string counter, string group)
    {
        project.Count(counter, group, kills: 3);
        project.Run("echo 'oom_kill 4' > \"$COUNTER\"; kill -KILL $$");
        Assert.Equal("out_of_memory", project.History.Ended!.Cause);
        Assert.StartsWith("out of memory: asked for 1G, used ", project.History.Ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_modules_that_were_loaded_are_recorded()
    {
        project.Environment = new EnvironmentSpec { Modules = ["cuda/11.8"] };
        project.Variables["BASH_FUNC_module%%"] = "() {  export LOADEDMODULES=gcc/12:cuda/11.8; }";
        project.Run("true");
        Assert.Contains("\"modules\":\"gcc/12:cuda/11.8\"", project.History.Started!.Machine, StringComparison.Ordinal);
    }
}
