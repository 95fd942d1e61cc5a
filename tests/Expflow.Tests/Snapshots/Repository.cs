using System.Diagnostics;

namespace Expflow.Tests.Snapshots;

/// <summary>A real git repository, made for one test.</summary>
internal sealed class Repository
{
    public Repository(string root)
    {
        Root = Directory.CreateDirectory(root).FullName;
        Git("init", "--quiet", "--initial-branch=main");
    }

    public string Root { get; }

    public string this[string name] => Path.Combine(Root, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=n", "-c", "user.email=e", "commit", "--quiet", "--message=m");
    }

    /// <summary>Every file of the repository's own store, with its time and size.</summary>
    public string State() =>
        string.Join(
            '\n',
            new DirectoryInfo(this[".git"])
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {file.Length}")
                .Order(StringComparer.Ordinal)
        );

    public string Git(params string[] arguments) => Run("git", arguments);

    public string Shell(string commands) => Run("bash", ["-c", commands]);

    private string Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.TrimEnd('\n') : throw new InvalidOperationException(complaint.Result);
    }
}
