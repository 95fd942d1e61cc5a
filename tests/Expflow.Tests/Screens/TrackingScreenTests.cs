using Expflow.Journal;
using Expflow.Runs;
using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Screens;

/// <summary>What <c>status</c>, <c>verify</c>, <c>explain</c>, <c>logs</c> and <c>cancel</c> print.</summary>
public sealed class TrackingScreenTests : IDisposable
{
    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("all", "status")]
    [InlineData("json", "status digits --json --show holes")]
    [InlineData("failed", "status digits.yaml --show failed")]
    [InlineData("unknown", "status digit")]
    [InlineData("no-such-kind", "status --show broken")]
    public void Status(string name, string command)
    {
        Trainings.In(project);
        GoldenFile.Match($"status/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void Status_of_a_project_where_nothing_ran_names_what_could_run()
    {
        File.WriteAllText(project["e.yaml"], Trainings.File);
        GoldenFile.Match("status/nothing", project.Type("status"));
    }

    [Fact]
    public void Status_says_that_a_journal_ends_in_half_a_line()
    {
        Trainings.In(project);
        File.WriteAllText(Path.Combine(project.Project.Journal, "killed.jsonl"), "{\"event\": \"can");
        GoldenFile.Match("status/torn", project.Type("status"));
    }

    [Fact]
    public void Status_tells_old_code_and_what_was_left_behind()
    {
        Trainings.In(project);
        var again = project.Submit(Trainings.File.Replace("0..2", "0..3").Replace("1e-5", "1e-4"), "bbbbbbbbbbbbbbbb");
        again.Done(0, Trainings.Lines(1), attempt: 2);
        GoldenFile.Match("status/older", project.Type("status"));
    }

    [Theory]
    [InlineData("submitted", "verify digits")]
    [InlineData("json", "verify digits --json")]
    [InlineData("unknown", "verify digit")]
    public void Verify(string name, string command)
    {
        Trainings.In(project);
        GoldenFile.Match($"verify/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void Explain_tells_a_runs_story()
    {
        var digits = Trainings.In(project);
        project.Append(
            new JournalEvent.Requeued
            {
                At = Journal.JournalEvents.Noon.AddMinutes(1),
                Run = digits.Runs[10].Id,
                Turn = 1,
                After = 1,
                Reason = "out of memory: asked for 100M, used 120M, with 200M of memory",
                Memory = 200 << 20,
            }
        );
        digits.Failed(10, "exit 2", attempt: 2);
        GoldenFile.Match("explain/failed", project.Type("explain", $"{digits.Runs[10].Id}"));
        GoldenFile.Match("explain/flagged", project.Type("explain", "digits", "model=softmax,lr=1e-5,seed=2"));
        GoldenFile.Match("explain/pending", project.Type("explain", $"{digits.Runs[11].Id}", "--json"));
    }

    [Fact]
    public void Recover_says_of_each_run_what_it_would_do_and_why()
    {
        var digits = project.Submit(
            """
            experiment: digits
            sweep: {grid: {seed: 0..3}}
            resources: {memory: 64M, walltime: 1h}
            retry: {failed: {times: 1}}
            snapshot: off
            stages:
              train: {command: 'train {seed}'}
              test: {command: 'test {seed}', needs: [train]}
            """
        );
        RunId Train(int seed) => digits.Runs.Where(run => run.Stage == "train").ElementAt(seed).Id;
        project.Append(
            Fail(Train(0), "out_of_memory", "out of memory: asked for 64M, used 70M"),
            Fail(Train(1), "gpu_out_of_memory", "out of GPU memory: CUDA out of memory"),
            Fail(Train(2), "failed", "exit 1: KeyError: 'f1'"),
            Fail(Train(3), "cancelled_by_admin", "cancelled by root, who is not its owner")
        );
        GoldenFile.Match("recover/decisions", project.Type("recover", "digits", "--dry-run"));
        GoldenFile.Match("recover/json", project.Type("recover", "--dry-run", "--json", "--all"));
        GoldenFile.Match("recover/unknown", project.Type("recover", "digit"));
        GoldenFile.Match(
            "explain/recovery",
            project.Type("explain", $"{Train(1)}") + project.Type("explain", $"{Train(2)}")
        );
    }

    private static JournalEvent.AttemptEnded Fail(RunId run, string cause, string reason) =>
        new()
        {
            At = Journal.JournalEvents.Noon,
            Run = run,
            Attempt = 1,
            Token = "a",
            Outcome = AttemptOutcome.Failed,
            Cause = cause,
            Reason = reason,
            Elapsed = 3600,
        };

    [Fact]
    public void A_word_that_could_be_several_runs_lists_them()
    {
        Trainings.In(project);
        GoldenFile.Match("logs/ambiguous", project.Type("logs", "digits", "main", "lr=0.01"));
        GoldenFile.Match("logs/unknown", project.Type("logs", "zzzz"));
    }

    [Fact]
    public void Cancel_takes_what_waits_out_and_leaves_the_rest()
    {
        Trainings.In(project);
        var text =
            project.Type("cancel", "digit")
            + project.Type("cancel", "digits", "--stage", "mian")
            + project.Type("cancel", "digits", "--where", "seed == 0")
            + project.Type("cancel", "digits")
            + project.Type("status", "digits", "--show", "cancelled")
            + project.Type("cancel", "digits", "--json");
        GoldenFile.Match("cancel/pending", text);
    }
}
