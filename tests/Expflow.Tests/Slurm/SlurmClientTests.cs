using Expflow.Slurm;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class SlurmClientTests : IDisposable
{
    private static readonly SbatchRequest Request = new("#!/bin/sh\necho 'ü'\n");

    private readonly FakeSlurm fake = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => fake.Dispose();

    [Fact]
    public async Task The_script_goes_in_on_standard_input_and_the_job_comes_back()
    {
        fake.Program(
            "sbatch",
            """cat > "$FAKE/script"; printf '%s\n' "$@" > "$FAKE/arguments"; echo 'A banner'; echo '123;pitzer'"""
        );
        var request = Request with
        {
            JobName = "a b",
            Hold = true,
            Tasks = TaskSet.FromZero(10, 2),
            Extra = ["-p", "gpu"],
        };
        var answer = await fake.Client().SubmitAsync(request, Cancel);
        Assert.Equal(new SlurmJob(new(123), "pitzer"), Value(answer));
        Assert.Equal(request.Script, await File.ReadAllTextAsync(fake["script"], Cancel));
        Assert.Equal(
            ["--parsable", "--job-name=a b", "--hold", "--array=0-9%2", "-p", "gpu"],
            await File.ReadAllLinesAsync(fake["arguments"], Cancel)
        );
    }

    [Fact]
    public async Task A_users_variables_reach_the_job_but_change_neither_options_nor_formats()
    {
        foreach (var name in (string[])["SBATCH_PARTITION", "SQUEUE_FORMAT", "SLURM_JOB_ID", "SLURM_TIME_FORMAT"])
            fake.Set(name, "x");
        fake.Set("SLURM_CONF", "/etc/site.conf");
        fake.Set("MINE", "kept");
        fake.Program("sbatch", """env > "$FAKE/sbatch.env"; echo 1""");
        fake.Program("squeue", """env > "$FAKE/squeue.env" """);
        await fake.Client().SubmitAsync(Request, Cancel);
        await fake.Client().QueueAsync(new QueueQuery.Jobs(new SlurmJobId(1)), Cancel);
        var submitting = await File.ReadAllLinesAsync(fake["sbatch.env"], Cancel);
        Assert.Equal(["SLURM_CONF=/etc/site.conf"], submitting.Where(line => line.StartsWith('S')));
        Assert.Contains("MINE=kept", submitting);
        Assert.DoesNotContain("LC_ALL=C", submitting);
        var asking = await File.ReadAllLinesAsync(fake["squeue.env"], Cancel);
        Assert.Equal(
            ["SLURM_BITSTR_LEN=0", "SLURM_CONF=/etc/site.conf", "SLURM_TIME_FORMAT=%s"],
            asking.Where(line => line.StartsWith('S')).Order()
        );
    }

    [Fact]
    public async Task A_refusal_has_a_kind_and_Slurms_words()
    {
        fake.Program(
            "sbatch",
            "echo 'sbatch: error: Batch job submission failed: Invalid qos specification' >&2; exit 1"
        );
        var refused = Assert.IsType<SlurmAnswer<SlurmJob>.Refused>(await fake.Client().SubmitAsync(Request, Cancel));
        Assert.Equal(
            (RefusalKind.InvalidQos, "Batch job submission failed: Invalid qos specification"),
            (refused.Kind, refused.Words)
        );
    }

    [Fact]
    public async Task An_sbatch_that_nobody_answered_is_not_tried_again()
    {
        fake.Program(
            "sbatch",
            """echo x >> "$FAKE/calls"; echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2; exit 1"""
        );
        Assert.IsType<SlurmAnswer<SlurmJob>.Unanswered>(await fake.Client().SubmitAsync(Request, Cancel));
        Assert.Single(await File.ReadAllLinesAsync(fake["calls"], Cancel));
    }

    [Fact]
    public async Task An_sbatch_that_names_no_job_may_have_made_one()
    {
        fake.Program("sbatch", "echo 'nothing to see'");
        Assert.IsType<SlurmAnswer<SlurmJob>.Unanswered>(await fake.Client().SubmitAsync(Request, Cancel));
    }

    [Fact]
    public async Task A_full_queue_is_a_refusal_at_once_though_sbatch_would_wait()
    {
        fake.Program(
            "sbatch",
            "echo 'sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying' >&2; exec sleep 600"
        );
        var refused = Assert.IsType<SlurmAnswer<SlurmJob>.Refused>(
            await fake.Client(new FakeTimeProvider()).SubmitAsync(Request, Cancel)
        );
        Assert.Equal(RefusalKind.QueueFull, refused.Kind);
    }

    [Fact]
    public async Task When_its_time_is_up_a_program_is_ended_and_what_it_said_is_kept()
    {
        fake.Pipe("ready");
        fake.Program("sbatch", """echo 'sbatch: error: hm' >&2; sleep 600 & echo $$ > "$FAKE/ready"; wait""");
        var clock = new FakeTimeProvider();
        var call = fake.Client(clock).SubmitAsync(Request, Cancel);
        var process = (await File.ReadAllTextAsync(fake["ready"], Cancel)).Trim();
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<SlurmAnswer<SlurmJob>.Unanswered>(await call).After);
        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task A_question_is_asked_again_until_somebody_answers()
    {
        fake.Program(
            "squeue",
            """echo x >> "$FAKE/calls"; [ $(wc -l < "$FAKE/calls") -ge 3 ] && exit 0; echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1"""
        );
        var patience = new SlurmPatience { FirstPause = TimeSpan.FromMilliseconds(1) };
        Assert.Empty(Value(await fake.Client(patience: patience).QueueAsync(new QueueQuery.User("me"), Cancel)));
        Assert.Equal(3, (await File.ReadAllLinesAsync(fake["calls"], Cancel)).Length);
    }

    [Fact]
    public async Task And_given_up_after_the_last_try()
    {
        fake.Program("squeue", """echo x >> "$FAKE/calls"; echo 'Connection refused' >&2; exit 1""");
        var patience = new SlurmPatience { FirstPause = TimeSpan.FromMilliseconds(1), Tries = 2 };
        var answer = await fake.Client(patience: patience).QueueAsync(new QueueQuery.User("me"), Cancel);
        Assert.Equal(
            "Connection refused",
            Assert.IsType<SlurmAnswer<IReadOnlyList<QueuedJob>>.Unanswered>(answer).Words
        );
        Assert.Equal(2, (await File.ReadAllLinesAsync(fake["calls"], Cancel)).Length);
    }

    [Fact]
    public async Task Without_Slurm_its_program_is_missing()
    {
        Assert.False(fake.Nowhere().IsInstalled);
        Assert.Equal(new SlurmAnswer<SlurmJob>.Missing("sbatch"), await fake.Nowhere().SubmitAsync(Request, Cancel));
    }

    [Fact]
    public async Task Jobs_that_Slurm_has_forgotten_have_no_row_and_are_no_error()
    {
        fake.Program("squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        Assert.Empty(Value(await fake.Client().QueueAsync(new QueueQuery.Jobs(new SlurmJobId(1), new(2)), Cancel)));
    }

    [Fact]
    public async Task Few_jobs_are_asked_for_one_by_one_and_many_at_once()
    {
        fake.Program("squeue", """echo "$5" >> "$FAKE/calls" """);
        await fake.Client().QueueAsync(new QueueQuery.Jobs(new SlurmJobId(1), new(2), new(1)), Cancel);
        Assert.Equal(["--jobs=1", "--jobs=2"], (await File.ReadAllLinesAsync(fake["calls"], Cancel)).Order());
        File.Delete(fake["calls"]);
        await fake.Client()
            .QueueAsync(new QueueQuery.Jobs([.. Enumerable.Range(1, 9).Select(id => new SlurmJobId(id))]), Cancel);
        Assert.Equal(["--jobs=1,2,3,4,5,6,7,8,9"], await File.ReadAllLinesAsync(fake["calls"], Cancel));
    }

    [Fact]
    public async Task No_jobs_and_no_user_are_never_everybodys()
    {
        Assert.Empty(Value(await fake.Nowhere().QueueAsync(new QueueQuery.Jobs(), Cancel)));
        Assert.Empty(Value(await fake.Nowhere().CancelAsync([], cancel: Cancel)));
        Assert.Throws<ArgumentException>(() => new QueueQuery.User(" "));
        await Assert.ThrowsAsync<ArgumentException>(() => fake.Nowhere().AssociationsAsync("", Cancel));
    }

    [Fact]
    public async Task A_cancellation_names_each_job_that_was_refused()
    {
        fake.Program(
            "scancel",
            """printf '%s\n' "$@" > "$FAKE/arguments"; echo 'scancel: error: Kill job error on job id 2_3: Job/step already completing or completed' >&2"""
        );
        var refused = Value(
            await fake.Client()
                .CancelAsync([new JobReference.Whole(new(1)), new JobReference.Task(new(2), 3)], cancel: Cancel)
        );
        Assert.Equal(
            new RefusedJob("2_3", "Job/step already completing or completed", RefusalKind.AlreadyEnded),
            Assert.Single(refused)
        );
        Assert.Equal(["-v", "1", "2_3"], await File.ReadAllLinesAsync(fake["arguments"], Cancel));
    }

    [Fact] // scancel -v of 22.05 ends with 0 even so
    public async Task A_cancellation_that_reached_nobody_is_no_success()
    {
        fake.Program(
            "scancel",
            "echo 'scancel: error: Kill job error on job id 3: Unable to contact slurm controller (connect failure)' >&2"
        );
        var answer = await fake.Client().CancelAsync([new JobReference.Whole(new(3))], cancel: Cancel);
        Assert.IsType<SlurmAnswer<IReadOnlyList<RefusedJob>>.Unanswered>(answer);
    }

    [Fact]
    public async Task A_single_cluster_of_several_is_asked_by_name()
    {
        fake.Set("SLURM_CLUSTERS", "pitzer");
        fake.Program("squeue", """echo "$1 $2" > "$FAKE/arguments"; echo 'CLUSTER: pitzer'""");
        Assert.Empty(Value(await fake.Client().QueueAsync(new QueueQuery.User("me"), Cancel)));
        Assert.Equal("-M pitzer", (await File.ReadAllTextAsync(fake["arguments"], Cancel)).Trim());
    }

    private static T Value<T>(SlurmAnswer<T> answer) => Assert.IsType<SlurmAnswer<T>.Answered>(answer).Value;
}
