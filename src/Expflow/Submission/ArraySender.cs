using Expflow.Arrays;
using Expflow.Journal;
using Expflow.Projects;
using Expflow.Slurm;

namespace Expflow.Submission;

/// <summary>
/// Hands arrays to Slurm, all or none, each exactly once: what is meant is written down first, every job is submitted held, and only when Slurm has all of
/// them and the journal says so are they released. A job that turns up later from a call that seemed lost is held for ever, and runs nothing.
/// </summary>
/// <param name="slurm">Slurm.</param>
/// <param name="project">The project; its state folder has been prepared.</param>
/// <param name="journal">The caller's journal file.</param>
/// <param name="script">Writes the batch scripts.</param>
/// <param name="time">The clock.</param>
public sealed class ArraySender(
    SlurmClient slurm,
    ProjectFolder project,
    JournalWriter journal,
    JobScript script,
    TimeProvider time
)
{
    private static readonly TimeSpan[] LooksAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>Sends.</summary>
    /// <param name="drafts">The arrays, upstream ones first.</param>
    /// <param name="commit">What else becomes true at the moment at which Slurm has them all.</param>
    /// <exception cref="IOException">The project can't be written: callers turn it into a problem. Nothing was released.</exception>
    public async Task<SendOutcome> SendAsync(IReadOnlyList<ArrayDraft> drafts, IReadOnlyList<JournalEvent> commit)
    {
        foreach (var draft in drafts)
            Write(draft);
        journal.Append(drafts.Select(IntentionOf));
        var sent = new Dictionary<ArrayDraft, SlurmJob>();
        foreach (var draft in drafts)
        {
            var answer = await SubmitAsync(draft, sent);
            if (answer is SlurmAnswer<SlurmJob>.Answered { Value: var job })
                sent.Add(draft, job);
            else
                return await TakeBackAsync(drafts, draft, sent, answer);
        }
        var now = time.GetUtcNow();
        journal.Append([
            .. commit,
            .. drafts.Select(draft => new JournalEvent.ArraySubmitted
            {
                At = now,
                Array = draft.Id,
                Job = sent[draft].ToString(),
                Dependency = DependencyOf(draft.Wait, sent)?.ToString(),
            }),
        ]);
        var held = await ReleaseAsync([.. drafts.Select(draft => (draft.Id, sent[draft]))]);
        return new SendOutcome.Sent([.. drafts.Select(draft => (draft, sent[draft]))], held);
    }

    /// <summary>Lets arrays start that Slurm has and the journal knows.</summary>
    /// <returns>Why they could not be released, in Slurm's words; null when they were.</returns>
    public async Task<string?> ReleaseAsync(IReadOnlyList<(Runs.ArrayId Array, SlurmJob Job)> arrays)
    {
        var answer = await slurm.ReleaseAsync([.. arrays.Select(array => array.Job.Id)]);
        if (answer is not SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered)
            return WordsOf(answer);
        var now = time.GetUtcNow();
        // One that can't be released has ended or was cancelled by hand: whoever looks next finds out.
        journal.Append(arrays.Select(array => new JournalEvent.ArrayReleased { At = now, Array = array.Array }));
        return null;
    }

    /// <summary>What <c>sbatch</c> is called with, for sending and for showing.</summary>
    /// <param name="draft">The array.</param>
    /// <param name="script">Its script.</param>
    /// <param name="dependency">What it waits for.</param>
    /// <param name="project">The project.</param>
    public static SbatchRequest RequestOf(
        ArrayDraft draft,
        string script,
        JobDependency? dependency,
        ProjectFolder project
    ) =>
        new(script)
        {
            Hold = true,
            Tasks = draft.Indices,
            Dependency = dependency,
            WorkFolder = project.Root,
            // In Slurm's file names a percent sign begins a pattern.
            Extra =
            [
                $"--output={Path.Combine(project.JobLogsOf(draft.Id).Replace("%", "%%", StringComparison.Ordinal), "%A_%a.log")}",
            ],
        };

    /// <summary>What <c>sbatch --dependency</c> is told; null for an array that waits for nothing.</summary>
    public static JobDependency? DependencyOf(DraftWait wait, IReadOnlyDictionary<ArrayDraft, SlurmJob> jobs)
    {
        SlurmJobId IdOf(ArraySource source) => (source.Job ?? jobs[source.Draft!]).Id;
        return wait switch
        {
            DraftWait.Corresponding(var arrays) => JobDependency.All([
                .. arrays.Select(array =>
                    DependencyTerm.Of(DependencyKind.AfterCorresponding, [new JobReference.Whole(IdOf(array))])
                ),
            ]),
            DraftWait.Tasks(var sources) => JobDependency.AfterOk(
                sources.Select(source => new JobReference.Task(IdOf(source.Array), source.Index))
            ),
            _ => null,
        };
    }

    private void Write(ArrayDraft draft)
    {
        // A missing folder is no error to Slurm: the job fails without a word.
        Directory.CreateDirectory(project.JobLogsOf(draft.Id));
        var like = draft.Like;
        var header = new ArrayHeader
        {
            Array = draft.Id,
            Submission = like.Submission.Submission,
            Experiment = like.Submission.Experiment,
            Stage = draft.Stage.Name,
            At = time.GetUtcNow(),
            Code = like.Submission.Code,
            Memory = like.Ask.Memory,
            Cpus = like.Ask.Cpus,
            Walltime = like.Ask.Walltime?.TotalSeconds,
            Exclude = like.Ask.Exclude.Split(',', StringSplitOptions.RemoveEmptyEntries),
            MayRequeue = draft.Stage.MayRequeue,
            Script = ScriptOf(draft),
            Resolved = like.Submission.Resolved,
        };
        ArrayFile.Write(project.Arrays, header, draft.ToFile());
    }

    private JournalEvent.ArrayIntended IntentionOf(ArrayDraft draft) =>
        new()
        {
            At = time.GetUtcNow(),
            Array = draft.Id,
            Submission = draft.Like.Submission.Submission,
            Experiment = draft.Like.Submission.Experiment,
            Stage = draft.Stage.Name,
            Tasks = draft.Tasks.Count,
            JobName = draft.JobName,
        };

    // sbatch may have worked although its answer was lost: the job's name says so.
    private async Task<SlurmAnswer<SlurmJob>> SubmitAsync(ArrayDraft draft, Dictionary<ArrayDraft, SlurmJob> sent)
    {
        var answer = await slurm.SubmitAsync(
            RequestOf(draft, ScriptOf(draft), DependencyOf(draft.Wait, sent), project)
        );
        if (answer is not SlurmAnswer<SlurmJob>.Unanswered)
            return answer;
        foreach (var pause in LooksAfter)
        {
            await Task.Delay(pause, time);
            if (await FindAsync(draft) is { } found)
                return new SlurmAnswer<SlurmJob>.Answered(found);
        }
        return answer;
    }

    private async Task<SlurmJob?> FindAsync(ArrayDraft draft) =>
        await slurm.QueueAsync(new QueueQuery.Named(draft.JobName))
            is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: [var row, ..] }
            ? new SlurmJob(row.Job.Id, row.Job.Cluster)
            : null;

    private async Task<SendOutcome> TakeBackAsync(
        IReadOnlyList<ArrayDraft> drafts,
        ArrayDraft failed,
        Dictionary<ArrayDraft, SlurmJob> sent,
        SlurmAnswer<SlurmJob> answer
    )
    {
        var words = WordsOf(answer);
        var left = await CancelAsync([.. sent.Values]);
        var now = time.GetUtcNow();
        // The job of a call without an answer may still turn up, held: as it stays intended, the next command looks for it and takes it back.
        journal.Append(
            drafts
                .Where(draft => draft != failed || answer is not SlurmAnswer<SlurmJob>.Unanswered)
                .Select(draft => new JournalEvent.ArrayDropped
                {
                    At = now,
                    Array = draft.Id,
                    Reason = draft == failed ? words : $"taken back, since '{failed.JobName}' was not taken: {words}",
                })
        );
        return answer switch
        {
            SlurmAnswer<SlurmJob>.Refused refused => new SendOutcome.Refused(failed, words, refused.Kind, left),
            SlurmAnswer<SlurmJob>.Missing missing => new SendOutcome.NoSlurm(missing.Program),
            _ => new SendOutcome.Unanswered(failed, words, left),
        };
    }

    private async Task<IReadOnlyList<SlurmJob>> CancelAsync(IReadOnlyList<SlurmJob> jobs)
    {
        if (jobs.Count == 0)
            return [];
        var answer = await slurm.CancelAsync([.. jobs.Select(job => new JobReference.Whole(job.Id))]);
        return answer is SlurmAnswer<IReadOnlyList<RefusedJob>>.Answered ? [] : jobs;
    }

    private static string WordsOf<T>(SlurmAnswer<T> answer) =>
        answer switch
        {
            SlurmAnswer<T>.Refused refused => refused.Words,
            SlurmAnswer<T>.Unanswered { Words: { Length: > 0 } words } => words,
            SlurmAnswer<T>.Unanswered unanswered => $"no answer within {unanswered.After.TotalSeconds:0} s",
            SlurmAnswer<T>.Missing missing => $"'{missing.Program}' was not found",
            _ => "",
        };

    private string ScriptOf(ArrayDraft draft) => script.Render(draft, ArrayFile.PathOf(project.Arrays, draft.Id));
}
