using Xunit;

namespace Expflow.EndToEnd.Guides;

/// <summary>What a guide tells people to type is typed, and does what the guide says.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("expflow guide's ").FullName;

    // Those that need a cluster are followed by the cluster tests.
    public static TheoryData<string> Guides() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "docs/guide"), "*.md")
                .Select(path => Path.GetFileName(path))
                .Except(GuideReader.OnSlurm)
                .Order(),
        ];

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Theory]
    [MemberData(nameof(Guides))]
    public Task Every_command_of_a_guide_works_as_it_says(string guide) =>
        new GuideReader(
            Repository.Root,
            Repository.Binary,
            scratch,
            new Dictionary<string, string> { ["QUICKSTART_BINARY"] = Repository.QuickstartBinary }
        ).FollowAsync(guide);
}
