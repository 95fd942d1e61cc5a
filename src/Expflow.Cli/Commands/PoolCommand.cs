using System.CommandLine;
using System.CommandLine.Completions;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Queues;
using Expflow.Runs;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow pool</c>: allocations whose workers take runs from a queue.</summary>
internal static class PoolCommand
{
    public static Command Create(Composition with) =>
        new(
            "pool",
            "Start, look at and end pools: Slurm allocations whose workers take runs from a queue.\n\nExample: expflow pool start --gres gpu:rtx8000:8 --workers-per-gpu 2 --max-hours 11"
        )
        {
            PoolStartCommand.Create(with),
            PoolStatusCommand.Create(with),
            PoolEndCommand.CreateDrain(with),
            PoolEndCommand.CreateStop(with),
        };

    /// <summary>The pool that a command is about.</summary>
    public static Argument<string?> Name(Composition with, string description = "The pool's name; main when left out.")
    {
        var name = new Argument<string?>("name")
        {
            Description = description,
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "name",
        };
        name.CompletionSources.Add(_ => Known(with));
        return name;
    }

    /// <summary>The pools of the project, for a shell to complete.</summary>
    public static IEnumerable<CompletionItem> Known(Composition with) =>
        with.FindProject().TryGet(out var project)
            ? PoolFolder.All(project).Select(pool => new CompletionItem(pool.Name.ToString()))
            : [];

    /// <summary>A pool by its name, whether there is one or not; the usual one for none.</summary>
    public static Checked<PoolFolder> Find(ProjectFolder project, string? name) =>
        name is null ? new PoolFolder(project, PoolName.Default)
        : PoolName.TryParse(name, out var known) ? new PoolFolder(project, known)
        : new Problem(
            $"'{name}' is no name for a pool. Use letters, digits, '_', '.' and '-', 64 at most, and begin with a letter or digit."
        );

    /// <summary>A pool that there is.</summary>
    public static Checked<PoolFolder> FindThere(ProjectFolder project, string? name)
    {
        var found = Find(project, name);
        if (!found.TryGet(out var pool) || pool.Exists)
            return found;
        var known = PoolFolder.All(project).Select(one => one.Name.ToString()).ToArray();
        var hint =
            known.Length == 0 ? "This project has none yet: 'expflow pool start' makes one."
            : Suggestion.For(pool.Name.ToString(), known) is { } near ? $"Did you mean '{near}'?"
            : $"There is {string.Join(", ", known.Select(one => $"'{one}'"))}.";
        return new Problem($"There is no pool '{pool.Name}'. {hint}");
    }
}
