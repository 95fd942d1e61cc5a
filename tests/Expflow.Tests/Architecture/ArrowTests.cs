using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Expflow.Tests.Architecture;

/// <summary>The arrows between projects and between the engine's folders run as docs/design.md says.</summary>
public sealed partial class ArrowTests
{
    /// <summary>Words that features share, each with those that it is made of. All other folders are features.</summary>
    private static readonly Dictionary<string, string[]> Vocabulary = new()
    {
        ["Problems"] = [],
        ["Parameters"] = [],
        ["Processes"] = [],
        ["Runs"] = [],
        ["Projects"] = ["Runs"],
        ["Metrics"] = ["Problems"],
        ["Tables"] = ["Metrics", "Problems"],
        ["Templates"] = ["Parameters", "Problems"],
        ["Sweeps"] = ["Parameters", "Problems"],
        ["Documents"] = ["Parameters", "Problems"],
        ["Experiments"] = ["Documents", "Metrics", "Parameters", "Problems", "Sweeps", "Templates"],
        ["Journal"] = ["Runs"],
        ["Manifests"] = ["Runs"],
        ["Arrays"] = ["Manifests", "Runs"],
        ["Queues"] = ["Arrays", "Manifests", "Projects", "Runs"],
        ["Tracking"] = ["Journal", "Manifests", "Runs"],
        ["Retries"] = ["Experiments", "Journal", "Runs", "Tracking"],
        ["Planning"] = ["Experiments", "Manifests", "Parameters", "Problems", "Runs", "Sweeps"],
    };

    [Theory]
    [InlineData("src/Expflow.Slurm/Expflow.Slurm.csproj", "")]
    [InlineData("src/Expflow.Contract/Expflow.Contract.csproj", "")]
    [InlineData("src/Expflow/Expflow.csproj", "Expflow.Contract Expflow.Slurm")]
    [InlineData("src/Expflow.Cli/Expflow.Cli.csproj", "Expflow")]
    [InlineData("examples/quickstart/program/Digits.csproj", "Expflow.Contract")]
    [InlineData("studies/VectorQuantization/VectorQuantization.csproj", "Expflow.Contract")]
    public void Projects_point_one_way(string project, string allowed)
    {
        var references = XDocument
            .Load(Path.Combine(Root(), project))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            .Order();
        Assert.Equal(allowed, string.Join(' ', references));
    }

    [Fact]
    public void Shared_words_are_made_only_of_the_words_below_them() =>
        Assert.Empty(
            Folders()
                .Where(folder => Vocabulary.ContainsKey(folder))
                .SelectMany(folder => Uses(folder).Except(Vocabulary[folder]).Select(used => $"{folder} → {used}"))
        );

    [Fact]
    public void Features_do_not_know_each_other_but_meet_in_commands() =>
        Assert.Empty(
            Folders()
                .Where(folder => !Vocabulary.ContainsKey(folder))
                .SelectMany(folder => Uses(folder).Except(Vocabulary.Keys).Select(used => $"{folder} → {used}"))
        );

    [Fact]
    public void The_engine_prints_nothing() =>
        Assert.Empty(
            Sources("src/Expflow")
                .Where(file => ConsoleUse().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(Root(), file))
        );

    [Fact]
    public void No_type_is_named_for_what_it_might_do()
    {
        var vague = Sources("src").Select(Path.GetFileNameWithoutExtension).Where(name => VagueName().IsMatch(name!));
        Assert.Empty(vague);
    }

    private static IEnumerable<string> Folders() =>
        Directory.GetDirectories(Path.Combine(Root(), "src/Expflow")).Select(path => Path.GetFileName(path)!);

    private static IEnumerable<string> Uses(string folder) =>
        Sources(Path.Combine("src/Expflow", folder))
            .SelectMany(File.ReadLines)
            .Select(line => Using().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .Where(used => used != folder && Folders().Contains(used))
            .Distinct()
            .Order();

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(@"^using (?:static )?Expflow\.(\w+)")]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Service|Common)$")]
    private static partial Regex VagueName();
}
