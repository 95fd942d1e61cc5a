using System.CommandLine;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Manifests;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Runs;

namespace Expflow.Cli.Commands;

/// <summary>The one experiment that a retry is about, read and planned as its file stands now.</summary>
internal sealed class RetryTargets(Composition with)
{
    /// <summary>What to retry.</summary>
    /// <param name="Planned">The plan of the file as it stands now, with what was said over it before.</param>
    /// <param name="Runs">Only these; null for all.</param>
    public sealed record Target(ExperimentInput.Planned Planned, IReadOnlySet<RunId>? Runs)
    {
        public string Experiment => Planned.Experiment.Name;
    }

    public Checked<Target> Find(ExperimentInput input, ParseResult parsed, string[] words)
    {
        if (words is [var file] && IsFile(file))
            return OfFile(input, parsed, file);
        var project = with.FindProject();
        if (!project.TryGet(out var found))
            return Checked<Target>.Failed(project.Problems);
        using var index = with.OpenIndex(found);
        if (words is [var name] && index.Experiments().Contains(name))
            return Of(input, parsed, found, index, name, null);
        var named = Targets.Of(index, words, null, null);
        if (!named.TryGet(out var runs))
            return Checked<Target>.Failed(named.Problems);
        if (runs.Select(run => run.Experiment).Distinct().ToList() is not [var experiment])
            return new Problem(
                $"'{string.Join(' ', words)}' are runs of several experiments. Retry one experiment at a time."
            );
        return Of(input, parsed, found, index, experiment, runs.Select(run => run.Run.Id).ToHashSet());
    }

    private bool IsFile(string word) =>
        word.EndsWith(".yaml", StringComparison.Ordinal)
        || word.EndsWith(".yml", StringComparison.Ordinal)
        || File.Exists(Path.Combine(with.Folder, word));

    private Checked<Target> OfFile(ExperimentInput input, ParseResult parsed, string file)
    {
        var planned = input.Plan(with, parsed, file, Overrides.None);
        if (!planned.TryGet(out var plan))
            return Checked<Target>.Failed(planned.Problems);
        using var index = with.OpenIndex(plan.Project);
        if (!index.Experiments().Contains(plan.Experiment.Name))
            return new Problem($"Nothing of '{file}' has been submitted yet. Run 'expflow run {file}'.");
        var earlier = Earlier(HeaderOf(plan.Project, index, plan.Experiment.Name));
        if (earlier == Overrides.None)
            return new Target(plan, null);
        var again = input.Plan(with, parsed, file, earlier);
        return again.TryGet(out var same) ? new Target(same, null) : Checked<Target>.Failed(again.Problems);
    }

    private Checked<Target> Of(
        ExperimentInput input,
        ParseResult parsed,
        ProjectFolder project,
        RunIndex index,
        string experiment,
        IReadOnlySet<RunId>? runs
    )
    {
        if (HeaderOf(project, index, experiment) is not { } header)
            return new Problem($"The manifest of '{experiment}' can't be read. Give the experiment's file instead.");
        var path = Path.GetRelativePath(with.Folder, Path.Combine(project.Root, header.File));
        if (!File.Exists(Path.Combine(with.Folder, path)))
            return new Problem(
                $"'{header.File}', the file of experiment '{experiment}', is not there any more. Give its file: 'expflow retry FILE'."
            );
        var planned = input.Plan(with, parsed, path, Earlier(header));
        if (!planned.TryGet(out var plan))
            return Checked<Target>.Failed(planned.Problems);
        return plan.Experiment.Name == experiment
            ? new Target(plan, runs)
            : new Problem(
                $"'{path}' holds the experiment '{plan.Experiment.Name}' now, not '{experiment}'. Run 'expflow run {path}'."
            );
    }

    private static ManifestHeader? HeaderOf(ProjectFolder project, RunIndex index, string experiment) =>
        ManifestFile.ReadHeader(project.Manifests, index.Submissions(experiment)[^1]);

    // What the command line said the last time holds again, unless it says something else now.
    private static Overrides Earlier(ManifestHeader? header) =>
        header is null or { Options.Count: 0 }
            ? Overrides.None
            : new()
            {
                Set = Of(header, "--set "),
                Resources = Of(header, "--resources "),
                Stage = Of(header, "--stage "),
            };

    private static string[] Of(ManifestHeader header, string option) =>
        [
            .. header
                .Options.Where(one => one.StartsWith(option, StringComparison.Ordinal))
                .Select(one => one[option.Length..]),
        ];
}
