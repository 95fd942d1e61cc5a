namespace Expflow.Bench;

/// <summary>A project in a scratch folder, with the binary under test.</summary>
internal sealed class BenchProject
{
    private readonly string binary;

    public BenchProject(string binary, string folder)
    {
        this.binary = binary;
        Folder = Directory.CreateDirectory(folder).FullName;
        Output = Path.Combine(Folder, "output.txt");
        Write("expflow.yaml", "");
        Environment.SetEnvironmentVariable("EXPFLOW_CACHE", Path.Combine(Folder, "cache"));
    }

    public string Folder { get; }

    public string Output { get; }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Runs <c>expflow</c> in the project.</summary>
    public Sample Expflow(params string[] arguments)
    {
        Environment.SetEnvironmentVariable("EXPFLOW_CACHE", Path.Combine(Folder, "cache"));
        File.Delete(Output);
        return Sample.Of(Folder, Output, binary, arguments);
    }

    /// <summary>Forgets all runs, and what is cached of them.</summary>
    /// <param name="except">A folder of the project's state that stays.</param>
    public void Forget(string? except = null)
    {
        var (kept, aside) = (Path.Combine(Folder, ".expflow", except ?? ""), Path.Combine(Folder, ".kept"));
        var keeps = except is not null && Directory.Exists(kept);
        if (keeps)
            Directory.Move(kept, aside);
        foreach (var name in (ReadOnlySpan<string>)[".expflow", "runs", "cache", "exports"])
            if (Directory.Exists(Path.Combine(Folder, name)))
                Directory.Delete(Path.Combine(Folder, name), recursive: true);
        if (!keeps)
            return;
        Directory.CreateDirectory(Path.Combine(Folder, ".expflow"));
        Directory.Move(aside, kept);
    }
}
