using Expflow.Arrays;
using Expflow.Journal;
using Expflow.Runs;
using Expflow.Tracking;
using Microsoft.Data.Sqlite;

namespace Expflow.Indexing;

/// <content>The SQL of job arrays.</content>
internal sealed partial class RunQueries
{
    private const string ArrayColumns = "intended, submitted, released, dropped";

    public Executor ExecutorOf(SubmissionId submission)
    {
        using var command = Command("SELECT executor FROM submissions WHERE id = @id", ("@id", submission.ToString()));
        return ExecutorWords.Of(command.ExecuteScalar() as string);
    }

    /// <summary>All arrays of an experiment, oldest first.</summary>
    public IReadOnlyList<ArrayHistory> Arrays(string experiment)
    {
        using var command = Command(
            $"SELECT {ArrayColumns} FROM arrays WHERE experiment = @experiment ORDER BY id",
            ("@experiment", experiment)
        );
        return ArraysOf(command);
    }

    public IReadOnlyList<ArrayHistory> OpenArrays()
    {
        using var command = Command(
            $"SELECT {ArrayColumns} FROM arrays WHERE released IS NULL AND dropped IS NULL ORDER BY id"
        );
        return ArraysOf(command);
    }

    public ArrayHistory Array(ArrayId array)
    {
        using var command = Command($"SELECT {ArrayColumns} FROM arrays WHERE id = @id", ("@id", array.ToString()));
        return ArraysOf(command) is [var known] ? known : ArrayHistory.Empty;
    }

    public void SaveArray(ArrayId array, ArrayHistory history)
    {
        using var command = Command(
            """
            INSERT OR REPLACE INTO arrays(id, experiment, intended, submitted, released, dropped)
            VALUES(@id, @experiment, @intended, @submitted, @released, @dropped)
            """,
            ("@id", array.ToString()),
            ("@experiment", history.Intended?.Experiment),
            ("@intended", TextOf(history.Intended)),
            ("@submitted", TextOf(history.Submitted)),
            ("@released", TextOf(history.Released)),
            ("@dropped", TextOf(history.Dropped))
        );
        command.ExecuteNonQuery();
    }

    /// <summary>The array carries these runs out from now on, unless a newer order has placed them.</summary>
    public void Place(ArrayId array, IReadOnlyList<PlacedRun> tasks)
    {
        using var update = Command(
            """
            UPDATE runs SET array = @array, task = @task, placed = @turn
            WHERE id = @id AND (array IS NULL OR (placed, array) < (@turn, @array))
            """,
            ("@array", array.ToString()),
            ("@task", null),
            ("@turn", null),
            ("@id", null)
        );
        foreach (var (index, run, turn) in tasks)
        {
            Set(update, "@task", index);
            Set(update, "@turn", turn);
            Set(update, "@id", unchecked((long)run.Bits));
            update.ExecuteNonQuery();
        }
    }

    /// <summary>The array carries nothing out: its runs are free for another.</summary>
    public void Free(ArrayId array)
    {
        using var command = Command(
            "UPDATE runs SET array = NULL, task = 0, placed = 0 WHERE array = @array",
            ("@array", array.ToString())
        );
        command.ExecuteNonQuery();
    }

    /// <summary>The runs of an experiment that have not ended.</summary>
    public OpenRuns Open(string experiment)
    {
        if (Submissions(experiment) is not [.., var newest])
            return OpenRuns.None;
        const string columns =
            "id, stage, array, task, CASE state WHEN 'running' THEN started END, placed, requeued, cancelled";
        using var command = Command(
            $"""
            SELECT {columns} FROM runs
            WHERE experiment = @experiment AND {ToName} AND state IN ('pending', 'running')
            UNION ALL
            SELECT {columns} FROM runs WHERE experiment = @experiment AND untouched = 1 AND submission < @newest
            """,
            ("@experiment", experiment),
            ("@newest", newest.ToString())
        );
        return new(TasksOf(command), Untouched(experiment, newest));
    }

    /// <summary>Those of untouched runs whose tasks are not from the first to the last of these numbers.</summary>
    public IReadOnlyList<OpenTask> Outside(UntouchedTasks group, int first, int last)
    {
        using var command = Command(
            """
            SELECT id, stage, array, task, NULL, 0, NULL, NULL FROM runs
            WHERE untouched = 1 AND experiment = @experiment AND submission = @submission AND stage = @stage
            AND array IS @array AND NOT (task BETWEEN @first AND @last)
            """,
            ("@experiment", group.Experiment),
            ("@submission", group.Submission.ToString()),
            ("@stage", group.Stage),
            ("@array", group.Array?.ToString()),
            ("@first", first),
            ("@last", last)
        );
        return TasksOf(command);
    }

    private List<UntouchedTasks> Untouched(string experiment, SubmissionId newest)
    {
        using var command = Command(
            """
            SELECT stage, array, count(*), min(task), max(task) FROM runs
            WHERE untouched = 1 AND experiment = @experiment AND submission = @newest GROUP BY stage, array
            """,
            ("@experiment", experiment),
            ("@newest", newest.ToString())
        );
        using var rows = command.ExecuteReader();
        var groups = new List<UntouchedTasks>();
        while (rows.Read())
            groups.Add(
                new(experiment, newest, rows.GetString(0), ArrayAt(rows, 1))
                {
                    Runs = rows.GetInt32(2),
                    First = rows.GetInt32(3),
                    Last = rows.GetInt32(4),
                }
            );
        return groups;
    }

    private static List<OpenTask> TasksOf(SqliteCommand query)
    {
        using var rows = query.ExecuteReader();
        var tasks = new List<OpenTask>();
        var (array, stage) = (default(ArrayId?), "");
        while (rows.Read())
        {
            // Tens of thousands in a row are of one array and one stage.
            if (rows.IsDBNull(2))
                array = null;
            else if (rows.GetString(2) is var text && text != array?.ToString())
                array = ArrayId.TryParse(text, out var read) ? read : null;
            if (rows.GetString(1) is var name && name != stage)
                stage = name;
            tasks.Add(
                new(
                    RunId.FromBits(unchecked((ulong)rows.GetInt64(0))),
                    stage,
                    rows.GetInt32(5) >= TurnAt(rows, 6) ? array : null,
                    rows.GetInt32(3),
                    At<JournalEvent.AttemptStarted>(rows, 4)
                )
            );
        }
        return tasks;
    }

    private static int TurnAt(SqliteDataReader rows, int column) =>
        new RunHistory
        {
            Requeued = At<JournalEvent.Requeued>(rows, column),
            Cancelled = At<JournalEvent.Cancelled>(rows, column + 1),
        }.Turn;

    private static ArrayId? ArrayAt(SqliteDataReader rows, int column) =>
        !rows.IsDBNull(column) && ArrayId.TryParse(rows.GetString(column), out var array) ? array : null;

    private static List<ArrayHistory> ArraysOf(SqliteCommand query)
    {
        using var rows = query.ExecuteReader();
        var arrays = new List<ArrayHistory>();
        while (rows.Read())
            arrays.Add(
                new()
                {
                    Intended = At<JournalEvent.ArrayIntended>(rows, 0),
                    Submitted = At<JournalEvent.ArraySubmitted>(rows, 1),
                    Released = At<JournalEvent.ArrayReleased>(rows, 2),
                    Dropped = At<JournalEvent.ArrayDropped>(rows, 3),
                }
            );
        return arrays;
    }
}
