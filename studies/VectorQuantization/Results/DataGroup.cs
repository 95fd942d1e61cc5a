using System.Globalization;

namespace VectorQuantization.Results;

/// <summary>All results on the same data: only these can be compared with each other.</summary>
public sealed class DataGroup
{
    private DataGroup(string name, IReadOnlyList<ResultRow> rows)
    {
        Name = name;
        Data = rows[0].Data;
        Failed = [.. rows.Where(row => !row.IsDone)];
        Configurations =
        [
            .. rows.Where(row => row.IsDone)
                .GroupBy(row => row.Cell.Configuration)
                .Select(seeds => new Configuration([.. seeds.OrderBy(row => row.Cell.Seed)]))
                .OrderBy(found => found.Method, StringComparer.Ordinal)
                .ThenBy(found => found.Seeds[0].Size.BytesPerVector)
                .ThenBy(found => found.Label, StringComparer.Ordinal)
                .ThenBy(found => found.Seeds[0].Search.Probe)
                .ThenBy(found => found.Search, StringComparer.Ordinal),
        ];
    }

    /// <summary>The data set's name, with more where several groups share it: a part of file names.</summary>
    public string Name { get; }

    /// <summary>The data; <see cref="DataFacts.TrainingRows"/> may differ between rows.</summary>
    public DataFacts Data { get; }

    /// <summary>What is done, by method and bytes.</summary>
    public IReadOnlyList<Configuration> Configurations { get; }

    /// <summary>Cells that failed.</summary>
    public IReadOnlyList<ResultRow> Failed { get; }

    /// <summary><c>fashion-mnist: 60,000 × 784, 10,000 queries, l2</c>.</summary>
    public string Title =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Data.Name}: {Data.Count:N0} × {Data.Dimension}, {Data.Queries:N0} queries, {Data.Metric}"
        );

    /// <summary>Machines that the times are of; times of several don't compare.</summary>
    public IReadOnlyList<string> Machines =>
        [
            .. Configurations
                .SelectMany(found => found.Seeds)
                .Select(row => $"{row.Machine.CpuModel} ({row.Machine.Simd}, {row.Machine.Cores} cores)")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Rows by what they ran on, in the order of names.</summary>
    public static IReadOnlyList<DataGroup> Of(IEnumerable<ResultRow> rows) =>
        [
            .. rows.GroupBy(row => row.Data with { TrainingRows = 0 })
                .GroupBy(group => NameOf(group.Key))
                .OrderBy(alike => alike.Key, StringComparer.Ordinal)
                .SelectMany(alike =>
                    alike
                        .OrderBy(group => group.Key.Count)
                        .Select(group => new DataGroup(
                            alike.Count() == 1 ? alike.Key : $"{alike.Key}-{Detail(group.Key)}",
                            [.. group]
                        ))
                ),
        ];

    private static string NameOf(DataFacts data) => data.Metric == "l2" ? data.Name : $"{data.Name}-{data.Metric}";

    private static string Detail(DataFacts data) =>
        $"n{data.Count}-q{data.Queries}-{data.Fingerprint[..Math.Min(8, data.Fingerprint.Length)]}";
}
