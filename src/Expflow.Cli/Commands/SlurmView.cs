using Expflow.Runs;
using Expflow.Slurm;
using Expflow.Tracking;
using Expflow.Witnesses;

namespace Expflow.Cli.Commands;

/// <summary>How runs stand with Slurm, as of one look.</summary>
internal sealed class SlurmView(
    IReadOnlyList<ArrayHistory> arrays,
    TaskPlaces places,
    QueuePicture picture,
    QueueLook look,
    IReadOnlyDictionary<RunId, LeftTask> left,
    IReadOnlyDictionary<string, IReadOnlyList<AlikeTasks>> open
)
{
    private const string Settles = "the next 'expflow submit' of it puts that right";
    private const string NotKnownYet = "left the queue; how it ended isn't known yet";

    private readonly Dictionary<QueuedJob, SlurmStanding> alike = new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<ArrayId> doubtful =
    [
        .. arrays.Where(array => array.IsInDoubt).Select(array => array.Intended?.Array ?? default),
    ];

    /// <summary>Nothing of what was looked for is on Slurm.</summary>
    public static SlurmView Nothing { get; } =
        new(
            [],
            new([]),
            new([]),
            QueueLook.Nothing,
            new Dictionary<RunId, LeftTask>(),
            new Dictionary<string, IReadOnlyList<AlikeTasks>>()
        );

    /// <summary>The look at the queue.</summary>
    public QueueLook Look => look;

    /// <summary>Whether a command is at work that submits.</summary>
    public bool IsBeingSubmitted { get; init; }

    /// <summary>How many job arrays may have something in the queue.</summary>
    public int Jobs { get; init; }

    /// <summary>The experiments that are on Slurm.</summary>
    public IReadOnlyCollection<string> Experiments => [.. open.Keys];

    /// <summary>The runs of an experiment that haven't ended; none of one that isn't on Slurm.</summary>
    public IReadOnlyList<AlikeTasks> Open(string experiment) => open.GetValueOrDefault(experiment, []);

    /// <summary>How a run stands, in words that it shares with all that one row of the queue speaks of: the job is that of any of them.</summary>
    public SlurmStanding Like(OpenTask task)
    {
        if (places.Of(task) is not { } at || picture.Find(at) is not { } row)
            return Of(task.Run, places.Of(task), task.Array);
        if (!alike.TryGetValue(row, out var standing))
            alike[row] = standing = Held(SlurmStanding.Of(row, at));
        return standing;
    }

    /// <summary>How a run stands that has not ended; null for the others.</summary>
    public SlurmStanding? Of(TrackedRun run) =>
        open.ContainsKey(run.Experiment) && run.History.State is RunState.Pending or RunState.Running
            ? Of(run.Run.Id, places.Of(run), run.IsPlaced ? run.Array : null)
            : null;

    private SlurmStanding Held(SlurmStanding standing) =>
        standing.Place == SlurmPlace.HeldByExpflow && !IsBeingSubmitted
            ? standing with
            {
                Words = $"held, since its submission was cut short; {Settles}",
            }
            : standing;

    private SlurmStanding Left(RunId run, TaskPlace at)
    {
        var known = left.GetValueOrDefault(run);
        return known is { Why: null }
            ? SlurmStanding.Without(
                SlurmPlace.Unsubmitted,
                at.Job,
                "its job is over; it has still to be submitted again"
            )
            : SlurmStanding.Without(SlurmPlace.Left, at.Job, known?.Why ?? NotKnownYet);
    }

    private SlurmStanding Of(RunId run, TaskPlace? place, ArrayId? array)
    {
        if (place is not { } at)
            return array is { } sent && doubtful.Contains(sent)
                ? SlurmStanding.Without(
                    SlurmPlace.InDoubt,
                    null,
                    IsBeingSubmitted ? "is being submitted" : $"its submission was cut short; {Settles}"
                )
                : SlurmStanding.Without(SlurmPlace.Unsubmitted, null, "has still to be submitted");
        if (look.Unknown.Contains(at.Array.Job.Id))
            return SlurmStanding.Without(SlurmPlace.Unasked, at.Job, "Slurm could not be asked");
        return picture.Find(at) is { } row ? Held(SlurmStanding.Of(row, at)) : Left(run, at);
    }
}
