using System.Text.RegularExpressions;
using Xunit;

namespace Expflow.EndToEnd.Guides;

public sealed partial class LinkTests
{
    public static TheoryData<string> Documents() =>
        [
            .. Directory
                .GetFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path))
                .Where(path =>
                    !path.StartsWith("artifacts/", StringComparison.Ordinal)
                    && !path.Contains("/bin/")
                    && !path.Contains("/runs/")
                )
                .Order(StringComparer.Ordinal),
        ];

    // [text](target), but not ![…] of badges nor addresses.
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var dead = Link.Matches(File.ReadAllText(Path.Combine(Repository.Root, document)))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://"))
            .Where(target => !Path.Exists(Path.Combine(folder, target)));

        Assert.Empty(dead);
    }
}
