using Expflow.Cli.Commands;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Slurm;

namespace Expflow.Cli;

/// <summary>Everything that commands are given from outside: the screen, the clock, chance, the environment, the place.</summary>
internal sealed record Composition
{
    public required Terminal Terminal { get; init; }

    public required TimeProvider Time { get; init; }

    public required Random Random { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>Where the user stands.</summary>
    public required string Folder { get; init; }

    /// <summary>The variables that Slurm's programs are found by and inherit.</summary>
    public required SlurmPrograms Programs { get; init; }

    public static string Host => System.Environment.MachineName;

    public static Composition OfThisProcess() =>
        new()
        {
            Terminal = Terminal.OfThisProcess(),
            Time = TimeProvider.System,
            Random = Random.Shared,
            Environment = System.Environment.GetEnvironmentVariable,
            Folder = Directory.GetCurrentDirectory(),
            Programs = SlurmPrograms.FromThisProcess(),
        };

    /// <summary>Slurm, as its own programs let one speak with it.</summary>
    public SlurmClient Slurm() => new(Programs, Time, Random, SlurmTimeout.Read(this));

    /// <summary>The project that the user stands in.</summary>
    public Checked<ProjectFolder> FindProject() =>
        ProjectFolder.Find(Folder) is { } project
            ? project
            : new Problem(
                $"No project in '{Folder}' or above it: there is no '{ProjectFolder.FileName}'. Run 'expflow init' to make one here."
            );

    /// <summary>Does something with the index of the project that the user stands in.</summary>
    /// <returns>The command's exit code.</returns>
    public int WithIndex(Func<ProjectFolder, RunIndex, int> command)
    {
        var project = FindProject();
        if (!project.TryGet(out var found))
            return Terminal.Fail(project.Problems);
        using var index = OpenIndex(found);
        return command(found, index);
    }

    /// <summary>The index of a project, up to date with its journal.</summary>
    public RunIndex OpenIndex(ProjectFolder project) => OpenIndex(project, out _);

    /// <summary>The same, with what was new in the journal.</summary>
    public RunIndex OpenIndex(ProjectFolder project, out JournalNews news)
    {
        var index = RunIndex.Open(project, IndexPlace.FromEnvironment(Environment));
        news = index.Refresh();
        index.Collect(Host, Time);
        foreach (var damaged in news.Damaged)
            Terminal.Warn($"The journal has a line that can't be read, at {damaged}. It was left out.");
        foreach (var newer in news.Newer)
            Terminal.Warn($"'{newer}' was written by a newer expflow. What this version doesn't know was left out.");
        return index;
    }
}
