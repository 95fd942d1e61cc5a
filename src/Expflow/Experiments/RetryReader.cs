using System.Globalization;
using Expflow.Documents;
using Expflow.Problems;

namespace Expflow.Experiments;

/// <summary>Reads <c>retry</c>.</summary>
internal static class RetryReader
{
    public static RetryPolicy Read(DocumentNode.Map map, List<Problem> problems)
    {
        var reader = new MapReader(map, ExperimentKeys.Retry, problems);
        return new()
        {
            OutOfMemory = Rule(reader, "out_of_memory"),
            GpuOutOfMemory = Rule(reader, "gpu_out_of_memory"),
            TimedOut = Rule(reader, "timed_out"),
            NodeFailed = Rule(reader, "node_failed"),
            Preempted = Rule(reader, "preempted"),
            Failed = Rule(reader, "failed"),
        };
    }

    private static RetryRule? Rule(MapReader causes, string cause)
    {
        if (causes.MapOf(cause) is not { } map)
            return null;
        var reader = new MapReader(map, ExperimentKeys.RetryRule, causes.Problems);
        return new(
            (int)(reader.Whole("times", ExperimentKeys.RetryRule) ?? 1),
            Factor(reader, "memory"),
            Factor(reader, "walltime")
        );
    }

    private static double Factor(MapReader reader, string key)
    {
        if (reader[key] is not { } node)
            return 1;
        if (
            node is DocumentNode.Scalar scalar
            && double.TryParse(
                scalar.Text.TrimStart('x', '×'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var factor
            )
            && factor is >= 1 and <= 16
        )
            return factor;
        reader.Wrong(node, $"'{key}' takes a factor from x1 to x16, such as x1.5; this is {MapReader.Shown(node)}.");
        return 1;
    }
}
