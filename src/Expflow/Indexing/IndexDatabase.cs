using Microsoft.Data.Sqlite;

namespace Expflow.Indexing;

/// <summary>Opens the SQLite file of the index, makes its tables, and starts anew when it is of another version or broken.</summary>
internal static class IndexDatabase
{
    // Another number here makes every user's index be rebuilt at the next command; nothing else has to be done.
    private const long SchemaVersion = 5;

    private const string Schema = """
        CREATE TABLE files(name TEXT PRIMARY KEY, offset INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE submissions(id TEXT PRIMARY KEY, experiment TEXT NOT NULL, executor TEXT NOT NULL, pool TEXT) WITHOUT ROWID;
        CREATE TABLE runs(
            id INTEGER PRIMARY KEY,
            experiment TEXT NOT NULL,
            stage TEXT NOT NULL,
            position INTEGER NOT NULL,
            parameters TEXT NOT NULL,
            folder TEXT NOT NULL,
            needs TEXT NOT NULL,
            submission TEXT NOT NULL,
            state TEXT NOT NULL,
            flagged INTEGER NOT NULL,
            untouched INTEGER NOT NULL DEFAULT 1,
            elapsed REAL,
            code TEXT,
            started TEXT, ended TEXT, requeued TEXT, cancelled TEXT,
            array TEXT, task INTEGER NOT NULL DEFAULT 0, placed INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX runs_by_experiment ON runs(experiment, stage, state, flagged, elapsed, code);
        CREATE INDEX runs_untouched ON runs(experiment, submission, stage, array, task, untouched) WHERE untouched = 1;
        CREATE INDEX runs_to_name ON runs(experiment, state) WHERE untouched = 0 AND (state <> 'done' OR flagged = 1);
        CREATE TABLE arrays(
            id TEXT PRIMARY KEY, experiment TEXT, intended TEXT, submitted TEXT, released TEXT, dropped TEXT) WITHOUT ROWID;
        CREATE TABLE notes(position INTEGER PRIMARY KEY, experiment TEXT NOT NULL, note TEXT NOT NULL);
        """;

    public static SqliteConnection Open(string path)
    {
        try
        {
            return OpenAt(path);
        }
        // A cache that can't be read is a cache that isn't there.
        catch (SqliteException broken) when (MeansDamage(broken))
        {
            Delete(path);
            return OpenAt(path);
        }
    }

    public static SqliteConnection OpenInMemory() => Prepare(new SqliteConnection("Data Source=:memory:"));

    public static void Delete(string path)
    {
        foreach (var ending in (ReadOnlySpan<string>)["", "-wal", "-shm"])
            File.Delete(path + ending);
    }

    /// <summary>True when it is the file that is at fault, not the disk. Tables that should be there and aren't are told as a general error.</summary>
    public static bool MeansDamage(SqliteException broken) =>
        broken.SqliteErrorCode is NotADatabase or Corrupt or General;

    private const int General = 1;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private static SqliteConnection OpenAt(string path)
    {
        var connection = Prepare(
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString())
        );
        if (connection.Scalar("PRAGMA user_version") is SchemaVersion)
            return connection;
        connection.Dispose();
        Delete(path);
        return Prepare(new SqliteConnection($"Data Source={path};Pooling=False"));
    }

    private static SqliteConnection Prepare(SqliteConnection connection)
    {
        try
        {
            connection.Open();
            // Losing the last moments of a cache costs a second of reading; syncing costs that at every command.
            connection.Run("PRAGMA busy_timeout=10000; PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL;");
            using var making = connection.BeginTransaction();
            if (connection.Scalar("PRAGMA user_version") is 0L)
                connection.Run($"{Schema} PRAGMA user_version={SchemaVersion};");
            making.Commit();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
