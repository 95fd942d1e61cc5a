using System.Text.RegularExpressions;

namespace Expflow.Slurm;

/// <summary>What <c>scancel -v</c> and <c>scontrol</c> say of single jobs among several.</summary>
internal static partial class RefusedJobs
{
    /// <summary>All jobs that the text names as refused.</summary>
    internal static IReadOnlyList<RefusedJob> Read(string text)
    {
        var found = new List<RefusedJob>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Line().Match(line);
            // "2_2-20: No error" is what scontrol says of the tasks that it did change.
            if (match.Success && match.Groups["words"].Value is not "No error" and var words)
                found.Add(new(match.Groups["job"].Value, words, RefusalTexts.KindOf(words)));
        }
        return found;
    }

    // scancel: "… Kill job error on job id 23: Invalid job id specified"; scontrol: "Invalid job id specified for job 9999",
    // "2_0-1: Job is no longer pending execution".
    [GeneratedRegex(
        @"error on job id (?<job>[\d_+]\S*): (?<words>.+)$|^(?:scontrol: error: )?(?<words>.+) for job (?<job>[\d_+]\S*)$|^(?<job>\d+_[\d,\-:]+): (?<words>.+)$"
    )]
    private static partial Regex Line();
}
