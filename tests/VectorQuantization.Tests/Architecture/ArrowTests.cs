using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace VectorQuantization.Tests.Architecture;

/// <summary>The arrows between the study's folders run one way; commands bring the folders together.</summary>
public sealed partial class ArrowTests
{
    /// <summary>Each folder with those that it may know.</summary>
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Problems"] = [],
        ["Files"] = ["Problems"],
        ["Numerics"] = ["Problems"],
        ["Vectors"] = ["Numerics", "Problems"],
        ["Formats"] = ["Files", "Numerics", "Problems", "Vectors"],
        ["Clustering"] = ["Numerics", "Problems", "Vectors"],
        ["Neighbours"] = ["Files", "Formats", "Numerics", "Problems", "Vectors"],
        ["Quantisers"] = ["Clustering", "Files", "Numerics", "Problems", "Vectors"],
        ["Search"] = ["Clustering", "Files", "Neighbours", "Numerics", "Problems", "Quantisers", "Vectors"],
        ["Measures"] = ["Neighbours", "Numerics", "Problems", "Quantisers", "Vectors"],
        ["Results"] = ["Problems"],
        ["Plots"] = ["Problems", "Results"],
        ["Benchmarks"] =
        [
            "Clustering",
            "Formats",
            "Measures",
            "Neighbours",
            "Numerics",
            "Problems",
            "Quantisers",
            "Results",
            "Search",
            "Vectors",
        ],
    };

    [Fact]
    public void Folders_know_only_what_the_table_says() =>
        Assert.Empty(
            Folders()
                .Where(folder => folder != "Commands")
                .SelectMany(folder =>
                    Uses(folder).Except(Knows.GetValueOrDefault(folder) ?? []).Select(used => $"{folder} → {used}")
                )
        );

    [Fact]
    public void Only_commands_print() =>
        Assert.DoesNotContain(
            Sources("").Where(file => !file.Contains("/Commands/", StringComparison.Ordinal)),
            file => ConsoleUse().IsMatch(File.ReadAllText(file))
        );

    private static IEnumerable<string> Folders() =>
        Directory
            .GetDirectories(Root())
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj") && Sources(name).Any());

    private static IEnumerable<string> Uses(string folder) =>
        Sources(folder)
            .SelectMany(File.ReadLines)
            .Select(line => Using().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .Where(used => used != folder)
            .Distinct();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../studies/VectorQuantization"));

    [GeneratedRegex(@"^using (?:static )?VectorQuantization\.(\w+)")]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.")]
    private static partial Regex ConsoleUse();
}
