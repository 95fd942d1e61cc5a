using Expflow.Snapshots;
using Xunit;

namespace Expflow.Tests.Snapshots;

public sealed class CodeVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<CodeVersion?> Read() => CodeVersion.ReadAsync(folder.Path, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Without_a_repository_there_is_no_version() => Assert.Null(await Read());

    [Fact]
    public async Task Commit_branch_and_changes_are_told()
    {
        var repository = new Repository(folder.Path);
        Assert.Equal(new CodeVersion(null, "main", false), await Read());

        repository.Write("a.py", "1");
        Assert.Equal(new CodeVersion(null, "main", true), await Read());

        repository.Commit();
        var commit = repository.Git("rev-parse", "HEAD");
        Assert.Equal(new CodeVersion(commit, "main", false), await Read());

        repository.Git("checkout", "--quiet", "--detach");
        Assert.Equal(new CodeVersion(commit, null, false), await Read());
    }
}
