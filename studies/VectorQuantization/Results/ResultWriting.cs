using Microsoft.Data.Sqlite;

namespace VectorQuantization.Results;

/// <summary>Puts rows into an open database, inside the caller's transaction.</summary>
internal sealed class ResultWriting : IDisposable
{
    private const string NewDone = $"excluded.status = '{ResultColumns.Done}'";
    private const string OldFailed = $"runs.status = '{ResultColumns.Failed}'";

    /// <summary>A done row that stands is kept.</summary>
    internal const string Skip = OldFailed;

    /// <summary>A done row takes the place of any.</summary>
    internal const string Replace = $"{NewDone} OR {OldFailed}";

    /// <summary>Done goes before failed, and later begun before earlier.</summary>
    internal const string Newer =
        $"({NewDone} AND {OldFailed}) OR (excluded.status = runs.status AND excluded.started > runs.started)";

    private readonly SqliteCommand row;
    private readonly SqliteCommand forget;
    private readonly SqliteCommand bin;

    internal ResultWriting(SqliteConnection connection, string wins)
    {
        row = connection.CreateCommand();
        row.CommandText = ResultSchema.Insert(wins);
        foreach (var column in ResultColumns.All)
            row.Parameters.Add(new SqliteParameter { ParameterName = '$' + column.Name });
        forget = connection.CreateCommand();
        forget.CommandText = "DELETE FROM histograms WHERE cell = $cell";
        forget.Parameters.Add(new SqliteParameter { ParameterName = "$cell" });
        bin = connection.CreateCommand();
        bin.CommandText =
            "INSERT INTO histograms(cell, kind, low, high, count) VALUES($cell, $kind, $low, $high, $count)";
        foreach (var name in (ReadOnlySpan<string>)["$cell", "$kind", "$low", "$high", "$count"])
            bin.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    /// <summary>Writes a row with its histograms.</summary>
    /// <returns>Whether it stands there now; false when another of the same cell was kept.</returns>
    internal bool Write(ResultRow result, IEnumerable<Histogram> histograms)
    {
        for (var i = 0; i < ResultColumns.All.Count; i++)
            row.Parameters[i].Value = Stored(ResultColumns.All[i].Of(result));
        if (row.ExecuteNonQuery() == 0)
            return false;
        forget.Parameters[0].Value = result.Cell.Id;
        forget.ExecuteNonQuery();
        foreach (var histogram in histograms)
            Write(result.Cell.Id, histogram.Trimmed());
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        row.Dispose();
        forget.Dispose();
        bin.Dispose();
    }

    private void Write(string cell, Histogram histogram)
    {
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            bin.Parameters[0].Value = cell;
            bin.Parameters[1].Value = histogram.Kind;
            bin.Parameters[2].Value = histogram.Edges[i];
            bin.Parameters[3].Value = histogram.Edges[i + 1];
            bin.Parameters[4].Value = histogram.Counts[i];
            bin.ExecuteNonQuery();
        }
    }

    // SQLite has no NaN: it would store NULL, and the driver refuses before that.
    private static object Stored(object? value) => value is null or double.NaN ? DBNull.Value : value;
}
