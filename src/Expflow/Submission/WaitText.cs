namespace Expflow.Submission;

/// <summary>What <c>sbatch --dependency</c> is told, with names for jobs that may not exist yet.</summary>
public static class WaitText
{
    /// <summary>The text; null for an array that waits for nothing.</summary>
    public static string? Of(DraftWait wait, Func<ArraySource, string> name) =>
        wait switch
        {
            DraftWait.Corresponding(var arrays) => string.Join(',', arrays.Select(array => $"aftercorr:{name(array)}")),
            DraftWait.Tasks(var sources) =>
                $"afterok:{string.Join(':', sources.Select(source => $"{name(source.Array)}_{source.Index}"))}",
            _ => null,
        };
}
