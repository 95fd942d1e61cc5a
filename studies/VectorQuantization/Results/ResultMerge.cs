using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>What came of one source.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Cells">Rows that it holds.</param>
/// <param name="Taken">How many of them the target lacked, had as failed, or had from earlier.</param>
public sealed record MergedSource(string Path, int Cells, int Taken);

/// <summary>What came of a merge.</summary>
/// <param name="Sources">What was merged, in the order given.</param>
/// <param name="Problems">Why others were left out.</param>
public sealed record MergeOutcome(IReadOnlyList<MergedSource> Sources, IReadOnlyList<string> Problems);

/// <summary>Brings the databases of several jobs into one.</summary>
/// <remarks>
/// Of a cell that several have, the done row that was begun last is kept; failed never goes before done. Repeating a merge changes
/// nothing. The target changes in one transaction, and a new one appears whole: a kill leaves it as it was. Others may write meanwhile.
/// </remarks>
public static class ResultMerge
{
    private sealed record Source(string Path, IReadOnlyList<ResultRow> Rows, ILookup<string, Histogram> Histograms);

    /// <summary>Merges.</summary>
    /// <param name="given">Databases, or folders of which every <c>*.db</c> below is taken; they are only read.</param>
    /// <param name="target">Where all goes: a new file, or one that stands and keeps what it has.</param>
    /// <exception cref="BadInputException">A source does not exist, or the target can't be written to.</exception>
    public static MergeOutcome Into(string target, IEnumerable<string> given)
    {
        var problems = new List<string>();
        var sources = MergeSources.Find(given, target).Select(path => Read(path, problems)).OfType<Source>().ToList();
        var merged = sources.Count == 0 ? [] : SqliteProblem.Told(target, () => WriteTo(target, sources));
        return new MergeOutcome(merged, problems);
    }

    private static Source? Read(string path, List<string> problems)
    {
        try
        {
            var database = new ResultDatabase(path);
            database.Check();
            return new Source(path, database.Rows(), database.Histograms());
        }
        catch (BadInputException refused)
        {
            problems.AddRange(refused.Problems);
            return null;
        }
    }

    private static List<MergedSource> WriteTo(string target, List<Source> sources)
    {
        if (File.Exists(target))
            return Write(target, sources);
        var unfinished = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            var merged = Write(unfinished, sources);
            File.Move(unfinished, target, overwrite: false);
            return merged;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static List<MergedSource> Write(string path, List<Source> sources)
    {
        using var connection = ResultConnection.ForWriting(path, ResultConnection.Patience);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var writing = new ResultWriting(connection, ResultWriting.Newer);
        var merged = sources
            .Select(source => new MergedSource(
                source.Path,
                source.Rows.Count,
                source.Rows.Count(row => writing.Write(row, source.Histograms[row.Cell.Id]))
            ))
            .ToList();
        transaction.Commit();
        return merged;
    }
}
