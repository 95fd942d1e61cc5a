namespace Expflow.Snapshots;

/// <summary>What is checked out.</summary>
/// <param name="Commit">Null before the first commit.</param>
/// <param name="Tree">The commit's tree; null before the first commit.</param>
/// <param name="Branch">Null when a commit is checked out without a branch.</param>
internal sealed record GitHead(string? Commit, string? Tree, string? Branch)
{
    /// <summary>Asks git in <paramref name="project"/>.</summary>
    public static async Task<GitHead> ReadAsync(string project, CancellationToken cancellation)
    {
        var git = new GitProgram(project);
        var answer = await git.RunAsync(["rev-parse", "HEAD", "HEAD^{tree}", "--abbrev-ref", "HEAD"], cancellation);
        if (answer.Succeeded && answer.Line.Split('\n') is [var commit, var tree, var branch])
            return new GitHead(commit, tree, branch == "HEAD" ? null : branch);
        var unborn = await git.RunAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation);
        return new GitHead(null, null, unborn.Succeeded ? unborn.Line : null);
    }
}
