using System.Diagnostics;
using Expflow.Slurm;

namespace Expflow.Tests.Slurm;

/// <summary>Programs of Slurm's names that do as a test says: shell scripts in a folder of their own.</summary>
internal sealed class FakeSlurm : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment;

    internal FakeSlurm() => environment = new() { ["PATH"] = $"{folder.Path}:/usr/bin:/bin", ["FAKE"] = folder.Path };

    internal string this[string file] => folder[file];

    internal void Set(string variable, string value) => environment[variable] = value;

    internal void Program(string name, string body)
    {
        File.WriteAllText(folder[name], $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    internal SlurmClient Client(TimeProvider? clock = null, SlurmPatience? patience = null) =>
        new(SlurmPrograms.From(environment), clock ?? TimeProvider.System, new Random(1), patience);

    /// <summary>A client on a machine without Slurm.</summary>
    internal SlurmClient Nowhere() =>
        new(
            SlurmPrograms.From(new Dictionary<string, string> { ["PATH"] = folder.Path }),
            TimeProvider.System,
            new Random(1)
        );

    internal void Pipe(string name)
    {
        using var process = Process.Start("mkfifo", [folder[name]]);
        process.WaitForExit();
    }

    public void Dispose() => folder.Dispose();
}
