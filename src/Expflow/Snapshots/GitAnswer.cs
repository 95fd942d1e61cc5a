namespace Expflow.Snapshots;

/// <summary>What git said.</summary>
/// <param name="ExitCode">Its exit code; negative when it could not be started.</param>
/// <param name="Text">Its output.</param>
/// <param name="Complaint">What it wrote to standard error, trimmed.</param>
internal sealed record GitAnswer(int ExitCode, string Text, string Complaint)
{
    public bool Succeeded => ExitCode == 0;

    public bool Started => ExitCode >= 0;

    /// <summary>The output without the line end that git adds. Spaces and other line ends may be part of a path.</summary>
    public string Line => Text.EndsWith('\n') ? Text[..^1] : Text;

    public static GitAnswer NotStarted(string why) => new(-1, "", why);
}
