using System.CommandLine;
using VectorQuantization.Neighbours;
using VectorQuantization.Problems;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark precompute-gt merge</c>: shards of ground truth into the whole.</summary>
internal static class MergeGtCommand
{
    private const string Description = """
        Put shards of ground truth together: to the byte the file that one run over everything would have written.

        Shards that are missing, given twice, or of other work are named, and nothing is written.
        """;

    public static Command Create(Composition with)
    {
        var report = new GroundTruthReport(with);
        var shards = new Argument<string[]>("FILE")
        {
            Description = "Shards, in any order; a folder stands for all .vqt files in it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("merge", Description) { shards };
        report.AddTo(command);
        command.SetAction(parsed => Run(with, report, parsed, parsed.GetValue(shards)!));
        return command;
    }

    private static int Run(Composition with, GroundTruthReport report, ParseResult parsed, string[] paths)
    {
        var start = with.Clock.GetTimestamp();
        var problems = new ProblemList();
        report.Check(parsed, problems);
        var shards = paths
            .SelectMany(path => FilesIn(path, problems))
            .Select(path => problems.Try(() => GroundTruthFile.Read(path)))
            .ToArray();
        problems.ThrowIfAny();
        var (header, sections) = GroundTruthMerge.Of(shards!, $"vq-benchmark {ThisMachine.Version}");
        var target = report.Target(parsed);
        GroundTruthFile.Write(target, header, sections);
        report.Tell(parsed, new DescribedTruth(target, header, sections), null, 0, with.Clock.GetElapsedTime(start));
        return ExitCode.Done;
    }

    private static string[] FilesIn(string path, ProblemList problems)
    {
        if (!Directory.Exists(path))
            return [path];
        var files = Directory.GetFiles(path, "*.vqt");
        problems.Require(files.Length > 0, $"'{path}' has no .vqt file. Name the shards that 'precompute-gt' wrote.");
        return files;
    }
}
