namespace Expflow.Processes;

/// <summary>What to start, and in which surroundings. Standard input is empty; the child is the first of a session of its own.</summary>
public sealed record ProcessStart
{
    /// <summary>The program's file, absolute: see <see cref="ProgramSearch"/>.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, without the program's own name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The variables that it shares with others.</summary>
    public required EnvironmentBlock Environment { get; init; }

    /// <summary>Variables of its own, which win over the shared ones. Names are distinct.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>The folder that it starts in.</summary>
    public required string Folder { get; init; }

    /// <summary>The file that its standard output and standard error are appended to, in the order in which they come. A relative path is one in <see cref="Folder"/>.</summary>
    public required string Output { get; init; }
}
