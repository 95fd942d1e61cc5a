using Expflow.Submission;

namespace Expflow.Cli.Screens;

/// <summary>Says what a submission adds: <c>216 runs: 4 new, 212 already done</c>.</summary>
internal static class DecisionText
{
    public static string Of(SubmissionDecision decision)
    {
        var parts = new List<string>();
        Add(parts, decision.New.Count, "new");
        Add(parts, decision.Again.Count, "to run again");
        Add(parts, decision.Underway.Count, "already submitted");
        Add(parts, decision.Done.Count, "already done");
        Add(parts, decision.Given.Count, "failed or cancelled before");
        var all =
            decision.New.Count
            + decision.Again.Count
            + decision.Underway.Count
            + decision.Done.Count
            + decision.Given.Count;
        return parts.Count == 0 ? Count(all, "run") : $"{Count(all, "run")}: {string.Join(", ", parts)}";
    }

    /// <summary><c>1 run</c>, <c>2 runs</c>.</summary>
    public static string Count(long number, string thing) => number == 1 ? $"1 {thing}" : $"{number:#,0} {thing}s";

    private static void Add(List<string> parts, int number, string what)
    {
        if (number > 0)
            parts.Add($"{number:#,0} {what}");
    }
}
