using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>What advice on one experiment is made of: its attempts, the runs that it asks for, and its file as it stands now.</summary>
internal sealed class AdviceReading
{
    private readonly EarlierRuns submissions;
    private readonly CodeClasses code;

    private AdviceReading(
        ProjectFolder project,
        string name,
        IReadOnlyList<AttemptUse> attempts,
        EarlierRuns submissions
    )
    {
        Name = name;
        Attempts = attempts;
        this.submissions = submissions;
        code = new(project);
    }

    public string Name { get; }

    /// <summary>Every attempt that has ended.</summary>
    public IReadOnlyList<AttemptUse> Attempts { get; }

    /// <summary>The experiment's file as the user would type it; null when it is gone.</summary>
    public string? File { get; private init; }

    /// <summary>The plan of the file as it stands now; without a value when it can't be read.</summary>
    public required Checked<ExperimentInput.Planned> Planned { get; init; }

    /// <summary>The experiment as its file says now, or as it was submitted last.</summary>
    public required Experiment Definition { get; init; }

    /// <summary>What the last submission said of resources over the file, each as it was typed.</summary>
    public IReadOnlyList<string> Over { get; private init; } = [];

    /// <summary>Every run that the experiment asks for.</summary>
    public required IReadOnlyList<WantedSet> Wanted { get; init; }

    /// <summary>What makes finished runs hard to compare.</summary>
    public IReadOnlyList<ComparabilityWarning> Warnings() =>
        new Comparability(id => submissions.Find(id)?.Experiment, code.Of).Of(Definition.Stages, Attempts);

    public static Checked<AdviceReading> Read(
        Composition with,
        ProjectFolder project,
        RunIndex index,
        string name,
        Func<string, Checked<ExperimentInput.Planned>> plan
    )
    {
        var known = index.Runs(name);
        var submissions = new EarlierRuns(project);
        var newest = index.Submissions(name)[^1];
        var (file, planned) = PlanOf(with, project, name, submissions.Find(newest)?.Header, plan);
        var definition = planned.TryGet(out var now) ? now.Experiment : submissions.Find(newest)?.Experiment;
        if (definition is null)
            return Checked<AdviceReading>.Failed(planned.Problems);
        var fold = new AttemptFold(known, id => submissions.Find(id)?.Experiment);
        return new AdviceReading(
            project,
            name,
            fold.Of(new JournalFolder(project.Journal).ReadNew().Events),
            submissions
        )
        {
            File = file,
            Over =
            [
                .. (submissions.Find(newest)?.Header.Options ?? []).Where(option =>
                    option.StartsWith("--resources ", StringComparison.Ordinal)
                    || option.StartsWith("--stage ", StringComparison.Ordinal)
                ),
            ],
            Planned = planned,
            Definition = definition,
            Wanted = now is null ? WantedOf(project, index, name) : WantedOf(now, known),
        };
    }

    private static (string?, Checked<ExperimentInput.Planned>) PlanOf(
        Composition with,
        ProjectFolder project,
        string name,
        ManifestHeader? header,
        Func<string, Checked<ExperimentInput.Planned>> plan
    )
    {
        if (header is null)
            return (null, new Problem($"The manifest of '{name}' can't be read."));
        // Files are read from where the process stands, which is where the user stands.
        var full = Path.Combine(project.Root, header.File);
        var path = with.Folder == Directory.GetCurrentDirectory() ? Path.GetRelativePath(with.Folder, full) : full;
        if (!System.IO.File.Exists(full))
            return (null, new Problem($"'{header.File}', the file of experiment '{name}', is not there any more."));
        var planned = plan(path);
        return (
            path,
            planned.TryGet(out var now) && now.Experiment.Name != name
                ? new Problem($"'{path}' holds the experiment '{now.Experiment.Name}' now, not '{name}'.")
                : planned
        );
    }

    private static WantedSet[] WantedOf(ExperimentInput.Planned now, IReadOnlyList<TrackedRun> known)
    {
        var over = known
            .Where(run => run.History.State is RunState.Done or RunState.Running)
            .Select(run => run.Run.Id)
            .ToHashSet();
        return [.. now.Plan.Runs.Select(run => new WantedSet(run.Stage.Name, run.Parameters, !over.Contains(run.Id)))];
    }

    private static WantedSet[] WantedOf(ProjectFolder project, RunIndex index, string name) =>
        [
            .. new StatusReading(project, index)
                .All(name)
                .Select(one => new WantedSet(
                    one.Run.Run.Stage,
                    ParameterText.Read(one.Run.Run.Parameters),
                    one.State is not ("done" or "running")
                )),
        ];
}
