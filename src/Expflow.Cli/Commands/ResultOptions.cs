using System.CommandLine;
using Expflow.Results;

namespace Expflow.Cli.Commands;

/// <summary>Options of the commands that look at results. Each command gets instances of its own.</summary>
internal static class ResultOptions
{
    public static Option<string?> Where() =>
        new("--where") { Description = "Only runs of which this holds, such as 'lr >= 0.1 and model == mlp'." };

    public static Option<string?> Stage() => new("--stage") { Description = "Only runs of this stage." };

    public static Option<string?> Over() =>
        new("--over")
        {
            Description = "Average over these parameters, such as 'seed'; all others tell settings apart.",
        };

    public static Option<bool> WithFlagged() =>
        new("--with-flagged") { Description = "Count runs that are flagged by a check in means, too." };

    public static Option<string> At()
    {
        var at = new Option<string>("--at")
        {
            Description = "Which value of a metric stands for a run.",
            DefaultValueFactory = _ => "last",
        };
        at.AcceptOnlyFromAmong("last", "min", "max", "mean");
        return at;
    }

    public static SummaryPart PartOf(string? at) =>
        at switch
        {
            "min" => SummaryPart.Min,
            "max" => SummaryPart.Max,
            "mean" => SummaryPart.Mean,
            _ => SummaryPart.Last,
        };

    /// <summary>The names in <c>lr,weight-decay</c>; null when nothing was given.</summary>
    public static string[]? Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
