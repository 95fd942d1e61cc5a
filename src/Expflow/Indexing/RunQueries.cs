using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Runs;
using Expflow.Tracking;
using Microsoft.Data.Sqlite;

namespace Expflow.Indexing;

/// <summary>The SQL of the index.</summary>
internal sealed partial class RunQueries(SqliteConnection connection)
{
    private const string RunColumns =
        "id, experiment, stage, parameters, folder, needs, submission, started, ended, requeued, cancelled, array, task, placed";

    // As the partial index has it, word for word: only then is it used.
    private const string ToName = "untouched = 0 AND (state <> 'done' OR flagged = 1)";

    public void Clear() =>
        connection.Run(
            "DELETE FROM files; DELETE FROM submissions; DELETE FROM runs; DELETE FROM arrays; DELETE FROM notes;"
        );

    public Dictionary<string, long> Offsets()
    {
        using var command = Command("SELECT name, offset FROM files");
        using var rows = command.ExecuteReader();
        var offsets = new Dictionary<string, long>();
        while (rows.Read())
            offsets[rows.GetString(0)] = rows.GetInt64(1);
        return offsets;
    }

    public void SaveOffsets(IEnumerable<KeyValuePair<string, long>> offsets)
    {
        foreach (var (name, offset) in offsets)
        {
            using var command = Command(
                "INSERT INTO files VALUES(@name, @offset) ON CONFLICT(name) DO UPDATE SET offset = @offset",
                ("@name", name),
                ("@offset", offset)
            );
            command.ExecuteNonQuery();
        }
    }

