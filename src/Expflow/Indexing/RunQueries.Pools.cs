using Expflow.Runs;
using Expflow.Tracking;

namespace Expflow.Indexing;

/// <content>The SQL of what pools carry out.</content>
internal sealed partial class RunQueries
{
    /// <summary>The pool into whose queue a submission went; null when it went into none.</summary>
    public PoolName? PoolOf(SubmissionId submission) =>
        One(Command("SELECT pool FROM submissions WHERE id = @id", ("@id", submission.ToString()))) is string text
        && PoolName.TryParse(text, out var pool)
            ? pool
            : null;

    public bool IsSubmitted(SubmissionId submission) =>
        One(Command("SELECT 1 FROM submissions WHERE id = @id", ("@id", submission.ToString()))) is not null;

    /// <summary>The experiments that ever had runs in a pool, by name.</summary>
    public IReadOnlyList<string> ExperimentsIn(PoolName pool) =>
        Texts(
            Command(
                "SELECT DISTINCT experiment FROM submissions WHERE pool = @pool ORDER BY 1",
                ("@pool", pool.ToString())
            )
        );

    /// <summary>The runs of an experiment of which an attempt is under way.</summary>
    public IReadOnlyList<TrackedRun> Running(string experiment) =>
        Tracked(
            Command(
                $"SELECT {RunColumns} FROM runs WHERE experiment = @experiment AND {ToName} AND state = 'running' ORDER BY position",
                ("@experiment", experiment)
            )
        );

    /// <summary>How many runs of an experiment have got done since a moment.</summary>
    public int DoneSince(string experiment, DateTimeOffset since) =>
        Convert.ToInt32(
            One(
                Command(
                    "SELECT count(*) FROM runs WHERE experiment = @experiment AND state = 'done' AND julianday(json_extract(ended, '$.at')) >= julianday(@since)",
                    ("@experiment", experiment),
                    ("@since", since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss"))
                )
            )
        );
}
