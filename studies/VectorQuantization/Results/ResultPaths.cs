using Expflow.Contract;

namespace VectorQuantization.Results;

/// <summary>Where results go unless a command says so: command line before environment before the run's folder before the default.</summary>
public static class ResultPaths
{
    /// <summary>The environment variable that names the database.</summary>
    public const string DatabaseVariable = "DB_PATH";

    /// <summary>The environment variable that names the folder of codebooks.</summary>
    public const string CodebooksVariable = "CODEBOOKS_DIR";

    /// <summary>The database.</summary>
    /// <param name="option">What the command line says, or null.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static string Database(string? option, Func<string, string?> variable) =>
        Choose(option, DatabaseVariable, "results.db", Path.Combine("results", "vq.db"), variable);

    /// <summary>The folder of trained quantisers.</summary>
    /// <param name="option">What the command line says, or null.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static string Codebooks(string? option, Func<string, string?> variable) =>
        Choose(option, CodebooksVariable, "codebooks", Path.Combine("results", "codebooks"), variable);

    private static string Choose(
        string? option,
        string name,
        string inRun,
        string otherwise,
        Func<string, string?> variable
    )
    {
        if (option is { Length: > 0 })
            return option;
        if (variable(name) is { Length: > 0 } given)
            return given;
        return variable(EnvironmentNames.RunDirectory) is { Length: > 0 } folder
            ? Path.Combine(folder, inRun)
            : otherwise;
    }
}
