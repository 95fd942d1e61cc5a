using System.CommandLine;
using Expflow.Experiments;
using Expflow.Planning;
using Expflow.Problems;
using Expflow.Processes;
using Expflow.Projects;
using Expflow.Sweeps;

namespace Expflow.Cli.Commands;

/// <summary>The experiment file that a command works on, and what its options say over it.</summary>
internal sealed class ExperimentInput
{
    private readonly Argument<string> file = SharedOptions.File();
    private readonly Option<string[]> set = Many("--set", "Set a parameter: --set lr=0.1, --set 'lr=[0.1, 0.2]'.");
    private readonly Option<string[]> resources = Many(
        "--resources",
        "Ask for other resources in all stages: --resources walltime=10h."
    );
    private readonly Option<string[]> stage = Many(
        "--stage",
        "Ask for other resources in one stage: --stage fusion.memory=64G."
    );
    private readonly Option<string?> pipeline = new("--pipeline")
    {
        Description = "Only the stages of a pipeline of the file, and what they need.",
    };

    private readonly Option<string[]> stages = Many(
        "--stages",
        "Just these stages: --stages vgae,fusion. What they need must be done already."
    );
    private readonly Option<string[]> from = Many(
        "--from",
        "A stage and everything downstream of it: --from curriculum. What they need must be done already."
    );

    /// <summary>An experiment as read, its points and its runs.</summary>
    /// <param name="Project">The project that it stands in.</param>
    /// <param name="Experiment">The experiment.</param>
    /// <param name="Expansion">The sweep's points, and how many were left out and why.</param>
    /// <param name="Plan">The runs.</param>
    public sealed record Planned(ProjectFolder Project, Experiment Experiment, SweepExpansion Expansion, RunPlan Plan);

    /// <summary>Adds the file and what may be said over it.</summary>
    public void AddTo(Command command)
    {
        command.Add(file);
        AddOptionsTo(command);
    }

    /// <summary>Adds only what may be said over a file.</summary>
    public void AddOptionsTo(Command command)
    {
        command.Add(set);
        command.Add(resources);
        command.Add(stage);
        command.Add(pipeline);
        command.Add(stages);
        command.Add(from);
    }

    /// <summary>The options that were given, for commands that can do without a file.</summary>
    public IReadOnlyList<string> Given(ParseResult parsed) =>
        [
            .. ((Option[])[set, resources, stage, pipeline, stages, from])
                .Where(option => parsed.GetResult(option) is { Implicit: false })
                .Select(option => option.Name),
        ];

    /// <summary>Reads and plans. All problems at once.</summary>
    /// <param name="with">The surroundings.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="anywhere">Whether a file that stands in no project will do: for looking, not for running.</param>
    public Checked<Planned> Plan(Composition with, ParseResult parsed, bool anywhere = false) =>
        Plan(with, parsed, parsed.GetValue(file)!, Overrides.None, anywhere);

    /// <summary>Reads and plans a file of which the command knows otherwise.</summary>
    /// <param name="with">The surroundings.</param>
    /// <param name="parsed">The command line; what it says over the file wins.</param>
    /// <param name="path">The file.</param>
    /// <param name="earlier">What was said over the file before.</param>
    /// <param name="anywhere">Whether a file that stands in no project will do.</param>
    public Checked<Planned> Plan(
        Composition with,
        ParseResult parsed,
        string path,
        Overrides earlier,
        bool anywhere = false
    )
    {
        var read = Read(with, parsed, path, earlier, anywhere);
        if (!read.TryGet(out var found))
            return Checked<Planned>.Failed(read.Problems);
        var (project, experiment) = found;
        var chosen = Selection(experiment, parsed);
        if (!chosen.TryGet(out var selection))
            return Checked<Planned>.Failed(chosen.Problems);
        var expanded = SweepExpansion.Expand(experiment.Sweep, experiment.Parameters);
        if (!expanded.TryGet(out var expansion))
            return Checked<Planned>.Failed(expanded.Problems);
        var planned = RunPlanner.Plan(experiment, expansion.Points, selection);
        return planned.TryGet(out var plan)
            ? new Planned(project, experiment, expansion, plan)
            : Checked<Planned>.Failed(planned.Problems);
    }

    /// <summary>Reads the experiment and its project's defaults.</summary>
    private Checked<Tuple<ProjectFolder, Experiment>> Read(
        Composition with,
        ParseResult parsed,
        string typed,
        Overrides earlier,
        bool anywhere
    )
    {
        var path = ExperimentFiles.Find(with, typed);
        if (!path.TryGet(out var found))
            return Checked<Tuple<ProjectFolder, Experiment>>.Failed(path.Problems);
        var owner = ProjectOf(with, found);
        if (!owner.TryGet(out var project) && !anywhere)
            return Checked<Tuple<ProjectFolder, Experiment>>.Failed(owner.Problems);
        var defaults = project is null
            ? ProjectDefaults.None
            : ProjectDefaults.Read(project.File, Shown(with, project.File));
        var environment = EnvironmentBlock
            .OfThisProcess()
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var read = new ExperimentReader(defaults.TryGet(out var said) ? said : ProjectDefaults.None, environment).Read(
            found,
            new()
            {
                Set = [.. earlier.Set, .. parsed.GetValue(set) ?? []],
                Resources = [.. earlier.Resources, .. parsed.GetValue(resources) ?? []],
                Stage = [.. earlier.Stage, .. parsed.GetValue(stage) ?? []],
            }
        );
        return read.TryGet(out var experiment) && defaults.Problems.Count == 0
            ? Tuple.Create(project ?? new ProjectFolder(with.Folder), experiment)
            : Checked<Tuple<ProjectFolder, Experiment>>.Failed([.. defaults.Problems, .. read.Problems]);
    }

    private static Checked<ProjectFolder> ProjectOf(Composition with, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file, with.Folder))!;
        return ProjectFolder.Find(folder) is { } project ? project : with.FindProject();
    }

    private static string Shown(Composition with, string path)
    {
        var relative = Path.GetRelativePath(with.Folder, path);
        return relative.StartsWith("../../..", StringComparison.Ordinal) ? path : relative;
    }

    private Checked<StageSelection> Selection(Experiment experiment, ParseResult parsed)
    {
        var name = parsed.GetValue(pipeline);
        var only = parsed.GetValue(stages) ?? [];
        var first = parsed.GetValue(from) ?? [];
        string[] given =
        [
            .. (name is null ? [] : (string[])["'--pipeline'"]),
            .. (only.Length == 0 ? [] : (string[])["'--stages'"]),
            .. (first.Length == 0 ? [] : (string[])["'--from'"]),
        ];
        if (given.Length > 1)
            return new Problem($"{string.Join(" and ", given)} each choose stages. Give one of them.");
        return name is not null ? StageSelection.Pipeline(experiment, name)
            : only.Length > 0 ? StageSelection.Only(experiment, only)
            : first.Length > 0 ? StageSelection.From(experiment, first)
            : StageSelection.All;
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = false };
}
