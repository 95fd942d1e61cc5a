using Microsoft.Data.Sqlite;
using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>The results of many cells in one SQLite file: tables <c>runs</c> and <c>histograms</c>, view <c>summary</c>.</summary>
/// <remarks>
/// Many processes may write at once, on network file systems with locks too: each row is one short transaction under a rollback
/// journal, for which the others wait. The file is opened anew for each. Whoever is killed in a write leaves what stood there before.
/// </remarks>
/// <param name="path">The file; it and its folder are made by the first write.</param>
public sealed class ResultDatabase(string path)
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    internal TimeSpan Patience { get; init; } = ResultConnection.Patience;

    /// <summary>Whether it can be written to, before hours are spent on what goes into it. Makes file and tables.</summary>
    /// <exception cref="BadInputException">It can't, and why.</exception>
    public void Prepare() =>
        SqliteProblem.Told(
            Path,
            () =>
            {
                using var connection = ResultConnection.ForWriting(Path, Patience);
                using var transaction = connection.BeginTransaction(deferred: false);
                // Only a changed page shows a disk that is full or read-only.
                connection.Run($"PRAGMA user_version={ResultSchema.Version}");
                transaction.Commit();
                return true;
            }
        );

    /// <summary>Writes a row with its histograms in one transaction.</summary>
    /// <param name="row">The row.</param>
    /// <param name="repeated">What becomes of a done row of the same cell.</param>
    /// <param name="histograms">Its histograms, at most one of a kind; they take the place of older ones.</param>
    /// <returns>Whether it was written; false when a done row of the same cell was kept.</returns>
    /// <exception cref="BadInputException">Disk full, read-only, not a database, of another version, or locked for minutes.</exception>
    public bool Write(ResultRow row, RepeatedCell repeated, params IReadOnlyList<Histogram> histograms) =>
        SqliteProblem.Told(
            Path,
            () =>
            {
                using var connection = ResultConnection.ForWriting(Path, Patience);
                using var transaction = connection.BeginTransaction(deferred: false);
                using var writing = new ResultWriting(
                    connection,
                    repeated == RepeatedCell.Skip ? ResultWriting.Skip : ResultWriting.Replace
                );
                var written = writing.Write(row, histograms);
                transaction.Commit();
                return written;
            }
        );

    /// <summary>Identities of all cells that are done: what a sweep that goes on may leave out. Empty when there is no file yet.</summary>
    /// <exception cref="BadInputException">The file can't be read.</exception>
    public IReadOnlySet<string> DoneCells()
    {
        if (!File.Exists(Path) && !Directory.Exists(Path))
            return new HashSet<string>();
        return Read($"SELECT cell FROM runs WHERE status = '{ResultColumns.Done}'", reader => reader.GetString(0))
            .ToHashSet();
    }

    /// <summary>All rows, by method, label, configuration and seed.</summary>
    /// <exception cref="BadInputException">There is no such file, or it can't be read.</exception>
    public IReadOnlyList<ResultRow> Rows() =>
        Read(
            $"SELECT {ResultSchema.Names} FROM runs ORDER BY method, label, configuration, seed, cell",
            reader => new ResultReading(reader).Row()
        );

    /// <summary>All histograms by cell.</summary>
    /// <exception cref="BadInputException">There is no such file, or it can't be read.</exception>
    public ILookup<string, Histogram> Histograms() =>
        Read(
                "SELECT cell, kind, low, high, count FROM histograms ORDER BY cell, kind, low",
                reader =>
                    (
                        Cell: reader.GetString(0),
                        Kind: reader.GetString(1),
                        Low: reader.GetDouble(2),
                        High: reader.GetDouble(3),
                        Count: reader.GetInt64(4)
                    )
            )
            .GroupBy(bin => (bin.Cell, bin.Kind))
            .Select(bins =>
                (
                    bins.Key.Cell,
                    Histogram: new Histogram(
                        bins.Key.Kind,
                        [.. bins.Select(bin => bin.Low), bins.Last().High],
                        [.. bins.Select(bin => bin.Count)]
                    )
                )
            )
            .ToLookup(found => found.Cell, found => found.Histogram);

    /// <summary>Looks through the whole file for damage.</summary>
    /// <exception cref="BadInputException">It is damaged, and where.</exception>
    internal void Check()
    {
        var found = Read("PRAGMA quick_check(1)", reader => reader.GetString(0));
        if (found is [var damage] && damage != "ok")
            throw new BadInputException(SqliteProblem.Damaged(Path, damage));
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> each) =>
        SqliteProblem.Told(
            Path,
            () =>
            {
                using var connection = ResultConnection.ForReading(Path, Patience);
                return connection is null ? [] : connection.Query(sql).Select(each).ToList();
            }
        );
}
