using Microsoft.Data.Sqlite;
using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>Opens a database of results as it is safe on shared disks, and only one that this program knows.</summary>
internal static class ResultConnection
{
    /// <summary>How long a process waits for the others. A row may stand for hours of computing.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Opens for writing; makes folder, file and tables where they are missing.</summary>
    internal static SqliteConnection ForWriting(string path, TimeSpan patience)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate, patience);
        try
        {
            // Write-ahead logging needs shared memory, which no network file system gives. Says nothing where it is so already.
            connection.Run("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL");
            if (!Knows(connection, path))
                Create(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading, also on media that can't be written to. Null when the file is there and empty.</summary>
    internal static SqliteConnection? ForReading(string path, TimeSpan patience)
    {
        if (!File.Exists(path))
            throw new BadInputException(
                $"'{path}' does not exist: 'vq-benchmark run' and 'sweep' make it, or name another database with '--db-path'."
            );
        // Not read-only: what a killed writer left half done must be undone first. Where that can't be, SQLite opens read-only by itself.
        var connection = Open(path, SqliteOpenMode.ReadWrite, patience);
        try
        {
            if (Knows(connection, path))
                return connection;
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, TimeSpan patience)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(path),
                Mode = mode,
                // A connection that stays open would go on writing to a file that somebody has replaced.
                Pooling = false,
                // 0 would be for ever.
                DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
            }.ToString()
        );
        try
        {
            connection.Open();
            connection.Run($"PRAGMA busy_timeout={(long)patience.TotalMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // False for a file without tables.
    private static bool Knows(SqliteConnection connection, string path)
    {
        var version = connection.Number("PRAGMA user_version");
        var ours = connection.Number("PRAGMA application_id") == ResultSchema.Application;
        if (ours && version == ResultSchema.Version)
            return true;
        if (ours && version > ResultSchema.Version)
            throw new BadInputException(
                $"'{path}' was written by a newer vq-benchmark (tables of version {version}, this one knows {ResultSchema.Version}): use that one, or choose another path."
            );
        if (ours)
            throw new BadInputException(
                $"'{path}' was written by an older vq-benchmark (tables of version {version}, this one knows {ResultSchema.Version}): choose another path."
            );
        if (connection.Number("SELECT count(*) FROM sqlite_master") > 0)
            throw new BadInputException($"'{path}' is a database of another program: choose another path.");
        return false;
    }

    private static void Create(SqliteConnection connection, string path)
    {
        using var making = connection.BeginTransaction(deferred: false);
        // Somebody else may have made them while we waited.
        if (!Knows(connection, path))
            connection.Run(ResultSchema.Create);
        making.Commit();
    }
}
