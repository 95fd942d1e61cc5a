using VectorQuantization.Commands;

namespace VectorQuantization.Tests.Commands;

/// <summary>The program, called as from a terminal, in a folder of its own.</summary>
internal sealed class Program : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> variables = [];

    /// <summary>A file in the program's folder.</summary>
    public string File(string name) => Path.Combine(folder.Path, name);

    /// <summary>Sets an environment variable.</summary>
    public Program With(string variable, string value)
    {
        variables[variable] = value;
        return this;
    }

    /// <summary>Runs a command line; results go to <c>vq.db</c> in the folder unless <c>DB_PATH</c> was set.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public async Task<(int Code, string Out, string Error)> Run(params string[] arguments)
    {
        variables.TryAdd("DB_PATH", File("vq.db"));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var with = new Composition(
            output,
            error,
            ShowsProgress: false,
            variables.GetValueOrDefault,
            Environment.ProcessorCount,
            TimeProvider.System
        );
        var code = await CommandTree.RunAsync(arguments, with);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => folder.Dispose();
}
