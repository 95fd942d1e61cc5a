using Expflow.Problems;
using Expflow.Tables;

namespace Expflow.Results;

/// <summary>Which metric says what is best, and in which direction.</summary>
/// <param name="Metric">The metric's column.</param>
/// <param name="Highest">True when more is better.</param>
public sealed record BestKey(string Metric, bool Highest)
{
    // Words in the names of metrics of which more is better. All others are taken for losses and errors.
    private static readonly string[] MoreIsBetter =
    [
        "acc",
        "accuracy",
        "auc",
        "auroc",
        "bleu",
        "dice",
        "f1",
        "fps",
        "iou",
        "map",
        "mrr",
        "ndcg",
        "precision",
        "psnr",
        "r2",
        "recall",
        "return",
        "reward",
        "score",
        "sensitivity",
        "specificity",
        "speedup",
        "ssim",
        "throughput",
    ];

    // What 'map_error' is in spite of its first word.
    private static readonly string[] LessIsBetter = ["err", "error", "loss", "regret", "time"];

    /// <summary>Reads <c>loss</c>, <c>loss:min</c> or <c>test_accuracy:max</c>; without a direction the name decides.</summary>
    public static Checked<BestKey> Parse(string text, RunTable table)
    {
        if (table.Metrics.Contains(text))
            return new BestKey(text, GuessHighest(text));
        var colon = text.LastIndexOf(':');
        var (name, direction) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (MetricChoice.Check([name], table) is { Count: > 0 } problems)
            return Checked<BestKey>.Failed(problems);
        return direction switch
        {
            "min" => new BestKey(name, false),
            "max" => new BestKey(name, true),
            _ => new Problem($"'{direction}' is no direction of '{text}'. Write '{name}:min' or '{name}:max'."),
        };
    }

    /// <summary>Whether more is better of a metric, by what it is called: <c>test_accuracy</c>, <c>val/f1</c>.</summary>
    public static bool GuessHighest(string metric)
    {
        var words = metric
            .ToLowerInvariant()
            .Split(['_', '-', '/', '.', ' ', '@'], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(MoreIsBetter.Contains) && !words.Any(LessIsBetter.Contains);
    }

    internal SortKey ToSortKey() => new(Metric, Highest);
}
