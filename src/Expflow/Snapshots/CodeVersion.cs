namespace Expflow.Snapshots;

/// <summary>The version of the code as it stands, without freezing it.</summary>
/// <param name="Commit">The commit that is checked out; null before the first.</param>
/// <param name="Branch">The branch; null when none is checked out.</param>
/// <param name="Dirty">True when there are changes that no commit has, new files included.</param>
public sealed record CodeVersion(string? Commit, string? Branch, bool Dirty)
{
    /// <summary>Asks git; null without a repository, or without git.</summary>
    /// <param name="project">Any folder of the repository.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<CodeVersion?> ReadAsync(string project, CancellationToken cancellation = default)
    {
        var answer = await new GitProgram(project).RunAsync(
            ["status", "--porcelain=v2", "--branch", "-z"],
            cancellation
        );
        return answer.Succeeded ? Parse(answer.Text) : null;
    }

    // git-status(1), "Porcelain Format Version 2": headers are '# branch.oid HASH|(initial)' and '# branch.head NAME|(detached)'.
    private static CodeVersion Parse(string status)
    {
        var lines = status.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new CodeVersion(Header("branch.oid"), Header("branch.head"), lines.Any(line => line[0] != '#'));

        string? Header(string name)
        {
            var start = $"# {name} ";
            var value = lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
            return value is null or "(initial)" or "(detached)" ? null : value;
        }
    }
}
