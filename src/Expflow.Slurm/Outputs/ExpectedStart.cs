using System.Text.RegularExpressions;

namespace Expflow.Slurm;

/// <summary>What <c>sbatch --test-only</c> expects.</summary>
/// <param name="At">When the job would start; null where that is not in sight: running jobs without a limit are in the way.</param>
/// <param name="Processors">On how many processors.</param>
/// <param name="Nodes">On which nodes (<c>cpu[01-02]</c>); empty where Slurm doesn't say.</param>
/// <param name="Partition">In which partition; null where Slurm doesn't say.</param>
public sealed partial record ExpectedStart(DateTimeOffset? At, int Processors, string Nodes, string? Partition)
{
    /// <summary>Reads the line, on either stream: <c>sbatch: Job 27 to start at … using 1 processors on nodes gpu01 in partition gpu</c>.</summary>
    internal static SlurmAnswer<ExpectedStart> Read(string text)
    {
        var match = Line().Match(text);
        if (!match.Success)
            return new SlurmAnswer<ExpectedStart>.Refused(RefusalTexts.Plain(text), RefusalTexts.KindOf(text));
        var partition = match.Groups["partition"];
        return new SlurmAnswer<ExpectedStart>.Answered(
            new(
                SlurmTime.Parse(match.Groups["at"].Value),
                int.Parse(match.Groups["processors"].Value),
                match.Groups["nodes"].Value,
                partition.Success ? partition.Value : null
            )
        );
    }

    [GeneratedRegex(
        @"Job \d+ to start at (?<at>\S+)(?: \S+)? using (?<processors>\d+) processors(?: on(?: nodes)? (?<nodes>\S+?))?(?: in partition (?<partition>\S+))?\s*$",
        RegexOptions.Multiline
    )]
    private static partial Regex Line();
}
