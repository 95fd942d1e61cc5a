namespace Expflow.Slurm;

/// <summary>GPUs of one type on a node or on several.</summary>
/// <param name="Type">The type; null where the site names none.</param>
/// <param name="Total">How many there are.</param>
/// <param name="InUse">How many jobs have; null where Slurm doesn't say it by type.</param>
/// <param name="Free">How many a job could have now: none of a node that takes no jobs; null where Slurm doesn't say what is in use.</param>
public sealed record GpuStock(string? Type, long Total, long? InUse, long? Free)
{
    private const string Gpu = "gpu";

    /// <summary>A node's GPUs by type, in its own order.</summary>
    public static IReadOnlyList<GpuStock> Of(SlurmNode node)
    {
        var own = node.Devices.Where(one => one.Name == Gpu && one.Count > 0).ToList();
        var types = own.Select(one => one.Type).Distinct().ToList();
        var used = Gres.ParseAll(node.Record["GresUsed"]);
        var allocated = Gres.ParseAll(node.Record["AllocTRES"]);
        var said = node.Record["GresUsed"] is not null || node.Record.Values.ContainsKey("AllocTRES");
        return
        [
            .. types.Select(type =>
            {
                var total = own.Where(one => one.Type == type).Sum(one => one.Count);
                var inUse = said ? Used(used, allocated, type, types.Count == 1) : null;
                return new GpuStock(
                    type,
                    total,
                    inUse,
                    !node.TakesJobs ? 0
                        : inUse is { } taken ? Math.Max(0, total - taken)
                        : null
                );
            }),
        ];
    }

    /// <summary>All of these together, by type.</summary>
    public static IReadOnlyList<GpuStock> Together(IEnumerable<GpuStock> stocks) =>
        [
            .. stocks
                .GroupBy(one => one.Type, StringComparer.Ordinal)
                .Select(group => new GpuStock(
                    group.Key,
                    group.Sum(one => one.Total),
                    Sum(group.Select(one => one.InUse)),
                    Sum(group.Select(one => one.Free))
                )),
        ];

    // By type where Slurm says so. AllocTRES counts GPUs of all types in one unless the site accounts for each.
    private static long? Used(IReadOnlyList<Gres> used, IReadOnlyList<Gres> allocated, string? type, bool only)
    {
        if (used.Any(one => one.Name == Gpu))
            return used.Where(one => one.Name == Gpu && (one.Type == type || only)).Sum(one => one.Count);
        if (only)
            return Gres.CountOf(allocated, Gpu);
        return allocated.Any(one => one.Name == Gpu && one.Type == type)
                ? allocated.Where(one => one.Name == Gpu && one.Type == type).Sum(one => one.Count)
            : Gres.CountOf(allocated, Gpu) == 0 ? 0
            : null;
    }

    // One that isn't known leaves the sum unknown.
    private static long? Sum(IEnumerable<long?> numbers)
    {
        long sum = 0;
        foreach (var number in numbers)
        {
            if (number is null)
                return null;
            sum += number.Value;
        }
        return sum;
    }
}
