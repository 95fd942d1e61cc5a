namespace Expflow.Snapshots;

/// <summary>Where git keeps what belongs to a project.</summary>
/// <param name="Top">The working tree's root, absolute.</param>
/// <param name="Prefix">From there to the project: empty, or ending in a slash.</param>
/// <param name="Index">The index file, which may not exist yet.</param>
/// <param name="Objects">The object store.</param>
internal sealed record GitLayout(string Top, string Prefix, string Index, string Objects)
{
    // One question instead of four processes. A path may hold line ends, so the answers are told apart by a known one between them.
    private const string Between = "\ntrue\n";

    private static readonly string[] Question =
    [
        "rev-parse",
        "--show-toplevel",
        "--is-inside-work-tree",
        "--show-prefix",
        "--is-inside-work-tree",
        "--git-path",
        "index",
        "--is-inside-work-tree",
        "--git-path",
        "objects",
    ];

    /// <summary>Asks git in <paramref name="project"/>; the layout, or how git declined.</summary>
    public static async Task<(GitLayout? Layout, GitAnswer Answer)> ReadAsync(
        string project,
        CancellationToken cancellation
    )
    {
        var answer = await new GitProgram(project).RunAsync(Question, cancellation);
        if (!answer.Succeeded || answer.Line.Split(Between) is not [var top, var prefix, var index, var objects])
            return (null, answer);
        return (new GitLayout(top, prefix, Path.Combine(project, index), Path.Combine(project, objects)), answer);
    }
}
