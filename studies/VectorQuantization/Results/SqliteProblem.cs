using Microsoft.Data.Sqlite;
using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>What SQLite refuses, as a sentence for people.</summary>
internal static class SqliteProblem
{
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    private const int ReadOnlyRollback = ReadOnly | (3 << 8);
    private const int InputOutputLock = InputOutput | (15 << 8);

    /// <summary>Does something with the database, and refuses in our words where SQLite does in its own.</summary>
    /// <exception cref="BadInputException">The file, the disk or a lock stands in the way.</exception>
    internal static T Told<T>(string path, Func<T> work)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"'{path}' is a folder: name a file in it.");
        try
        {
            return work();
        }
        catch (SqliteException refused)
        {
            throw new BadInputException(Of(path, refused), refused);
        }
        catch (Exception refused) when (refused is FormatException or InvalidCastException or OverflowException)
        {
            throw new BadInputException(
                $"'{path}' holds a row that no vq-benchmark wrote ({refused.Message.TrimEnd('.')}): delete that row, or choose another path.",
                refused
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"'{path}' can't be opened ({refused.Message.TrimEnd('.')}): choose another path.",
                refused
            );
        }
    }

    internal static string Of(string path, SqliteException refused) =>
        refused.SqliteExtendedErrorCode switch
        {
            ReadOnlyRollback =>
                $"'{path}' was left in the middle of a write and can't be put right here, where it is read-only: open it once where it can be written to.",
            InputOutputLock =>
                $"'{path}' is on a file system that gives no locks: keep the database on another disk, and bring several together with 'vq-benchmark merge'.",
            _ => ByKind(path, refused),
        };

    private static string ByKind(string path, SqliteException refused) =>
        refused.SqliteErrorCode switch
        {
            Full =>
                $"'{path}' can't grow: its disk is full. Nothing of this was written, and what stood there still does: free some space, or choose another disk.",
            ReadOnly or Permission => $"'{path}' can't be written to: allow it, or choose another path.",
            CannotOpen => CannotOpenText(path),
            NotADatabase => $"'{path}' is not an SQLite database: name another file.",
            Corrupt => Damaged(path, Message(refused)),
            Busy or Locked =>
                $"'{path}' is locked by another process and stayed so: end that one, or write to a database of your own and merge later.",
            Protocol or InputOutput =>
                $"'{path}' can't be read or written ({Message(refused)}): look at the disk, or choose another.",
            Error => $"'{path}' has not the tables that this program makes ({Message(refused)}): choose another path.",
            _ => $"'{path}' can't be used ({Message(refused)}): choose another path.",
        };

    internal static string Damaged(string path, string how) =>
        $"'{path}' is damaged ({how.ReplaceLineEndings(" ")}): move it away; 'sqlite3 FILE .recover' saves what can still be read.";

    private static string CannotOpenText(string path) =>
        File.Exists(path)
            ? $"'{path}' can't be opened: you may not read it, or not write beside it. Allow it, or choose another path."
            : $"'{path}' can't be made: its folder can't be written to. Choose another path.";

    // SQLite Error 11: 'database disk image is malformed'.
    private static string Message(SqliteException refused)
    {
        var parts = refused.Message.Split('\'');
        return parts.Length >= 3 ? string.Join('\'', parts[1..^1]) : refused.Message;
    }
}
