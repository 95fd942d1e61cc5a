namespace Expflow.Slurm;

/// <summary>What is submitted, and how. What isn't said here stands in the script's own <c>#SBATCH</c> lines.</summary>
/// <param name="Script">The batch script; it goes in on standard input, so that no file is needed and no path matters.</param>
public sealed record SbatchRequest(string Script)
{
    /// <summary><c>--job-name</c>; null: as the script says.</summary>
    public string? JobName { get; init; }

    /// <summary><c>--comment</c>; null: as the script says.</summary>
    public string? Comment { get; init; }

    /// <summary><c>--hold</c>: nothing starts before it is released.</summary>
    public bool Hold { get; init; }

    /// <summary><c>--dependency</c>; null: as the script says.</summary>
    public JobDependency? Dependency { get; init; }

    /// <summary><c>--array</c>, with its throttle; null: as the script says.</summary>
    public TaskSet? Tasks { get; init; }

    /// <summary><c>--chdir</c>. A folder that isn't there is no failure to Slurm: the job then runs in <c>/tmp</c>.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Further arguments, as they are.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>The arguments of <c>sbatch</c>, for showing and for calling.</summary>
    public IReadOnlyList<string> Arguments()
    {
        var arguments = new List<string> { "--parsable" };
        if (JobName is not null)
            arguments.Add($"--job-name={JobName}");
        if (Comment is not null)
            arguments.Add($"--comment={Comment}");
        if (Hold)
            arguments.Add("--hold");
        if (Dependency is not null)
            arguments.Add($"--dependency={Dependency}");
        if (Tasks is not null)
            arguments.Add($"--array={Tasks}");
        if (WorkFolder is not null)
            arguments.Add($"--chdir={WorkFolder}");
        arguments.AddRange(Extra);
        return arguments;
    }
}
