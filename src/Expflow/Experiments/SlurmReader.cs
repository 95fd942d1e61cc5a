using Expflow.Documents;
using Expflow.Problems;
using Expflow.Slurm;

namespace Expflow.Experiments;

/// <summary>Reads <c>slurm</c>.</summary>
internal static class SlurmReader
{
    public static SlurmSettings Read(DocumentNode.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, ExperimentKeys.Slurm, problems);
        return new()
        {
            Throttle = (int?)reader.Whole("throttle", ExperimentKeys.Slurm),
            Warn = Warn(reader),
            Requeue = reader.Truth("requeue"),
            Directives = Texts(reader, "directives", SlurmDirective.WhyNot),
            Gres = Texts(reader, "gres", WhyNoGres),
            Exclude = Nodes(reader),
        };
    }

    /// <summary>Nodes to avoid.</summary>
    public static IReadOnlyList<string> Nodes(MapReader reader) => Texts(reader, "exclude", WhyNoNodes);

    /// <summary>Holds the warning against the walltime, which stands elsewhere.</summary>
    public static void CheckWarn(SlurmSettings slurm, Resources resources, DocumentNode.Map map, List<Problem> problems)
    {
        if (slurm.Warn is { } warn && resources.Walltime is { } limit && warn >= limit)
            problems.Add(
                map["warn"]!.Source.Problem(
                    $"'warn' is {warn}, but the whole walltime is {limit}. Warn later, or ask for more 'walltime'."
                )
            );
    }

    private static Walltime? Warn(MapReader reader)
    {
        if (reader["warn"] is not { } node)
            return null;
        if (node is DocumentNode.Scalar scalar && Walltime.TryParse(scalar.Text, out var time))
            return time;
        reader.Wrong(node, $"'warn' takes a time such as 5m, 90s or 00:05:00; this is {MapReader.Shown(node)}.");
        return null;
    }

    private static List<string> Texts(MapReader reader, string key, Func<string, string?> whyNot)
    {
        var good = new List<string>();
        foreach (var scalar in reader.Texts(key) ?? [])
            if (whyNot(scalar.Text.Trim()) is { } why)
                reader.Wrong(scalar, why);
            else
                good.Add(scalar.Text.Trim());
        return good;
    }

    private static string? WhyNoGres(string text) =>
        !IsWord(text) ? $"'gres' takes resources such as lscratch:200, one each; this is '{text}'."
        : text is "gpu" || text.StartsWith("gpu:", StringComparison.Ordinal)
            ? $"'{text}' is asked for by 'gpus' of 'resources'. Use that key."
        : null;

    private static string? WhyNoNodes(string text) =>
        IsWord(text) ? null : $"'exclude' takes names of nodes such as node7 or node[1-3], one each; this is '{text}'.";

    // These become parts of an option of sbatch: one word, no spaces.
    public static bool IsWord(string text) =>
        text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && text[0] != '-';
}
