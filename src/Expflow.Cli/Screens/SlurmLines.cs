using Expflow.Witnesses;

namespace Expflow.Cli.Screens;

/// <summary>What Slurm says, in lines for people.</summary>
internal static class SlurmLines
{
    private const int MostJobs = 6;

    /// <summary>A line for each way in which runs wait, run or are missing.</summary>
    public static IEnumerable<string> Of(SlurmStatus status)
    {
        foreach (var group in status.Groups)
            yield return Of(group);
        if (status.Jobs.Count > 0)
            yield return $"job{(status.Jobs.Count == 1 ? "" : "s")} {string.Join(", ", status.Jobs.Take(MostJobs))}{(status.Jobs.Count > MostJobs ? $" and {status.Jobs.Count - MostJobs} more" : "")}";
    }

    /// <summary>How old what is shown is, and why nothing newer is known.</summary>
    public static IEnumerable<string> Of(QueueLook look, DateTimeOffset now)
    {
        if (look.Trouble is { } trouble)
            yield return look.At is { } last
                ? $"Slurm could not be asked: {trouble}. What is shown of it is from {Ago(now - last)} ago."
                : $"Slurm could not be asked: {trouble}. What is shown is what the journal knows.";
        else if (look is { Asked: 0, At: { } at } && now - at >= TimeSpan.FromSeconds(1))
            yield return $"What is shown of Slurm is from {Ago(now - at)} ago; '--refresh' asks it now.";
    }

    private static string Of(SlurmGroup group)
    {
        var standing = group.Like;
        var one = group.Runs == 1;
        var count = group.Runs.ToString("#,0");
        return standing.Place switch
        {
            SlurmPlace.Running => $"{count} run{(one ? "s" : "")} on Slurm",
            SlurmPlace.Starting =>
                $"{count} ha{(one ? "s its node, which is" : "ve their nodes, which are")} being made ready",
            SlurmPlace.Suspended =>
                $"{count} {(one ? "is" : "are")} stopped on {(one ? "its node" : "their nodes")}, for other jobs",
            SlurmPlace.Completing => $"{count} {(one ? "is" : "are")} ending",
            SlurmPlace.Unsubmitted => $"{count} {(one ? "has" : "have")} still to be submitted",
            SlurmPlace.InDoubt => $"{count} in doubt: {standing.Words}",
            SlurmPlace.Left => $"{count} left the queue: {Tail(standing.Words, "left the queue; ")}",
            SlurmPlace.Unasked => $"{count} unknown: {standing.Words}",
            _ =>
                $"{count} wait{(one ? "s" : "")}{Tail(standing.Words, "waits", "put back into the queue, waits")}{Expected(group)}",
        };
    }

    private static string Expected(SlurmGroup group) =>
        group.FirstStart is { } start
            ? $"; {(group.Runs == 1 ? "expected to start" : "the first is expected to start")} {start.ToLocalTime():yyyy-MM-dd HH:mm}"
            : "";

    private static string Tail(string words, params ReadOnlySpan<string> heads)
    {
        foreach (var head in heads)
            if (words.StartsWith(head, StringComparison.Ordinal))
                return words[head.Length..];
        return $": {words}";
    }

    private static string Ago(TimeSpan age) =>
        Durations.Words(TimeSpan.FromSeconds(Math.Max(0, Math.Round(age.TotalSeconds))));
}