    public void ForgetFiles(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            using var command = Command("DELETE FROM files WHERE name = @name", ("@name", name));
            command.ExecuteNonQuery();
        }
    }

    public IReadOnlyList<string> Experiments() =>
        Texts(Command("SELECT DISTINCT experiment FROM submissions ORDER BY 1"));

    public IReadOnlyList<SubmissionId> Submissions(string experiment) =>
        [
            .. Texts(
                    Command(
                        "SELECT id FROM submissions WHERE experiment = @experiment ORDER BY 1",
                        ("@experiment", experiment)
                    )
                )
                .Select(text => SubmissionId.TryParse(text, out var id) ? id : default),
        ];

    public IReadOnlyList<StateCount> Counts(string experiment)
    {
        using var command = Command(
            """
            SELECT stage, state, count(*), sum(flagged), total(elapsed)
            FROM runs WHERE experiment = @experiment GROUP BY stage, state
            """,
            ("@experiment", experiment)
        );
        using var rows = command.ExecuteReader();
        var counts = new List<StateCount>();
        while (rows.Read())
            counts.Add(
                new(rows.GetString(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3), rows.GetDouble(4))
            );
        return counts;
    }

    public IReadOnlyDictionary<SubmissionId, int> DoneBySubmission(string experiment)
    {
        using var command = Command(
            "SELECT code, count(*) FROM runs WHERE experiment = @experiment AND state = 'done' AND code IS NOT NULL GROUP BY code",
            ("@experiment", experiment)
        );
        using var rows = command.ExecuteReader();
        var counts = new Dictionary<SubmissionId, int>();
        while (rows.Read())
            if (SubmissionId.TryParse(rows.GetString(0), out var submission))
                counts[submission] = rows.GetInt32(1);
        return counts;
    }

    public IReadOnlyList<string> StagesOf(SubmissionId submission) =>
        Texts(
            Command(
                "SELECT DISTINCT stage FROM runs WHERE submission = @submission",
                ("@submission", submission.ToString())
            )
        );

    public IReadOnlyList<TrackedRun> Runs(string experiment, bool settledToo)
    {
        var unsettled = settledToo ? "" : "AND (state <> 'done' OR flagged = 1)";
        return Tracked(
            Command(
                $"SELECT {RunColumns} FROM runs WHERE experiment = @experiment {unsettled} ORDER BY position",
                ("@experiment", experiment)
            )
        );
    }

    /// <summary>The runs of an experiment of which there is something to say: not those that are done, nor those that only wait for their turn.</summary>
    public IReadOnlyList<TrackedRun> Notable(string experiment, SubmissionId newest)
    {
        // What waits behind something that failed has a reason to show; when nothing failed, nothing does.
        var nothingFailed =
            One(
                Command(
                    $"SELECT 1 FROM runs WHERE experiment = @experiment AND {ToName} AND state IN ('failed', 'cancelled') LIMIT 1",
                    ("@experiment", experiment)
                )
            )
            is null;
        var waits = nothingFailed ? "" : "AND needs = ''";
        var behind = nothingFailed
            ? ""
            : "UNION ALL SELECT id FROM runs WHERE experiment = @experiment AND untouched = 1 AND submission = @newest AND needs <> ''";
        return Tracked(
            Command(
                $"""
                SELECT {RunColumns} FROM runs WHERE id IN (
                    SELECT id FROM runs WHERE experiment = @experiment AND {ToName}
                    AND NOT (state = 'pending' AND ended IS NULL AND requeued IS NULL AND submission = @newest {waits})
                    UNION ALL
                    SELECT id FROM runs WHERE experiment = @experiment AND untouched = 1 AND submission < @newest
                    {behind})
                ORDER BY position
                """,
                ("@experiment", experiment),
                ("@newest", newest.ToString())
            )
        );
    }

    /// <summary>These runs.</summary>
    public IReadOnlyList<TrackedRun> Runs(IEnumerable<RunId> ids)
    {
        using var command = Command($"SELECT {RunColumns} FROM runs WHERE id = @id", ("@id", null));
        var runs = new List<TrackedRun>();
        foreach (var id in ids)
        {
            Set(command, "@id", unchecked((long)id.Bits));
            runs.AddRange(Read(command));
        }
        return runs;
    }

    public IReadOnlyList<TrackedRun> Find(string idPrefix) =>
        Tracked(
            Command(
                $"SELECT {RunColumns} FROM runs WHERE printf('%016x', id) LIKE @prefix || '%' ORDER BY experiment, position",
                ("@prefix", idPrefix)
            )
        );

    public IReadOnlyList<JournalEvent.Noted> Notes(string experiment) =>
        [
            .. Texts(
                    Command(
                        "SELECT note FROM notes WHERE experiment = @experiment ORDER BY position",
                        ("@experiment", experiment)
                    )
                )
                .Select(JournalText.Read)
                .OfType<JournalEvent.Noted>(),
        ];

    public void AddNote(JournalEvent.Noted noted)
    {
        using var command = Command(
            "INSERT INTO notes(experiment, note) VALUES(@experiment, @note)",
            ("@experiment", noted.Experiment),
            ("@note", JournalText.Write(noted))
        );
        command.ExecuteNonQuery();
    }

    public void AddManifest(Manifest manifest, Executor executor, PoolName? pool)
    {
        using var submission = Command(
            "INSERT OR REPLACE INTO submissions(id, experiment, executor, pool) VALUES(@id, @experiment, @executor, @pool)",
            ("@id", manifest.Header.Submission.ToString()),
            ("@experiment", manifest.Header.Experiment),
            ("@executor", executor.Word),
            ("@pool", pool?.ToString())
        );
        submission.ExecuteNonQuery();

        // Submissions are taken in the order of their ids, which is that of time; a run keeps its first place.
        var position = Convert.ToInt64(connection.Scalar("SELECT coalesce(max(position), 0) FROM runs"));
        using var insert = Command(
            """
            INSERT INTO runs(id, experiment, stage, position, parameters, folder, needs, submission, state, flagged)
            VALUES(@id, @experiment, @stage, @position, @parameters, @folder, @needs, @submission, 'pending', 0)
            ON CONFLICT(id) DO UPDATE SET submission = max(submission, @submission), folder = @folder
            """,
            ("@id", null),
            ("@experiment", manifest.Header.Experiment),
            ("@stage", null),
            ("@position", null),
            ("@parameters", null),
            ("@folder", null),
            ("@needs", null),
            ("@submission", manifest.Header.Submission.ToString())
        );
        foreach (var run in manifest.Runs)
        {
            insert.Parameters["@id"].Value = unchecked((long)run.Id.Bits);
            insert.Parameters["@stage"].Value = run.Stage;
            insert.Parameters["@position"].Value = ++position;
            insert.Parameters["@parameters"].Value = run.Parameters;
            insert.Parameters["@folder"].Value = run.Folder;
            insert.Parameters["@needs"].Value = string.Join(' ', run.Needs);
            insert.ExecuteNonQuery();
        }
    }

    public RunHistory History(RunId run)
    {
        using var command = Command(
            "SELECT started, ended, requeued, cancelled FROM runs WHERE id = @id",
            ("@id", unchecked((long)run.Bits))
        );
        using var rows = command.ExecuteReader();
        return rows.Read() ? HistoryAt(rows, 0) : RunHistory.Empty;
    }

    /// <returns>How many of the runs are not known from any manifest; they are not kept.</returns>
    public int SaveHistories(IReadOnlyDictionary<RunId, RunHistory> histories)
    {
        using var update = Command(
            """
            UPDATE runs SET state = @state, flagged = @flagged, untouched = @untouched, elapsed = @elapsed, code = @code,
                started = @started, ended = @ended, requeued = @requeued, cancelled = @cancelled
            WHERE id = @id
            """,
            ("@id", null),
            ("@state", null),
            ("@flagged", null),
            ("@untouched", null),
            ("@elapsed", null),
            ("@code", null),
            ("@started", null),
            ("@ended", null),
            ("@requeued", null),
            ("@cancelled", null)
        );
        var unknown = 0;
        foreach (var (run, history) in histories)
        {
            Set(update, "@id", unchecked((long)run.Bits));
            Set(update, "@state", history.State.Word);
            Set(update, "@flagged", history.Ended?.Flags.Count > 0 ? 1 : 0);
            Set(update, "@untouched", history == RunHistory.Empty ? 1 : 0);
            Set(update, "@elapsed", history.Ended?.Elapsed);
            Set(update, "@code", history.Started?.Submission.ToString());
            Set(update, "@started", TextOf(history.Started));
            Set(update, "@ended", TextOf(history.Ended));
            Set(update, "@requeued", TextOf(history.Requeued));
            Set(update, "@cancelled", TextOf(history.Cancelled));
            unknown += 1 - update.ExecuteNonQuery();
        }
        return unknown;
    }

    private static string? TextOf(JournalEvent? happened) => happened is null ? null : JournalText.Write(happened);

    private static object? One(SqliteCommand query)
    {
        using var command = query;
        return command.ExecuteScalar();
    }

    private static List<TrackedRun> Tracked(SqliteCommand query)
    {
        using var command = query;
        return Read(command);
    }

    private static List<TrackedRun> Read(SqliteCommand command)
    {
        using var rows = command.ExecuteReader();
        var runs = new List<TrackedRun>();
        while (rows.Read())
            runs.Add(
                new(
                    rows.GetString(1),
                    new(
                        RunId.FromBits(unchecked((ulong)rows.GetInt64(0))),
                        rows.GetString(2),
                        rows.GetString(3),
                        rows.GetString(4),
                        NeedsOf(rows.GetString(5))
                    ),
                    SubmissionId.TryParse(rows.GetString(6), out var submission) ? submission : default,
                    HistoryAt(rows, 7)
                )
                {
                    Array = ArrayAt(rows, 11),
                    Task = rows.GetInt32(12),
                    Placed = rows.GetInt32(13),
                }
            );
        return runs;
    }

    private static RunId[] NeedsOf(string text) =>
        text.Length == 0 ? [] : [.. text.Split(' ').Select(need => RunId.TryParse(need, out var id) ? id : default)];

    private static RunHistory HistoryAt(SqliteDataReader rows, int column) =>
        new()
        {
            Started = At<JournalEvent.AttemptStarted>(rows, column),
            Ended = At<JournalEvent.AttemptEnded>(rows, column + 1),
            Requeued = At<JournalEvent.Requeued>(rows, column + 2),
            Cancelled = At<JournalEvent.Cancelled>(rows, column + 3),
        };

    private static T? At<T>(SqliteDataReader rows, int column)
        where T : JournalEvent => rows.IsDBNull(column) ? null : JournalText.Read(rows.GetString(column)) as T;

    private static List<string> Texts(SqliteCommand query)
    {
        using var command = query;
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private static void Set(SqliteCommand command, string name, object? value) =>
        command.Parameters[name].Value = value ?? DBNull.Value;
}
