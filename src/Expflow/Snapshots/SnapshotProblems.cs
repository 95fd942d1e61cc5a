namespace Expflow.Snapshots;

/// <summary>What can be wrong with freezing code, in words.</summary>
internal static class SnapshotProblems
{
    public static string GitFailed(GitAnswer answer) =>
        $"'git' could not freeze the code (exit code {answer.ExitCode}): \"{answer.Complaint}\". Mend that, or write 'snapshot: off'.";

    public static string NotWritten(string folder, string why) =>
        $"'{folder}' could not be written to: {why} Mend that, or write 'snapshot: off'.";

    public static string Submodule(string path) =>
        $"'{path}' is a git repository of its own: the snapshot has an empty folder in its place. Use it by an absolute path, or write 'snapshot: off'.";
}
